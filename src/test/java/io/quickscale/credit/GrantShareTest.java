package io.quickscale.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class GrantShareTest {
  @Test
  void sharesSurviveTheirColumn() {
    List<GrantShare> shares =
        List.of(
            new GrantShare(1, GrantKind.SUBSCRIPTION, Credits.parse("5")),
            new GrantShare(Long.MAX_VALUE, GrantKind.PAY_AS_YOU_GO, Credits.parse("0.000001")),
            new GrantShare(3, GrantKind.ADMIN, Credits.parse("999999999999.999999")),
            new GrantShare(4, GrantKind.PROMOTIONAL, Credits.ZERO));

    assertThat(GrantShare.parse(GrantShare.format(shares))).isEqualTo(shares);
  }

  @Test
  void theColumnIsReadableByPeople() {
    assertThat(
            GrantShare.format(
                List.of(
                    new GrantShare(12, GrantKind.SUBSCRIPTION, Credits.parse("5")),
                    new GrantShare(34, GrantKind.PAY_AS_YOU_GO, Credits.parse("1.5")))))
        .isEqualTo("12:SUBSCRIPTION:5000000,34:PAY_AS_YOU_GO:1500000");
  }

  @Test
  void noSharesAreAnEmptyColumnOrNone() {
    assertThat(GrantShare.format(List.of())).isEmpty();
    assertThat(GrantShare.parse("")).isEmpty();
    assertThat(GrantShare.parse(null)).isEmpty();
  }

  @Test
  void aBrokenColumnIsNotTakenForNoShares() {
    assertThatThrownBy(() -> GrantShare.parse("12:SUBSCRIPTION"))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> GrantShare.parse("12:GOLD:5"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> GrantShare.parse("12:SUBSCRIPTION:-5"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTotalAddsAllShares() {
    assertThat(
            GrantShare.total(
                List.of(
                    new GrantShare(1, GrantKind.SUBSCRIPTION, Credits.parse("5")),
                    new GrantShare(2, GrantKind.PAY_AS_YOU_GO, Credits.parse("15")))))
        .isEqualTo(Credits.parse("20"));
  }
}

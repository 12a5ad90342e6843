package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-22T08:00:00Z, 2026-11-22T08:00:00Z",
    "2026-11-22t08:00:00z, 2026-11-22T08:00:00Z",
    "2026-11-22T17:00:00+09:00, 2026-11-22T08:00:00Z",
    "2026-11-22T08:00:00-00:00, 2026-11-22T08:00:00Z",
    "2026-11-22T08:00:00.5Z, 2026-11-22T08:00:00.5Z",
    "2026-11-22T08:00:00.1234567899999Z, 2026-11-22T08:00:00.123456789Z",
    "0001-01-01T00:00:00Z, 0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59.9999994Z, 9999-12-31T23:59:59.9999994Z"
  })
  void whatRfc3339SaysIsReadAndWrittenInUtc(String text, String inUtc) {
    assertThat(Timestamps.format(Timestamps.parse(text))).isEqualTo(inUtc);
  }

  @Test
  void whatIsStoredHasTheMicrosecondsOfADatabase() {
    assertThat(Timestamps.stored(OffsetDateTime.parse("2026-11-22T08:00:00.123456999+01:00")))
        .isEqualTo(OffsetDateTime.parse("2026-11-22T08:00:00.123456+01:00"));
  }

  @Test
  void theOffsetThatWasGivenIsKept() {
    assertThat(Timestamps.parse("2026-11-22T17:00:00+09:00"))
        .isEqualTo(OffsetDateTime.parse("2026-11-22T17:00:00+09:00"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "yesterday",
        "2027-01-01",
        "2027-01-01 00:00:00Z",
        "2027-01-01T00:00:00",
        "2027-01-01T00:00Z",
        "2027-01-01T00:00:00Z[UTC]",
        "2027-01-01T00:00:00+01",
        "2027-01-01T00:00:00+01:00:30",
        "2027-01-01T00:00:00.Z",
        "2027-02-29T00:00:00Z",
        "2027-01-01T24:00:00Z",
        "2027-01-01T00:00:00+25:00",
        "+10000-01-01T00:00:00Z",
        "-0001-01-01T00:00:00Z",
        " 2027-01-01T00:00:00Z",
        "2027-01-01T00:00:00Z\n"
      })
  void whatRfc3339DoesNotSayIsRefusedWithTheRightForm(String text) {
    assertThatThrownBy(() -> Timestamps.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(Timestamps.FORM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9999-12-31T23:59:59-14:00",
        "9999-12-31T23:59:59.999999999Z",
        "9999-12-31T23:59:59.9999995Z",
        "0001-01-01T00:00:00+01:00",
        "0000-01-01T00:00:00Z"
      })
  void aYearBeyondFourDigitsInUtcIsRefusedAlsoIfADatabaseWouldRoundToIt(String text) {
    assertThatThrownBy(() -> Timestamps.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(Timestamps.FORM);
  }

  @Test
  void aTimeThatHasNoSuchFormIsNotWritten() {
    for (OffsetDateTime time : new OffsetDateTime[] {OffsetDateTime.MAX, OffsetDateTime.MIN}) {
      assertThatThrownBy(() -> Timestamps.format(time))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Property(tries = 2000)
  void whatIsReadIsWrittenSoThatItIsReadAgainAndNothingElseIsThrown(@ForAll("texts") String text) {
    try {
      OffsetDateTime time = Timestamps.parse(text);
      assertThat(Timestamps.parse(Timestamps.format(time)).toInstant()).isEqualTo(time.toInstant());
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("must be ");
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> almost =
        Arbitraries.strings().withChars("0123456789").ofLength(16).map(TimestampsTest::asTime);
    Arbitrary<String> anything =
        Arbitraries.strings().withChars("0123456789-+:.TtZz[] ").ofMaxLength(40);
    return Arbitraries.oneOf(almost, anything);
  }

  private static String asTime(String digits) {
    return "%s-0%s-%s%sT%s%s:%s%s:0%s.%sZ"
        .formatted(
            digits.substring(0, 4),
            digits.charAt(4),
            digits.charAt(5) % 4,
            digits.charAt(6),
            digits.charAt(7) % 3,
            digits.charAt(8),
            digits.charAt(9) % 6,
            digits.charAt(10),
            digits.charAt(11),
            digits.substring(12));
  }
}

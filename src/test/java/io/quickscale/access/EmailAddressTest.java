package io.quickscale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {
  @ParameterizedTest
  @CsvSource({
    "abc@x.org,abc@x.org",
    "Abc@X.ORG,abc@x.org",
    "admin@localhost,admin@localhost",
    "o'brien+tag=1@a-b.example.org,o'brien+tag=1@a-b.example.org",
    "\uff41bc@x.org,abc@x.org",
    "abc\uff20x.org,abc@x.org",
    "abc@x\u3002org,abc@x.org",
    "e\u0301@x.org,\u00e9@x.org",
    "\u00c9@x.org,\u00e9@x.org",
    "abc@m\u00fcnchen.de,abc@xn--mnchen-3ya.de",
    "abc@M\u00dcNCHEN.de,abc@xn--mnchen-3ya.de",
    "abc@mu\u0308nchen.de,abc@xn--mnchen-3ya.de",
    "abc@XN--MNCHEN-3YA.de,abc@xn--mnchen-3ya.de",
    "abc@xn--fa-hia.de,abc@xn--fa-hia.de",
    "\u212abc@x.org,kbc@x.org",
    "\u0391\u03a3\u0394@x.org,\u03b1\u03c3\u03b4@x.org",
    "\u03b1\u03b4\u03c2@x.org,\u03b1\u03b4\u03c3@x.org",
    "stra\u00dfe@x.org,stra\u00dfe@x.org",
    "\u0438\u0432\u0430\u043d@x.org,\u0438\u0432\u0430\u043d@x.org",
    "\u7528\u6237abc@x.org,\u7528\u6237abc@x.org",
    "\u30e6\u30fc\u30b6@x.org,\u30e6\u30fc\u30b6@x.org"
  })
  void oneAddressIsWrittenInOneWay(String given, String stored) {
    assertThat(EmailAddress.of(given).text()).isEqualTo(stored);
    assertThat(EmailAddress.of(stored).text()).isEqualTo(stored);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\u200bbc@x.org",
        "a\u202ebc@x.org",
        "a\u00adbc@x.org",
        "\ufeffabc@x.org",
        "abc@x.org\u200b",
        "a\u034fbc@x.org",
        "a\ufe0fbc@x.org",
        "abc\u3164@x.org",
        "a\ud800@x.org",
        "a\ue000bc@x.org",
        "a\u0378bc@x.org",
        "a\u00a0bc@x.org",
        "a\u3000bc@x.org",
        " abc@x.org",
        "abc@x.org\n",
        "abc@x\u0000.org",
        "a\u2028bc@x.org"
      })
  void whatCannotBeSeenIsRefused(String given) {
    assertThatThrownBy(() -> EmailAddress.of(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be seen or used, U+");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0131bc@x.org",
        "\u0130bc@x.org",
        "I\u0307bc@x.org",
        "i\u0307bc@x.org",
        "J\u0307bc@x.org",
        "\u0430bc@x.org",
        "ab\u0441@x.org",
        "p\u03b1ul@x.org",
        "\u0438\u03b4@x.org",
        "o\u02bcbrien@x.org",
        "\u0430\u0441\u0435@x.org",
        "\u0430\u0441\u0435.1@x.org",
        "\u03bf@x.org",
        "\u03c1\u03b1\u03c5@x.org",
        "a1\u0661@x.org",
        "\u0661\u06f1@x.org"
      })
  void whatCouldPassForAnotherAddressIsRefused(String given) {
    assertThatThrownBy(() -> EmailAddress.of(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("could pass for another address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "nonsense",
        "@x.org",
        "abc@",
        "a@b@x.org",
        "\"abc\"@x.org",
        "a..b@x.org",
        ".a@x.org",
        "a.@x.org",
        "a(c)@x.org",
        "abc@x..org",
        "abc@.org",
        "abc@x.org.",
        "abc@-x.org",
        "abc@x_y.org",
        "abc@[127.0.0.1]",
        "abc@fa\u00df.de",
        "abc@\u03b1\u03c2.gr",
        "a\u2764@x.org"
      })
  void whatIsNoAddressIsRefusedWithASentence(String given) {
    assertThatThrownBy(() -> EmailAddress.of(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("(must be|has a) .*");
  }

  @Test
  void whatIsTooLongIsRefused() {
    String label = "x".repeat(63);
    String domain = label + "." + label + "." + label + "." + "x".repeat(61);

    assertThat(EmailAddress.of("a".repeat(64) + "@" + domain).text()).hasSize(64 + 1 + 253);
    assertThat(EmailAddress.find("a".repeat(65) + "@x.org")).isEmpty();
    assertThat(EmailAddress.find("\u00e9".repeat(33) + "@x.org")).isEmpty();
    assertThat(EmailAddress.find("a@" + domain + "x")).isEmpty();
    assertThat(EmailAddress.find("a@" + "x".repeat(64) + ".org")).isEmpty();
  }
}

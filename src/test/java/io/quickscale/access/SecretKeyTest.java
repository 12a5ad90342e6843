package io.quickscale.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretKeyTest {
  @Test
  void aKeyIsShownWithItsPrefixAndA256BitSecret() {
    SecretKey key = SecretKey.random();

    assertThat(key.reveal()).matches("qs_[a-z2-9]{10}_[A-Za-z0-9_-]{43}");
    assertThat(key.reveal()).startsWith("qs_" + key.prefix() + "_");
  }

  @Test
  void aThousandKeysShareNeitherPrefixNorSecret() {
    Set<String> prefixes = new HashSet<>();
    Set<String> hashes = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      SecretKey key = SecretKey.random();
      prefixes.add(key.prefix());
      hashes.add(key.hash());
    }

    assertThat(prefixes).hasSize(1000);
    assertThat(hashes).hasSize(1000);
  }

  @Test
  void whatWasShownIsReadAsTheSameKey() {
    SecretKey key = SecretKey.random();

    SecretKey read = SecretKey.parse(key.reveal()).orElseThrow();

    assertThat(read.prefix()).isEqualTo(key.prefix());
    assertThat(read.hash()).isEqualTo(key.hash());
    assertThat(read.reveal()).isEqualTo(key.reveal());
  }

  @Test
  void aSecretMayContainTheSeparator() {
    SecretKey key = SecretKey.parse("qs_abc_12_34-56_78").orElseThrow();

    assertThat(key.prefix()).isEqualTo("abc");
    assertThat(key.reveal()).isEqualTo("qs_abc_12_34-56_78");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "qs_",
        "qs_abc",
        "qs_abc_",
        "qs_abc_1234567",
        "qs__12345678",
        "sk_abc_12345678",
        "QS_abc_12345678",
        " qs_abc_12345678",
        "qs_abc_12345678 ",
        "qs_abc_12345678\n",
        "qs_a-c_12345678",
        "qs_abc_1234.5678",
        "qs_\u00e9_12345678",
        "qs_a23456789012345678901234567890123_12345678"
      })
  void whatDoesNotLookLikeAKeyIsNone(String text) {
    assertThat(SecretKey.parse(text)).isEmpty();
  }

  @Test
  void anEndlessTextIsNoKey() {
    assertThat(SecretKey.parse("qs_abc_" + "x".repeat(200))).isPresent();
    assertThat(SecretKey.parse("qs_abc_" + "x".repeat(201))).isEmpty();
  }

  /** Computed with sha256sum: keys that are stored must stay valid. */
  @Test
  void theHashIsTheSha256OfTheSecret() {
    assertThat(SecretKey.parse("qs_abc_12345678").orElseThrow().hash())
        .isEqualTo("ef797c8118f02dfb649607dd5d3f8c7623048c9c063d532cc95c5ed7a898a64f");
  }

  @Test
  void onlyTheSameSecretHasTheHash() {
    SecretKey key = SecretKey.parse("qs_abc_12345678").orElseThrow();

    assertThat(key.hasHash(SecretKey.parse("qs_other_12345678").orElseThrow().hash())).isTrue();
    assertThat(key.hasHash(SecretKey.parse("qs_abc_12345679").orElseThrow().hash())).isFalse();
    assertThat(key.hasHash("")).isFalse();
    assertThat(key.hasHash(key.hash().substring(1))).isFalse();
  }

  @Test
  void theSecretIsNeverInTheTextForm() {
    SecretKey key = SecretKey.parse("qs_abc_12345678").orElseThrow();

    assertThat(key).hasToString("qs_abc_...");
    assertThat("key " + key).doesNotContain("12345678", key.hash());
  }
}

package io.quickscale.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A key as its owner holds it: {@code qs_<prefix>_<secret>}. The prefix is public and finds the
 * key; the secret has 256 random bits, which is why a plain SHA-256 is enough to store it: there is
 * nothing to guess. Never logged.
 */
final class SecretKey {
  private static final Pattern FORM =
      Pattern.compile("qs_([A-Za-z0-9]{1,32})_([A-Za-z0-9_-]{8,200})");
  private static final String PREFIX_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int PREFIX_LENGTH = 10;
  private static final int SECRET_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String prefix;
  private final String secret;

  private SecretKey(String prefix, String secret) {
    this.prefix = prefix;
    this.secret = secret;
  }

  static SecretKey random() {
    StringBuilder prefix = new StringBuilder();
    for (int i = 0; i < PREFIX_LENGTH; i++) {
      prefix.append(PREFIX_LETTERS.charAt(RANDOM.nextInt(PREFIX_LETTERS.length())));
    }
    byte[] secret = new byte[SECRET_BYTES];
    RANDOM.nextBytes(secret);
    return new SecretKey(
        prefix.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  /** Empty if the text does not look like a key. */
  static Optional<SecretKey> parse(String text) {
    Matcher form = FORM.matcher(text);
    return form.matches()
        ? Optional.of(new SecretKey(form.group(1), form.group(2)))
        : Optional.empty();
  }

  String prefix() {
    return prefix;
  }

  /** SHA-256 of the secret, in hexadecimal. */
  String hash() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Compares in constant time. */
  boolean hasHash(String other) {
    return MessageDigest.isEqual(
        hash().getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }

  /** The whole key, to be shown once. */
  String reveal() {
    return "qs_" + prefix + "_" + secret;
  }

  @Override
  public String toString() {
    return "qs_" + prefix + "_...";
  }
}

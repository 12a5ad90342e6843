package io.quickscale.access;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An e-mail address in the one form in which it is stored, compared and looked for, so that one
 * address is one user: compatibility characters are replaced (NFKC), letters are lower case, the
 * domain is in its ASCII form (an internationalised one as {@code xn--...}). What cannot be seen,
 * and a local part that could pass for another one, is refused; see {@link LookAlikes}.
 *
 * @param text such as {@code ada@example.org}, at most 320 characters
 */
public record EmailAddress(String text) {
  private static final int LOCAL_PART_BYTES = 64;
  private static final int DOMAIN_LENGTH = 253;

  /** RFC 5322's dot-atom, with the letters, marks and digits of all scripts (RFC 6531). */
  private static final Pattern LOCAL_PART =
      Pattern.compile(
          "[a-z0-9!#$%&'*+/=?^_`{|}~\\-\\p{L}\\p{M}\\p{Nd}]+(\\.[a-z0-9!#$%&'*+/=?^_`{|}~\\-\\p{L}\\p{M}\\p{Nd}]+)*");

  private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
  private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

  /** IDNA 2003, which Java has, makes other letters of them; in IDNA 2008 they are themselves. */
  private static final Pattern READ_IN_TWO_WAYS = Pattern.compile("[\u00DF\u1E9E\u03C2]");

  /**
   * The dotless i, the dotted I, and dots on letters that have one: Turkish tells them from an i,
   * other languages and most mail servers do not.
   */
  private static final Pattern ANOTHER_I = Pattern.compile("[\u0130\u0131]|[ijIJ]\u0307");

  private static final String FORM = "must be an e-mail address such as ada@example.org";

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException it is none; the message is for the caller, without a subject:
   *     "must be ..."
   */
  public static EmailAddress of(String text) {
    Invisible.refuseIn(text);
    String compatible = Normalizer.normalize(text, Normalizer.Form.NFKC);
    Invisible.refuseIn(compatible);
    int at = compatible.lastIndexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException(FORM);
    }
    return new EmailAddress(
        localPart(compatible.substring(0, at)) + "@" + domain(compatible.substring(at + 1)));
  }

  /** An address as it was given; empty if it is none. */
  static Optional<EmailAddress> find(String text) {
    try {
      return Optional.of(of(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String localPart(String text) {
    if (ANOTHER_I.matcher(text).find()) {
      throw new IllegalArgumentException(
          "has an i with a dot too few or too many before the @ and could pass for another address");
    }
    String folded = Normalizer.normalize(lowerCase(text), Normalizer.Form.NFKC);
    if (!LOCAL_PART.matcher(folded).matches()) {
      throw new IllegalArgumentException(
          FORM + "; before the @ are letters, digits, single dots and !#$%&'*+-/=?^_`{|}~");
    } else if (folded.getBytes(StandardCharsets.UTF_8).length > LOCAL_PART_BYTES) {
      throw new IllegalArgumentException(
          "has more than " + LOCAL_PART_BYTES + " bytes before the @");
    }
    LookAlikes.refuseIn(folded);
    return folded;
  }

  /**
   * Letter by letter, whatever stands beside it and whatever the machine's language is. By way of
   * upper case, so that what has one capital is one letter.
   */
  private static String lowerCase(String text) {
    return text.codePoints()
        .map(letter -> Character.toLowerCase(Character.toUpperCase(letter)))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String domain(String text) {
    if (READ_IN_TWO_WAYS.matcher(text).find()) {
      throw new IllegalArgumentException(
          "has a domain with a letter that is read in two ways: write the domain as xn--...");
    }
    String ascii = ascii(text).toLowerCase(Locale.ROOT);
    if (ascii.length() > DOMAIN_LENGTH || !DOMAIN.matcher(ascii).matches()) {
      throw new IllegalArgumentException(FORM + "; behind the @ is the name of a host");
    }
    return ascii;
  }

  private static String ascii(String domain) {
    try {
      return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "has a domain that is none, or is too new for this server: write it as xn--...", e);
    }
  }
}

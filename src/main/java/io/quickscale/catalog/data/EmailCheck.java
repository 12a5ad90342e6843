package io.quickscale.catalog.data;

import java.util.List;
import org.apache.commons.validator.routines.DomainValidator;
import org.apache.commons.validator.routines.EmailValidator;

/** Checks an e-mail address: its form, and that its top-level domain exists. Sends nothing. */
final class EmailCheck {
  /** RFC 5321: a path has 256 characters, two of them brackets. */
  private static final int LONGEST_ADDRESS = 254;

  private static final int LONGEST_LOCAL_PART = 64;

  private EmailCheck() {}

  static List<Finding> check(String address) {
    // Before anything else, so that no expression ever sees a long text.
    if (address.length() > LONGEST_ADDRESS) {
      return List.of(Finding.of("is longer than " + LONGEST_ADDRESS + " characters"));
    }
    if (isValid(address)) {
      return List.of();
    }
    return List.of(Finding.of(reason(address)));
  }

  /** What follows the last @, {@code null} if nothing does. */
  static String domain(String address) {
    int at = address.lastIndexOf('@');
    return at < 0 || at == address.length() - 1 ? null : address.substring(at + 1);
  }

  private static boolean isValid(String address) {
    String domain = address.substring(address.lastIndexOf('@') + 1);
    if (!AddressLiteral.isMeant(domain)) {
      return EmailValidator.getInstance().isValid(address);
    }
    String local = address.substring(0, address.length() - domain.length());
    return AddressLiteral.isValid(domain)
        && EmailValidator.getInstance().isValid(local + "example.org");
  }

  private static String reason(String address) {
    int at = address.lastIndexOf('@');
    if (address.isBlank()) {
      return "is blank";
    }
    if (!address.equals(address.strip())) {
      return "has space before or after the address";
    }
    if (at < 0) {
      return "has no @";
    }
    if (at == 0 || at > LONGEST_LOCAL_PART) {
      return "has not 1 to " + LONGEST_LOCAL_PART + " characters before the @";
    }
    String domain = address.substring(at + 1);
    if (AddressLiteral.isMeant(domain) && !AddressLiteral.isValid(domain)) {
      return "has no valid address in the brackets: [192.0.2.1] and [IPv6:2001:db8::1] are";
    }
    if (!AddressLiteral.isMeant(domain) && !DomainValidator.getInstance().isValid(domain)) {
      return "has no valid domain with a known top-level domain after the @";
    }
    return "has characters before the @ that are not allowed there";
  }
}

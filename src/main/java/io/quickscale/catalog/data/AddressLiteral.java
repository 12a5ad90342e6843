package io.quickscale.catalog.data;

import org.apache.commons.validator.routines.InetAddressValidator;

/**
 * An IP address in the place of a mail domain (RFC 5321 §4.1.3): {@code [127.0.0.1]} or {@code
 * [IPv6:::1]}.
 */
final class AddressLiteral {
  private static final String IPV6 = "IPv6:";

  private AddressLiteral() {}

  /** Whether the domain means to be one. */
  static boolean isMeant(String domain) {
    return domain.startsWith("[") || domain.endsWith("]");
  }

  static boolean isValid(String domain) {
    if (!domain.startsWith("[") || !domain.endsWith("]")) {
      return false;
    }
    String address = domain.substring(1, domain.length() - 1);
    return address.regionMatches(true, 0, IPV6, 0, IPV6.length())
        ? isIpv6(address.substring(IPV6.length()))
        : InetAddressValidator.getInstance().isValidInet4Address(address);
  }

  /** Without the zones and prefix lengths that the validator takes too. */
  private static boolean isIpv6(String address) {
    return address.matches("[0-9A-Fa-f:.]+")
        && InetAddressValidator.getInstance().isValidInet6Address(address);
  }
}

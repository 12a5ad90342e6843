package io.quickscale.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/** Where the application is, as its caller wrote it. */
final class Origin {
  /** A host and a port; nothing that a shell or a page would read as more than that. */
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+]");

  private static final String FALLBACK_HOST = "localhost";

  private Origin() {}

  /**
   * Such as {@code https://example.org:8443}, with the context path and without a slash after it.
   */
  static String of(HttpServletRequest request) {
    String host = request.getServerName();
    boolean isBareIpv6 = host.contains(":") && !host.startsWith("[");
    String named = isBareIpv6 ? "[" + host + "]" : host;
    return request.getScheme()
        + "://"
        + (HOST.matcher(named).matches() ? named : FALLBACK_HOST)
        + port(request)
        + request.getContextPath();
  }

  private static String port(HttpServletRequest request) {
    int usual = request.getScheme().equals("https") ? 443 : 80;
    return request.getServerPort() == usual ? "" : ":" + request.getServerPort();
  }
}

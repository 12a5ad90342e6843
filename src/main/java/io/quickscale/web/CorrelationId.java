package io.quickscale.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Ties together what belongs to one request: the caller's X-Request-Id if it is harmless, else a
 * new one.
 */
public final class CorrelationId {
  /** In requests and in answers. */
  public static final String HEADER = SingleHeaders.REQUEST_ID;

  private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private CorrelationId() {}

  /** Of a request; the same whenever it is asked for. */
  public static String of(HttpServletRequest request) {
    if (request.getAttribute(HEADER) instanceof String known) {
      return known;
    }
    String wished = request.getHeader(HEADER);
    String id =
        wished != null && HARMLESS.matcher(wished).matches()
            ? wished
            : UUID.randomUUID().toString();
    request.setAttribute(HEADER, id);
    return id;
  }
}

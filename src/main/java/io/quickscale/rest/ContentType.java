package io.quickscale.rest;

import io.quickscale.problem.HttpProblem;
import java.util.List;

/** The header Content-Type of a request: JSON in UTF-8, or not. */
final class ContentType {
  private ContentType() {}

  /**
   * Refuses a body that is not said to be JSON, which is UTF-8 (RFC 8259 §8.1): a charset may be
   * named, but no other.
   *
   * @param value of the header; null if there is none
   * @throws HttpProblem 415
   */
  static void requireJson(String value) {
    List<String> parts = HeaderValue.split(value == null ? "" : value, ';');
    if (!parts.get(0).equalsIgnoreCase("application/json")) {
      throw HttpProblem.of(415);
    }
    parts.subList(1, parts.size()).forEach(ContentType::requireUtf8);
  }

  private static void requireUtf8(String parameter) {
    String name = parameter.replaceAll("\\s*=.*", "");
    String charset = parameter.substring(parameter.indexOf('=') + 1).replace("\"", "").trim();
    if (name.equalsIgnoreCase("charset") && !charset.equalsIgnoreCase("utf-8")) {
      throw HttpProblem.unsupportedMediaType(
          "JSON must be sent as UTF-8: send it so, and leave out the charset '" + charset + "'.");
    }
  }
}

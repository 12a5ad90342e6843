package io.quickscale.catalog.data;

import java.util.Map;

/** What is said of data that has not the form of a JSON Schema format. */
final class FormatSentence {
  private static final Map<String, String> SENTENCES =
      Map.ofEntries(
          Map.entry("date-time", "a date-time (RFC 3339), such as 2026-01-31T08:00:00Z"),
          Map.entry("date", "a date (RFC 3339), such as 2026-01-31"),
          Map.entry("time", "a time with an offset (RFC 3339), such as 08:00:00Z"),
          Map.entry("duration", "a duration (ISO 8601), such as P1DT12H"),
          Map.entry("email", "an e-mail address (RFC 5321), such as ada@example.org"),
          Map.entry("idn-email", "an internationalized e-mail address (RFC 6531)"),
          Map.entry("hostname", "a host name (RFC 1123), such as www.example.org"),
          Map.entry("idn-hostname", "an internationalized host name (RFC 5890)"),
          Map.entry("ipv4", "an IPv4 address, such as 192.0.2.1"),
          Map.entry("ipv6", "an IPv6 address (RFC 4291), such as 2001:db8::1"),
          Map.entry("uri", "a URI with a scheme (RFC 3986), such as https://example.org/"),
          Map.entry("uri-reference", "a URI or a relative reference (RFC 3986)"),
          Map.entry("iri", "an IRI with a scheme (RFC 3987)"),
          Map.entry("iri-reference", "an IRI or a relative reference (RFC 3987)"),
          Map.entry("uri-template", "a URI template (RFC 6570), such as /users/{id}"),
          Map.entry("uuid", "a UUID, such as 123e4567-e89b-12d3-a456-426614174000"),
          Map.entry("json-pointer", "a JSON Pointer (RFC 6901), such as /a/0"),
          Map.entry("relative-json-pointer", "a relative JSON Pointer, such as 1/a"),
          Map.entry("regex", "a regular expression"));

  private FormatSentence() {}

  static String of(String format) {
    return "must be " + SENTENCES.getOrDefault(format, "of the format " + format);
  }
}

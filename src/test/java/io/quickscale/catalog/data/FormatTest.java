package io.quickscale.catalog.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every format of JSON Schema: what has it, what has it not, and what is said then. */
class FormatTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          date-time             | 2026-01-01T00:00:00Z
          date-time             | 2026-01-01t00:00:00.123456789012z
          date-time             | 2026-01-01T00:00:00+23:59
          date-time             | 1998-12-31T15:59:60-08:00
          date                  | 2024-02-29
          time                  | 08:30:06.283185Z
          time                  | 23:59:60Z
          duration              | P1DT12H
          email                 | ada@example.org
          email                 | a@[127.0.0.1]
          email                 | a@[IPv6:::1]
          email                 | a@[IPv6:2001:db8::1]
          idn-email             | 실례@실례.테스트
          idn-email             | a@[IPv6:::1]
          hostname              | www.example.org
          idn-hostname          | 실례.테스트
          ipv4                  | 192.0.2.1
          ipv6                  | 2001:db8::1
          uri                   | https://example.org/?q=1#top
          uri-reference         | ../a?b
          iri                   | https://example.org/ü
          iri-reference         | /ü
          uri-template          | /users/{id}
          uuid                  | 123e4567-e89b-12d3-a456-426614174000
          json-pointer          | /a~1b/0
          relative-json-pointer | 1/a
          regex                 | ^a(b)+$
          """)
  void a_text_of_the_form_is_valid(String format, String text) {
    assertThat(findings(format, text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          date-time             | 2026-01-01 00:00:00Z
          date-time             | 2026-01-01T00:00:00Z[UTC]
          date-time             | 2026-01-01T00:00:00
          date-time             | 2026-01-01T00:00Z
          date-time             | 2026-01-01T24:00:00Z
          date-time             | 2026-02-30T00:00:00Z
          date-time             | 2026-01-01T00:00:60Z
          date-time             | 2026-01-01T00:00:00+24:00
          date-time             | 2026-01-01T00:00:00+0100
          date-time             | +12026-01-01T00:00:00Z
          date-time             | ２026-01-01T00:00:00Z
          date                  | 2026-02-29
          date                  | -2026-01-01
          date                  | 2026-1-1
          time                  | 08:30:06
          time                  | 08:30Z
          time                  | 08:30:06 Z
          duration              | 1D
          duration              | P
          email                 | ada
          email                 | a@[::1]
          email                 | a@[IPv6:127.0.0.1]
          email                 | a@[IPv6:fe80::1%eth0]
          email                 | a@[IPv6:::1
          email                 | a@[300.0.0.1]
          email                 | .a@example.org
          idn-email             | a@[::1]
          hostname              | -a.example
          idn-hostname          | 〮실례.테스트
          ipv4                  | 192.0.2.256
          ipv4                  | 0300.0.2.1
          ipv6                  | 2001:db8::1::2
          ipv6                  | fe80::1%eth0
          uri                   | //example.org/
          uri                   | https://example.org/a b
          uri-reference         | a\\b
          iri                   | /ü
          iri-reference         | a\\b
          uri-template          | /users/{id
          uuid                  | 123e4567-e89b-12d3-a456-42661417400
          json-pointer          | a/b
          json-pointer          | /a~2
          relative-json-pointer | /a
          regex                 | (
          """)
  void a_text_of_another_form_is_told_the_right_one_once(String format, String text) {
    assertThat(findings(format, text))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.message())
                    .startsWith("must be a")
                    .doesNotContain("pattern", "of the format"));
  }

  @ParameterizedTest
  @CsvSource({
    "date-time, 2026-01-01T00:00:00Z",
    "email, ada@example.org",
    "ipv4, 192.0.2.1",
    "uuid, 123e4567-e89b-12d3-a456-426614174000",
    "hostname, example.org"
  })
  void a_line_end_after_it_is_not_part_of_the_form(String format, String text) {
    assertThat(findings(format, text + "\n")).hasSize(1);
  }

  private static List<Finding> findings(String format, String text) {
    JsonNode schema = JsonNodeFactory.instance.objectNode().put("format", format);
    return SchemaCheck.with(schema).check(TextNode.valueOf(text));
  }
}

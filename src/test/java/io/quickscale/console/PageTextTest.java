package io.quickscale.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.credit.Credits;
import io.quickscale.registry.Price;
import io.quickscale.registry.UnitRate;
import jakarta.json.Json;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTextTest {
  @Test
  void values_are_text_and_are_not_looked_through_for_places() {
    PageTemplate template = new PageTemplate("<p title=\"{{a}}\">{{{b}}}</p>");

    assertThat(template.with(Map.of("a", "<\"'&{{b}}$1\\", "b", "<b>{{a}}</b>")))
        .isEqualTo("<p title=\"&lt;&quot;&#39;&amp;{{b}}$1\\\"><b>{{a}}</b></p>");
    assertThatThrownBy(() -> template.with(Map.of("a", "")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no value for b");
  }

  @Test
  void a_line_for_a_shell_keeps_quotation_marks() {
    assertThat(RunLine.of("http://h:1", "s", "{\"a\": \"it's $HOME\"}"))
        .startsWith("curl 'http://h:1/api/v1/services/s/run' \\\n")
        .endsWith("-d '{\"a\": \"it'\\''s $HOME\"}'");
  }

  @Test
  void prices_are_in_words() {
    assertThat(PriceText.of(new Price(credits("1"), List.of()))).isEqualTo("1 credit a run");
    assertThat(
            PriceText.of(
                new Price(
                    credits("0"), List.of(new UnitRate("page_image", credits("0.5"), 3, 10)))))
        .isEqualTo("0 credits a run + 0.5 credits per page image beyond 3");
  }

  @Test
  void an_example_has_what_the_schema_requires() {
    assertThat(
            example(
                """
                {"type": "object", "required": ["to", "n", "all"],
                 "properties": {
                   "to": {"enum": ["pdf", "png"]},
                   "n": {"type": ["integer", "null"], "minimum": 3},
                   "all": {"type": "array", "items": {"$ref": "#/$defs/one"}},
                   "more": {"type": "string"}},
                 "$defs": {"one": {"type": "object", "required": ["next"],
                   "properties": {"next": {"type": "string"}}}}}
                """))
        .isEqualTo("{\"to\":\"pdf\",\"n\":3,\"all\":[{\"next\":\"text\"}]}");
  }

  private static String example(String schema) {
    try (var reader = Json.createReader(new StringReader(schema))) {
      return ExampleInputs.fromSchema(reader.readObject()).toString();
    }
  }

  private static Credits credits(String amount) {
    return Credits.of(new BigDecimal(amount));
  }
}

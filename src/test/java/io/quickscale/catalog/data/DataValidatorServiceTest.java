package io.quickscale.catalog.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.catalog.data.DataValidatorService.Input;
import io.quickscale.catalog.data.DataValidatorService.Report;
import io.quickscale.catalog.data.DataValidatorService.Statistics;
import io.quickscale.json.JsonCodec;
import io.quickscale.problem.Violation;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.RegisterService;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DataValidatorServiceTest {
  private final DataValidatorService service = new DataValidatorService();

  @Test
  void is_registered_as_data_validator() {
    RegisterService definition = DataValidatorService.class.getAnnotation(RegisterService.class);

    assertThat(definition.name()).isEqualTo("data_validator");
    assertThat(definition.category()).isEqualTo("data");
  }

  @Test
  void speaks_snake_case_and_leaves_out_what_does_not_apply() {
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      JsonCodec codec = new JsonCodec(factory.getValidator());
      byte[] body = "{\"data_type\":\"text\",\"data\":\"a b\",\"min_length\":9}".getBytes(UTF_8);
      Input input = codec.read(body, Input.class);

      assertThat(codec.write(service.executeService(null, input)))
          .contains("\"data_type\":\"text\"")
          .contains("\"is_valid\":false")
          .contains("\"errors\":[{")
          .contains("\"path\":\"\"")
          .contains("\"message\":\"has 3 characters, 9 at least are needed\"")
          .contains("\"more_errors\":false")
          .contains("\"words\":2")
          .doesNotContain("nesting_depth");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TEXT", "xml", "", "text "})
  void takes_no_other_data_types(String dataType) {
    assertThat(violations(new Input(dataType, "a", null, null, null, null)))
        .containsExactly("must be text, email or json");
  }

  @Test
  void bounds_what_it_takes() {
    assertThat(violations(text("a".repeat(100_000)))).isEmpty();
    assertThat(violations(text("a".repeat(100_001)))).hasSize(1);
    assertThat(violations(new Input("text", "a", -1, 100_001, "a".repeat(1_001), null))).hasSize(3);
    assertThat(violations(new Input("json", "1", null, null, null, " ".repeat(20_001)))).hasSize(1);
  }

  // Text.

  @Test
  void counts_characters_words_and_lines_of_a_text() {
    Report report = run(text("Gr\u00FC\u00DFe an alle \uD83D\uDE00\nbis bald"));

    assertThat(report.validation().isValid()).isTrue();
    assertThat(report.validation().errors()).isEmpty();
    assertThat(report.statistics()).isEqualTo(new Statistics(24, 6, 2, null, null, null));
  }

  @Test
  void a_blank_text_is_wrong_unless_the_request_allows_it() {
    assertThat(errors(text(" \n"))).containsExactly("is blank");
    assertThat(errors(new Input("text", "", 0, null, null, null))).isEmpty();
  }

  @Test
  void a_text_has_the_length_that_the_request_asks_for() {
    assertThat(errors(new Input("text", "\uD83D\uDE00\uD83D\uDE00", 2, 2, null, null))).isEmpty();
    assertThat(errors(new Input("text", "abc", 4, null, null, null)))
        .containsExactly("has 3 characters, 4 at least are needed");
    assertThat(errors(new Input("text", "abc", null, 2, null, null)))
        .containsExactly("has 3 characters, 2 at most are allowed");
  }

  @ParameterizedTest
  @CsvSource({"\\d{3}-\\d{4}, 555-1234, true", "\\d+, 12a, false", "\\u0041+, AA, true"})
  void the_pattern_matches_the_whole_text(String pattern, String text, boolean isValid) {
    assertThat(run(pattern(pattern, text)).validation().isValid()).isEqualTo(isValid);
  }

  @Test
  void text_is_made_of_text_characters() {
    assertThat(errors(text("a\tb\r\nc"))).isEmpty();
    assertThat(errors(text("\uD83D\uDE00\u0000")))
        .containsExactly("has the character U+0000 at position 2, which is not text");
    assertThat(errors(text("a\uD83D")))
        .containsExactly("has the character U+D83D at position 2, which is not text");
    assertThat(errors(text("\uDE00a"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[a", "a**", "(?=a)", "(a)\\1", "\\", "\\u1"})
  void a_wrong_pattern_is_the_callers_mistake(String pattern) {
    assertWrong(pattern(pattern, "a"), "pattern", "not a regular expression in RE2 syntax");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+b", "(a|a)*b", "(a|aa)+$b", "(.*)*(.*)*b", "(?:|){9}(?:a?){9}b"})
  void no_pattern_backtracks(String pattern) {
    assertThat(run(pattern(pattern, "a".repeat(100_000))).validation().isValid()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a{1001}",
        "a{1001,}",
        "((a{100}){100}){100}",
        "(((a{1000}){1000}){1000}){1000}",
        "(?:(?:(?:a?){999}){999}b){999}",
        "(\\Q(\\E[[:alpha:](]{999}){999}"
      })
  void repetitions_are_bounded_before_they_are_compiled(String pattern) {
    assertWrong(pattern(pattern, "a"), "pattern", "repeats at most 1,000 times");
    assertWrong(
        json("1", "{\"pattern\":\"" + pattern.replace("\\", "\\\\") + "\"}"), "schema", "repeats");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}",
        "[a-z]{1,64}@[a-z]{1,255}\\.[a-z]{2,63}",
        "\\p{L}{1,500}"
      })
  void patterns_of_daily_life_are_within_the_bounds(String pattern) {
    assertThat(errors(pattern(pattern, "a"))).hasSizeLessThan(2);
  }

  @Test
  void a_pattern_too_large_for_the_text_is_refused() {
    assertWrong(pattern(".{999}".repeat(50), "a".repeat(100_000)), "pattern", "too large for this");
    assertWrong(pattern(".{999}".repeat(160), "a"), "pattern", "too large");
    assertThat(run(pattern("(".repeat(499) + ")".repeat(499), "")).dataType()).isEqualTo("text");
  }

  // E-mail.

  @ParameterizedTest
  @ValueSource(strings = {"a@example.com", "first.last+tag@sub.example.co.uk", "a@b\u00FCcher.de"})
  void right_addresses_are_valid(String address) {
    assertThat(errors(email(address))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', is blank",
    "' a@example.com', has space before or after the address",
    "example.com, has no @",
    "@example.com, has not 1 to 64 characters before the @",
    "a@example, has no valid domain with a known top-level domain after the @",
    "a@example.notatld, has no valid domain with a known top-level domain after the @",
    "a@, has no valid domain with a known top-level domain after the @",
    "a b@example.com, has characters before the @ that are not allowed there"
  })
  void wrong_addresses_are_told_why(String address, String message) {
    assertThat(errors(email(address))).containsExactly(message);
  }

  @Test
  void long_addresses_are_refused_unread() {
    assertThat(errors(email("@".repeat(99_999) + " ")))
        .containsExactly("is longer than 254 characters");
  }

  @Test
  void an_address_has_a_domain() {
    assertThat(run(email("a@example.com")).statistics().domain()).isEqualTo("example.com");
    assertThat(run(email("a@")).statistics().domain()).isNull();
  }

  // JSON.

  @Test
  void measures_json() {
    Report report = run(json("{\"a\": [1, {\"b\": null}]}"));

    assertThat(report.validation().isValid()).isTrue();
    assertThat(report.statistics()).isEqualTo(new Statistics(23, null, null, null, 5, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"a\"", "null", "true", "[]", "{}", " [1e5, -0.1] "})
  void any_json_value_is_valid(String data) {
    assertThat(errors(json(data))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                | is empty
          {"a":             | line 1, column 6: the text ends before the value does
          {} x              | line 1, column 5: Unrecognized token 'x'
          [1] [2]           | line 1, column 5: there is more after the value
          {"a":1,"a":2}     | line 1, column 11: Duplicate field 'a'
          {'a':1}           | line 1, column 2: Unexpected character
          NaN               | line 1, column 4: Non-standard token 'NaN'
          /*c*/1            | line 1, column 1: Unexpected character
          +1                | line 1, column 2: Unexpected character
          .5                | line 1, column 1: Unexpected character
          1.                | line 1, column 2: Unexpected character
          -INF              | line 1, column
          01                | line 1, column 2: Invalid numeric value
          [1,]              | line 1, column 4: Unexpected character
          {a:1}             | line 1, column 2: Unexpected character
          '"\\x"'            | line 1, column 3: Unrecognized character escape
          """)
  void what_is_not_json_is_told_where(String data, String message) {
    assertThat(errors(json(data)))
        .singleElement()
        .asString()
        .startsWith(message)
        .doesNotContain("jackson", "Feature", "Source");
  }

  @Test
  void json_has_limits() {
    assertThat(errors(json("[".repeat(64) + "]".repeat(64)))).isEmpty();
    assertThat(errors(json("[".repeat(65) + "]".repeat(65))))
        .singleElement()
        .asString()
        .contains("nested more than 64 deep");
    assertThat(errors(json("[".repeat(100_000)))).hasSize(1);
    assertThat(errors(json("9".repeat(1_001)))).hasSize(1);
    assertThat(run(json("{\"a/b\":[1e999]}")).validation().errors())
        .containsExactly(new Finding("/a~1b/0", "is a number too large to compute with"));
  }

  @Test
  void a_schema_finds_what_is_wrong_where() {
    String schema =
        """
        {"type": "object", "required": ["name"],
         "properties": {"age": {"type": "integer", "minimum": 0},
                        "mail": {"type": "string", "format": "email"},
                        "tags": {"type": "array", "items": {"type": "string"}}}}
        """;

    assertThat(errors(json("{\"name\":\"A\",\"age\":3,\"mail\":\"a@example.com\"}", schema)))
        .isEmpty();
    assertThat(
            run(json("{\"age\":-1,\"mail\":\"no\",\"tags\":[\"a\",5]}", schema))
                .validation()
                .errors())
        .extracting(Finding::path)
        .containsExactlyInAnyOrder("", "/age", "/mail", "/tags/1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://json-schema.org/draft-04/schema#",
        "http://json-schema.org/draft-06/schema#",
        "http://json-schema.org/draft-07/schema#",
        "http://json-schema.org/draft-07/schema",
        "https://json-schema.org/draft/2019-09/schema",
        "https://json-schema.org/draft/2020-12/schema"
      })
  void knows_the_drafts_in_use(String draft) {
    String schema = "{\"$schema\":\"" + draft + "\",\"type\":\"string\",\"format\":\"date\"}";

    assertThat(errors(json("\"2026-11-22\"", schema))).isEmpty();
    assertThat(errors(json("\"tomorrow\"", schema))).hasSize(1);
    assertThat(errors(json("1", schema))).isNotEmpty();
  }

  @Test
  void references_within_the_schema_work() {
    String schema =
        """
        {"$ref": "#/$defs/tree",
         "$defs": {"tree": {"type": "array", "items": {"$ref": "#/$defs/tree"}}}}
        """;

    assertThat(errors(json("[".repeat(60) + "]".repeat(60), schema))).isEmpty();
    assertThat(run(json("[[],[[1]]]", schema)).validation().errors())
        .extracting(Finding::path)
        .containsExactly("/1/0/0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":                                   | is not JSON
          []                                         | a schema is an object or a boolean
          {"type":"strnig"}                          | /type
          {"minimum":"1"}                            | /minimum
          {"properties":{"a":{"minLength":-1}}}      | /properties/a/minLength
          {"pattern":"(?=a)"}                        | not a regular expression
          {"patternProperties":{"(":true}}           | regular expression
          {"$ref":"#/$defs/none"}                    | /$defs/none
          {"$schema":"https://example.com/mine"}     | $schema is one of
          {"$schema":5}                              | $schema is one of
          {"multipleOf":1e999}                       | number too large
          {"id":{"$defs":true}}                      | cannot be used
          """)
  void a_wrong_schema_is_the_callers_mistake_even_with_wrong_data(String schema, String message) {
    assertWrong(json("1", schema), "schema", message);
    assertWrong(json("{", schema), "schema", message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9/schema.json",
        "https://example.com/schema.json",
        "file:///etc/passwd",
        "classpath:draft/2020-12/schema",
        "resource:/META-INF/persistence.xml",
        "jar:file:/a.jar!/b",
        "other.json"
      })
  void no_schema_is_loaded_from_anywhere(String reference) {
    assertWrong(json("1", "{\"$ref\":\"" + reference + "\"}"), "schema", "");
    assertWrong(json("1", "{\"$id\":\"" + reference + "\",\"$ref\":\"x.json\"}"), "schema", "");
  }

  @Test
  void endless_references_are_refused() {
    assertWrong(json("1", "{\"$ref\":\"#\"}"), "schema", "refer to themselves");
    assertWrong(
        json("1", "{\"allOf\":[{\"$ref\":\"#\"},{\"$ref\":\"#\"}]}"), "schema", "themselves");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"$dynamicRef\":\"#\"}",
        "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"$ref\":\"#/%zz\"}",
        "{\"$schema\":\"http://json-schema.org/draft-04/schema#\",\"id\":\"#/%zz\"}"
      })
  void odd_references_are_the_callers_mistake(String schema) {
    assertWrong(json("1", schema), "schema", "reference");
  }

  @Test
  void exponential_schemas_are_refused() {
    StringBuilder definitions = new StringBuilder("\"d40\":true");
    for (int i = 0; i < 40; i++) {
      definitions.append(
          ",\"d%d\":{\"allOf\":[{\"$ref\":\"#/$defs/d%d\"},{\"$ref\":\"#/$defs/d%d\"}]}"
              .formatted(i, i + 1, i + 1));
    }
    String schema = "{\"$ref\":\"#/$defs/d0\",\"$defs\":{" + definitions + "}}";

    assertWrong(json("1", schema), "schema", "1,000,000 steps");
  }

  @Test
  void many_errors_are_cut_to_100() {
    Report report =
        run(json("[" + "1,".repeat(40_000) + "1]", "{\"items\":{\"type\":\"string\"}}"));

    assertThat(report.validation().errors()).hasSize(100);
    assertThat(report.validation().moreErrors()).isTrue();
  }

  @Test
  void schemas_with_many_failures_do_not_fill_the_memory() {
    String schema = "{\"items\":{\"anyOf\":[" + "false,".repeat(2_000) + "false]}}";

    assertWrong(json("[" + "1,".repeat(40_000) + "1]", schema), "schema", "steps");
  }

  @Test
  void one_keyword_with_many_errors_is_bounded_too() {
    String names =
        String.join(",", IntStream.range(0, 2_500).mapToObj(i -> "\"" + i + "\"").toList());
    String schema = "{\"items\":{\"required\":[" + names + "]}}";

    assertWrong(json("[" + "{},".repeat(30_000) + "1]", schema), "schema", "steps");
  }

  @Test
  void patterns_of_a_schema_do_not_backtrack() {
    String data = "\"" + "a".repeat(90_000) + "\"";

    assertThat(errors(json(data, "{\"pattern\":\"^(a+)+$\"}"))).isEmpty();
    assertThat(errors(json(data, "{\"pattern\":\"^(a+)+b$\"}"))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "email",
        "idn-email",
        "hostname",
        "idn-hostname",
        "uri",
        "iri",
        "uri-template",
        "regex",
        "date-time",
        "duration",
        "ipv6",
        "json-pointer",
        "uuid"
      })
  void formats_refuse_long_texts_at_once(String format) {
    String schema = "{\"format\":\"" + format + "\"}";

    for (String unit : List.of("@", "a.", "(a+)+", "::", "a")) {
      String data = "\"" + unit.repeat(90_000 / unit.length()) + " \"";
      assertThat(errors(json(data, schema))).hasSize(1);
    }
  }

  @Test
  void the_format_of_expressions_is_not_limited_to_re2() {
    assertThat(errors(json("\"(?=a)\"", "{\"format\":\"regex\"}"))).isEmpty();
    assertThat(errors(json("\"(\"", "{\"format\":\"regex\"}"))).hasSize(1);
  }

  @Test
  void a_wrong_expression_is_found_wherever_it_is() {
    String schema =
        """
        {"properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"items": {"pattern": "(?=a)"}}}}
        """;

    assertWrong(json("{\"a\":[\"x\"]}", schema), "schema", "not a regular expression");
  }

  @Test
  void large_schemas_are_checked_in_time() {
    String schema = "{\"allOf\":[" + "{},".repeat(6_000) + "{}]}";

    assertThat(errors(json("1", schema))).isEmpty();
  }

  @Test
  void long_chains_of_references_give_an_answer() {
    StringBuilder definitions = new StringBuilder("\"d700\":true");
    for (int i = 0; i < 700; i++) {
      definitions.append(",\"d%d\":{\"$ref\":\"#/$defs/d%d\"}".formatted(i, i + 1));
    }
    String schema = "{\"$ref\":\"#/$defs/d0\",\"$defs\":{" + definitions + "}}";

    assertWrong(json("1", schema), "schema", "nested too deep");
  }

  // Rules of other types.

  @Test
  void a_rule_that_does_not_fit_the_data_type_is_not_ignored() {
    assertThatThrownBy(() -> run(new Input("email", "a@example.com", 1, 2, "a", "{}")))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e ->
                assertThat((List<?>) e.members().get("violations"))
                    .extracting(v -> ((Violation) v).field())
                    .containsExactly("min_length", "max_length", "pattern", "schema"));
    assertWrong(new Input("text", "a", 2, 1, null, null), "min_length", "not be above max_length");
    assertWrong(new Input("text", "a", null, null, null, "{}"), "schema", "only for json");
  }

  private static Input text(String data) {
    return new Input("text", data, null, null, null, null);
  }

  private static Input pattern(String pattern, String data) {
    return new Input("text", data, 0, null, pattern, null);
  }

  private static Input email(String data) {
    return new Input("email", data, null, null, null, null);
  }

  private static Input json(String data) {
    return json(data, null);
  }

  private static Input json(String data, String schema) {
    return new Input("json", data, null, null, null, schema);
  }

  private Report run(Input input) {
    return service.executeService(null, input);
  }

  private List<String> errors(Input input) {
    Report report = run(input);
    assertThat(report.validation().isValid()).isEqualTo(report.validation().errors().isEmpty());
    return report.validation().errors().stream().map(Finding::message).toList();
  }

  private void assertWrong(Input input, String field, String message) {
    assertThatThrownBy(() -> run(input))
        .isInstanceOfSatisfying(
            InvalidInputException.class,
            e -> {
              Violation violation = (Violation) ((List<?>) e.members().get("violations")).get(0);
              assertThat(violation.field()).isEqualTo(field);
              assertThat(violation.message()).contains(message).hasSizeLessThan(600);
            });
  }

  private static List<String> violations(Input input) {
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      return factory.getValidator().validate(input).stream().map(v -> v.getMessage()).toList();
    }
  }
}

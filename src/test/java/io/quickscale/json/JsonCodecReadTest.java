package io.quickscale.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.quickscale.platform.Timestamps;
import io.quickscale.problem.MalformedJsonProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.Violation;
import io.quickscale.service.InvalidInputException;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecReadTest {
  public record Text(@NotBlank @Size(max = 10) String text) {}

  public record Order(
      @NotNull String customerName,
      @NotNull @Size(min = 1, max = 3) List<@Valid Item> items,
      @Valid Address deliverTo,
      Optional<String> giftNote) {}

  public record Item(@NotBlank String name, @Min(1) int pieceCount) {}

  public record Address(@NotBlank String streetName, String city) {}

  public enum Colour {
    RED,
    DARK_BLUE
  }

  public enum Only {
    ONE
  }

  public record Paint(@NotNull Colour colour, List<Colour> others) {}

  public record Single(Only only) {}

  public record Numbers(
      Integer count,
      Long total,
      Short small,
      Byte tiny,
      Double ratio,
      Float rough,
      BigDecimal amount,
      BigInteger huge,
      Boolean flag,
      List<Integer> counts,
      Map<String, Integer> countsByName,
      Optional<Integer> perhaps) {}

  public record Primitives(int count, boolean flag) {}

  public record Times(LocalDate day, OffsetDateTime moment, Duration length, UUID id, URI link) {}

  public record Tagged(
      List<@NotBlank String> tagNames, Map<String, @Size(max = 2) String> labelsByKey) {}

  public record Priced(@Min(value = 1, message = "buy at least one") @Max(5) int pieceCount) {}

  public record Amount(@DecimalMin(value = "0.5", message = "too little") BigDecimal amount) {}

  public record Bound(int from, int to) {
    public Bound {
      if (from > to) {
        throw new IllegalArgumentException("secret.internal.Detail");
      }
    }
  }

  public record Letter(Character letter) {}

  public record Maybe(Optional<Item> extra, Optional<Colour> colour) {}

  public record Free(
      JsonObject object, JsonArray array, JsonValue value, Map<String, Object> map) {}

  public record Node(String name, List<Node> children) {}

  public record Digits(Integer top5Words) {}

  public record Mail(@Email(message = "write to somebody") String to) {}

  private static Locale locale;

  private final JsonCodec codec =
      new JsonCodec(Validation.buildDefaultValidatorFactory().getValidator());

  @BeforeAll
  static void speakEnglish() {
    locale = Locale.getDefault();
    Locale.setDefault(Locale.ENGLISH);
  }

  @AfterAll
  static void speakAsBefore() {
    Locale.setDefault(locale);
  }

  // What is read.

  @Test
  void aRecordIsReadFromSnakeCaseWithNestedRecordsAndLists() {
    assertThat(
            read(
                """
                {"customer_name": "Ada", "gift_note": "Enjoy!",
                 "items": [{"name": "pen", "piece_count": 2}, {"name": "ink", "piece_count": 1}],
                 "deliver_to": {"street_name": "Main"}}
                """,
                Order.class))
        .isEqualTo(
            new Order(
                "Ada",
                List.of(new Item("pen", 2), new Item("ink", 1)),
                new Address("Main", null),
                Optional.of("Enjoy!")));
  }

  @Test
  void optionalMembersMayBeMissing() {
    Order order = read("{\"customer_name\":\"Ada\",\"items\":[" + PEN + "]}", Order.class);

    assertThat(order.deliverTo()).isNull();
    assertThat(order.giftNote()).isEmpty();
  }

  @Test
  void nullForAnOptionalIsAsIfItWereMissing() {
    Order order =
        read("{\"customer_name\":\"Ada\",\"gift_note\":null,\"items\":[" + PEN + "]}", Order.class);

    assertThat(order.giftNote()).isEmpty();
  }

  @Test
  void nullWhereTheSchemaHasNoneIsRefusedWithItsPlace() {
    assertThat(
            violations(
                "{\"customer_name\":null,\"items\":[null],\"deliver_to\":null}", Order.class))
        .containsExactlyInAnyOrder(
            new Violation("customer_name", "must be of type string, not null"),
            new Violation("items[0]", "must be of type object, not null"),
            new Violation("deliver_to", "must be of type object, not null"));
    assertThat(violations("{\"counts\":[1,null],\"counts_by_name\":{\"a\":null}}", Numbers.class))
        .containsExactlyInAnyOrder(
            new Violation("counts[1]", "must be of type integer, not null"),
            new Violation("counts_by_name.a", "must be of type integer, not null"));
    assertThat(violations("{\"colour\":null}", Paint.class))
        .contains(new Violation("colour", "must be of type string, not null"));
  }

  @Test
  void everyKindOfNumberIsReadExactly() {
    Numbers numbers =
        read(
            """
            {"count": 2147483647, "total": -9223372036854775808, "small": 32767, "tiny": -128,
             "ratio": 0.1, "rough": 1.5, "amount": 0.10, "flag": true, "perhaps": 7,
             "huge": 123456789012345678901234567890, "counts": [1, 2], "counts_by_name": {"A b": 3}}
            """,
            Numbers.class);

    assertThat(numbers.count()).isEqualTo(Integer.MAX_VALUE);
    assertThat(numbers.total()).isEqualTo(Long.MIN_VALUE);
    assertThat(numbers.small()).isEqualTo(Short.MAX_VALUE);
    assertThat(numbers.tiny()).isEqualTo(Byte.MIN_VALUE);
    assertThat(numbers.ratio()).isEqualTo(0.1);
    assertThat(numbers.rough()).isEqualTo(1.5f);
    assertThat(numbers.amount()).isEqualTo(new BigDecimal("0.10"));
    assertThat(numbers.huge()).isEqualTo(new BigInteger("123456789012345678901234567890"));
    assertThat(numbers.flag()).isTrue();
    assertThat(numbers.counts()).containsExactly(1, 2);
    assertThat(numbers.countsByName()).containsExactly(Map.entry("A b", 3));
    assertThat(numbers.perhaps()).contains(7);
  }

  @Test
  void timesAndIdentifiersAreReadFromTheirUsualForm() {
    Times times =
        read(
            """
            {"day": "2026-11-22", "moment": "2026-11-22T08:00:00Z", "length": "PT5S",
             "id": "00000000-0000-0001-0000-000000000002", "link": "https://quickscale.io"}
            """,
            Times.class);

    assertThat(times.day()).isEqualTo(LocalDate.of(2026, 11, 22));
    assertThat(times.moment()).isEqualTo(OffsetDateTime.parse("2026-11-22T08:00:00Z"));
    assertThat(times.length()).isEqualTo(Duration.ofSeconds(5));
    assertThat(times.id()).isEqualTo(new UUID(1, 2));
    assertThat(times.link()).isEqualTo(URI.create("https://quickscale.io"));
  }

  @Test
  void enumsAreReadByTheirName() {
    assertThat(read("{\"colour\":\"DARK_BLUE\",\"others\":[\"RED\"]}", Paint.class))
        .isEqualTo(new Paint(Colour.DARK_BLUE, List.of(Colour.RED)));
    assertThat(read("{\"only\":\"ONE\"}", Single.class)).isEqualTo(new Single(Only.ONE));
  }

  @Test
  void textOfAnyScriptIsReadAsItIs() {
    String text = "\u00e9\u4f60\ud83d\ude00";

    assertThat(read("{\"text\":\"" + text + "\"}", Text.class).text()).isEqualTo(text);
    assertThat(read("{\"text\":\"\\u00e9\"}", Text.class).text()).isEqualTo("\u00e9");
  }

  // What is refused as JSON.

  @Test
  void anEmptyBodyIsMalformedAndSaysWhatToSend() {
    assertThat(malformed("").detail()).isEqualTo("The body is empty. Send a JSON object.");
    assertThat(malformed(" \n\t").detail()).isEqualTo("The body is empty. Send a JSON object.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"text\"",
        "{\"text\":",
        "{\"text\":\"a\"",
        "{text:\"a\"}",
        "{'text':'a'}",
        "{\"text\":\"a\",}",
        "{\"text\":NaN}",
        "{\"text\":01}",
        "{\"text\":+1}",
        "// hm\n{}",
        "{\"text\":\"a\nb\"}",
        "{\"text\":\"\\x\"}",
        "{\"text\":tru}",
        "]"
      })
  void whatIsNotJsonIsMalformedAndSaysWhere(String body) {
    assertThat(malformed(body).detail())
        .matches("The body is not JSON at line \\d+, column \\d+\\.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"text\":\"a\"} x", "{\"text\":\"a\"}{}", "{\"text\":\"a\"}]"})
  void textBehindTheObjectIsMalformed(String body) {
    assertThat(malformed(body).detail()).startsWith("The body is not JSON at line 1");
  }

  @Test
  void aMemberThatIsNamedTwiceIsMalformed() {
    assertThat(malformed("{\"text\":\"a\",\"text\":\"b\"}").detail())
        .startsWith("A member is named twice at line 1");
    assertThat(malformed("{\"items\":[{\"name\":\"a\",\"name\":\"b\"}]}").detail())
        .startsWith("A member is named twice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"text\":", "{\"text\":["})
  void tenThousandNestedLevelsAreMalformedAndDoNotOverflowTheStack(String level) {
    assertThat(malformed(level.repeat(10_000)).detail())
        .isEqualTo("The body nests deeper than 64 levels.");
  }

  @ParameterizedTest
  @CsvSource({"ff, 10", "c3, 10", "c0 af, 10", "ed a0 80, 10", "f4 90 80 80, 10", "e2 82, 10"})
  void bytesThatAreNotUtf8AreMalformedWithTheirPlace(String odd, int place) {
    assertThat(malformed(bytes("{\"text\":\"", odd, "\"}")).detail())
        .isEqualTo("The body is not UTF-8 at byte " + place + ". JSON must be sent as UTF-8.");
  }

  @Test
  void theReplacementCharacterItselfIsRead() {
    assertThat(read("{\"text\":\"\ufffd\"}", Text.class).text()).isEqualTo("\ufffd");
  }

  @Test
  void aByteOrderMarkIsSkipped() {
    assertThat(read("\ufeff{\"text\":\"a\"}", Text.class).text()).isEqualTo("a");
    assertThat(malformed("\ufeff").detail()).startsWith("The body is empty.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
  void widerUnicodeIsMalformedAndSaysWhatToSend(String charset) {
    assertThat(malformed("{\"text\":\"a\"}".getBytes(Charset.forName(charset))).detail())
        .isEqualTo("The body is UTF-16 or UTF-32. JSON must be sent as UTF-8.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud800", "a\\udc00", "\\ud800\\ud800", "\\udc00\\ud800", "\\ud83dx"})
  void halfOfASurrogatePairIsRefusedWithItsPlace(String text) {
    String message = "must be Unicode: half of a surrogate pair (such as \\ud800) is no character";
    assertThat(violations("{\"text\":\"" + text + "\"}", Text.class))
        .containsExactly(new Violation("text", message));
    assertThat(violations("{\"object\":{\"list\":[1,\"" + text + "\"]}}", Free.class))
        .containsExactly(new Violation("object.list[1]", message));
    assertThat(violations("{\"object\":{\"" + text + "\":1}}", Free.class))
        .extracting(Violation::message)
        .containsExactly(message);
  }

  @Test
  void aSurrogatePairIsOneCharacter() {
    assertThat(read("{\"text\":\"\\ud83d\\ude00\"}", Text.class).text()).isEqualTo("\ud83d\ude00");
  }

  @Test
  void theCharacterNulIsRefusedWithItsPlace() {
    String message = "must not contain the character U+0000, which databases cannot keep";
    assertThat(violations("{\"text\":\"a\\u0000\"}", Text.class))
        .containsExactly(new Violation("text", message));
    assertThat(violations("{\"map\":{\"a\":[\"\\u0000\"]}}", Free.class))
        .containsExactly(new Violation("map.a[0]", message));
  }

  @Test
  void namesThatAreMadeToCollideAreReadLikeOthers() {
    StringBuilder body = new StringBuilder("{\"map\":{\"a\":1");
    for (int i = 0; i < 1 << 12; i++) {
      body.append(",\"");
      for (int bit = 0; bit < 12; bit++) {
        body.append((i >> bit & 1) == 0 ? "Aa" : "BB"); // equal hash codes
      }
      body.append("\":1");
    }

    assertThat(read(body + "}}", Free.class).map()).hasSize((1 << 12) + 1);
  }

  @Test
  void aMessageAboutMalformedJsonShowsNothingOfTheInside() {
    for (String body : List.of("{", "", "x", "[".repeat(100), "{\"text\":\"a\"} x")) {
      assertThat(malformed(body).detail()).doesNotContain("com.", "java", "jackson", "Json");
    }
  }

  // What is refused as input.

  @Test
  void anUnknownMemberIsNamedTogetherWithTheKnownOnes() {
    assertThat(violations("{\"text\":\"a\",\"langauge\":\"en\"}", Text.class))
        .containsExactly(new Violation("langauge", "is not known here. Known: text"));
  }

  @Test
  void anUnknownMemberOfANestedRecordIsNamedTogetherWithTheKnownOnesThere() {
    assertThat(
            violations(
                "{\"customer_name\":\"Ada\",\"items\":["
                    + PEN
                    + ",{\"name\":\"ink\",\"piece_count\":1,\"pices\":2}],"
                    + "\"deliver_to\":{\"street_name\":\"Main\",\"zip\":1}}",
                Order.class))
        .containsExactlyInAnyOrder(
            new Violation("items[1].pices", "is not known here. Known: name, piece_count"),
            new Violation("deliver_to.zip", "is not known here. Known: city, street_name"));
  }

  @Test
  void aMemberInCamelCaseIsUnknown() {
    assertThat(violations("{\"customerName\":\"Ada\",\"items\":[" + PEN + "]}", Order.class))
        .extracting(Violation::field)
        .containsExactlyInAnyOrder("customerName", "customer_name");
  }

  @Test
  void everyMistakeInTheStructureIsReportedAtOnce() {
    assertThat(violations("{\"items\":[{\"piece_count\":\"two\"}],\"more\":1}", Order.class))
        .extracting(Violation::field)
        .containsExactlyInAnyOrder(
            "customer_name", "items[0].name", "items[0].piece_count", "more");
  }

  @Test
  void aMissingMemberIsRequired() {
    assertThat(violations("{}", Text.class)).containsExactly(new Violation("text", "is required"));
  }

  @Test
  void aPrimitiveCannotBeMissingOrNull() {
    assertThat(violations("{\"flag\":null}", Primitives.class))
        .containsExactlyInAnyOrder(
            new Violation("count", "is required"),
            new Violation("flag", "must be of type boolean, not null"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "\"text\"", "1", "true", "[{\"text\":\"a\"}]"})
  void aBodyThatIsNoObjectIsRefused(String body) {
    assertThat(violations(body, Text.class))
        .containsExactly(new Violation("", "must be of type object"));
    assertThat(violations("null", Text.class))
        .containsExactly(new Violation("", "must be of type object, not null"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "count | \"1\" | integer",
        "count | true | integer",
        "count | [1] | integer",
        "count | {} | integer",
        "total | \"1\" | integer",
        "small | \"1\" | integer",
        "ratio | \"0.1\" | number",
        "amount | \"0.1\" | number",
        "flag | \"true\" | boolean",
        "flag | 1 | boolean",
        "counts | 1 | array",
        "counts_by_name | [] | object",
        "perhaps | \"1\" | integer",
        "huge | \"1\" | integer"
      })
  void aValueOfTheWrongTypeIsRefusedWithTheRightOne(String member, String value, String type) {
    assertThat(violations("{\"" + member + "\":" + value + "}", Numbers.class))
        .containsExactly(new Violation(member, "must be of type " + type));
  }

  @Test
  void elementsOfTheWrongTypeAreNamedByTheirPlace() {
    assertThat(violations("{\"counts\":[1,\"2\"]}", Numbers.class))
        .containsExactly(new Violation("counts[1]", "must be of type integer"));
    assertThat(violations("{\"counts_by_name\":{\"a\":\"2\"}}", Numbers.class))
        .containsExactly(new Violation("counts_by_name.a", "must be of type integer"));
  }

  @Test
  void aTextIsNotMadeOfANumber() {
    assertThat(violations("{\"text\":1}", Text.class))
        .containsExactly(new Violation("text", "must be of type string"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"count", "total", "small", "tiny", "perhaps", "huge"})
  void aFractionIsNoInteger(String member) {
    assertThat(violations("{\"" + member + "\":1.5}", Numbers.class))
        .containsExactly(new Violation(member, "must be of type integer"));
  }

  @ParameterizedTest
  @CsvSource({
    "count, 2147483648, at most 2147483647",
    "count, -2147483649, at least -2147483648",
    "total, 9223372036854775808, at most 9223372036854775807",
    "total, -9223372036854775809, at least -9223372036854775808",
    "total, 1e30, at most 9223372036854775807",
    "small, 32768, at most 32767",
    "tiny, -129, at least -128",
    "small, 99999999999999999999, at most 32767",
    "perhaps, 2147483648, at most 2147483647"
  })
  void anIntegerThatDoesNotFitIsRefusedAndNotCutOff(String member, String value, String limit) {
    assertThat(violations("{\"" + member + "\":" + value + "}", Numbers.class))
        .containsExactly(new Violation(member, "must be " + limit));
  }

  @Test
  void anElementThatDoesNotFitIsRefusedAndNotCutOff() {
    assertThat(violations("{\"counts\":[1,2147483648]}", Numbers.class))
        .containsExactly(new Violation("counts[1]", "must be at most 2147483647"));
    assertThat(violations("{\"counts_by_name\":{\"a\":2147483648}}", Numbers.class))
        .containsExactly(new Violation("counts_by_name.a", "must be at most 2147483647"));
  }

  @ParameterizedTest
  @CsvSource({"ratio, 1e400", "rough, 1e40", "ratio, -1e400"})
  void aNumberThatDoesNotFitIsRefusedAndNotInfinite(String member, String value) {
    assertThat(violations("{\"" + member + "\":" + value + "}", Numbers.class))
        .extracting(Violation::field)
        .containsExactly(member);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e2147483648",
        "1e-2147483648",
        "-1e2147483648",
        "1e99999999999",
        "1e2147483647",
        "1e999999999",
        "1e-999999999",
        "0e999999999",
        "0e99999999999",
        "1e1000",
        "1e-1001"
      })
  void aNumberThatNobodyCanWriteOutIsRefusedWithItsPlaceAndInNoTime(String number) {
    for (String body :
        List.of(
            "{\"text\":" + number + "}",
            "{\"none\":[{\"a\":1},{\"a\":" + number + "}]}",
            number,
            "{\"amount\":" + number + "}",
            "{\"ratio\":" + number + "}",
            "{\"huge\":" + number + "}")) {
      for (Class<?> type : List.of(Text.class, Numbers.class, Free.class)) {
        List<Violation> violations =
            assertTimeoutPreemptively(Duration.ofSeconds(5), () -> violations(body, type));

        assertThat(violations)
            .filteredOn(violation -> violation.message().startsWith("is a number too large or"))
            .extracting(Violation::field)
            .containsExactly(placeIn(body));
      }
    }
  }

  @Test
  void of_a_number_that_nobody_can_take_nothing_more_is_said() {
    for (String member : List.of("text", "none")) {
      assertThat(violations("{\"" + member + "\":1e99999999999}", Text.class))
          .filteredOn(violation -> violation.field().equals(member))
          .hasSize(1);
    }
    assertThat(violations("{\"text\":\"\\u0000\",\"count\":\"x\"}", Text.class))
        .extracting(Violation::field)
        .contains("text", "count");
  }

  private static String placeIn(String body) {
    return body.contains("none")
        ? "none[1].a"
        : body.startsWith("{") ? body.substring(2, body.indexOf('"', 2)) : "";
  }

  @Test
  void aNumberOfAThousandDigitsIsReadAndALongerOneIsTooLong() {
    assertThat(read("{\"huge\":" + "9".repeat(1000) + "}", Numbers.class).huge())
        .isEqualTo(new BigInteger("9".repeat(1000)));
    for (String number :
        List.of("9".repeat(1001), "0." + "9".repeat(1000), "1e" + "1".repeat(999))) {
      assertThat(violations("{\"huge\":" + number + "}", Numbers.class))
          .contains(
              new Violation("huge", "is a number too long: it may have 1000 characters at most"));
    }
  }

  @Test
  void aNumberIsReadAsItIsWrittenWithinTheRange() {
    assertThat(read("{\"amount\":1e3,\"count\":1e3,\"total\":1.0}", Numbers.class))
        .satisfies(
            numbers -> {
              assertThat(numbers.amount()).isEqualTo(new BigDecimal("1E+3"));
              assertThat(numbers.count()).isEqualTo(1000);
              assertThat(numbers.total()).isEqualTo(1);
            });
    assertThat(read("{\"ratio\":4.9e-324}", Numbers.class).ratio()).isEqualTo(Double.MIN_VALUE);
    assertThat(read("{\"ratio\":-0.0}", Numbers.class).ratio()).isEqualTo(-0.0);
    assertThat(read("{\"amount\":-0.0}", Numbers.class).amount()).isEqualByComparingTo("0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"GREEN\"", "\"red\"", "\"\"", "1"})
  void anUnknownEnumValueIsRefusedWithTheKnownOnesAndWithoutAClassName(String value) {
    assertThat(violations("{\"colour\":" + value + "}", Paint.class))
        .extracting(Violation::field, Violation::message)
        .allSatisfy(
            violation -> {
              assertThat(violation.toList().get(0)).isEqualTo("colour");
              assertThat(violation.toList().get(1).toString()).doesNotContain("Colour", "io.");
            })
        .isNotEmpty();
    assertThat(violations("{\"colour\":\"GREEN\"}", Paint.class))
        .containsExactly(new Violation("colour", "must be one of [\"RED\",\"DARK_BLUE\"]"));
  }

  @Test
  void anUnknownEnumValueInAListIsNamedByItsPlace() {
    assertThat(violations("{\"colour\":\"RED\",\"others\":[\"RED\",\"GREEN\"]}", Paint.class))
        .containsExactly(new Violation("others[1]", "must be one of [\"RED\",\"DARK_BLUE\"]"));
  }

  @Test
  void anEnumOfOneValueIsCheckedLikeTheOthers() {
    assertThat(violations("{\"only\":\"TWO\"}", Single.class))
        .containsExactly(new Violation("only", "must be one of [\"ONE\"]"));
  }

  @ParameterizedTest
  @CsvSource({
    "day, 2026-13-45",
    "day, ''",
    "moment, yesterday",
    "length, 5 seconds",
    "id, 1-2",
    "link, 'a b'"
  })
  void aTextThatIsNoTimeOrIdentifierIsRefusedWithoutAClassName(String member, String value) {
    InvalidInputException refusal = refusal("{\"" + member + "\":\"" + value + "\"}", Times.class);

    assertThat(refusal.detail()).isNotBlank().doesNotContain("java", "Exception", "jsonb");
  }

  @Test
  void aTextThatIsNoTimeIsNamed() {
    assertThat(violations("{\"day\":\"2026-13-45\",\"moment\":\"yesterday\"}", Times.class))
        .containsExactlyInAnyOrder(
            new Violation("day", "must be a valid date, such as 2026-11-22"),
            new Violation("moment", Timestamps.FORM));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"ab\""})
  void aLetterIsOneLetter(String value) {
    assertThat(refusal("{\"letter\":" + value + "}", Letter.class).detail()).isNotBlank();
  }

  public record Ordered(int from, int to) {
    public Ordered {
      if (from > to) {
        throw InvalidInputException.of("from", "must not be after to");
      }
    }
  }

  public record Schedule(List<Bound> bounds) {}

  @Test
  void whatTheRecordItselfRefusesIsNamedByItsPlace() {
    assertThat(
            violations(
                "{\"bounds\":[{\"from\":1,\"to\":2},{\"from\":2,\"to\":1}]}", Schedule.class))
        .extracting(Violation::field)
        .containsExactly("bounds[1]");
  }

  @Test
  void whatTheRecordItselfSaysToItsCallerIsSaid() {
    assertThat(violations("{\"from\":2,\"to\":1}", Ordered.class))
        .containsExactly(new Violation("from", "must not be after to"));
  }

  @Test
  void whatTheRecordItselfRefusesIsAnInvalidInputThatShowsNothingOfTheInside() {
    assertThat(refusal("{\"from\":2,\"to\":1}", Bound.class).detail())
        .isNotBlank()
        .doesNotContain("secret", "Bound");
  }

  @Test
  void anOptionalRecordIsCheckedLikeARecord() {
    assertThat(read("{\"extra\":{\"name\":\"pen\",\"piece_count\":1}}", Maybe.class).extra())
        .contains(new Item("pen", 1));
    assertThat(
            violations(
                "{\"extra\":{\"name\":\"pen\",\"piece_count\":\"1\",\"odd\":1}}", Maybe.class))
        .containsExactlyInAnyOrder(
            new Violation("extra.piece_count", "must be of type integer"),
            new Violation("extra.odd", "is not known here. Known: name, piece_count"));
    assertThat(violations("{\"colour\":\"GREEN\"}", Maybe.class))
        .containsExactly(new Violation("colour", "must be one of [\"RED\",\"DARK_BLUE\"]"));
  }

  @Test
  void jsonForTheServiceIsTakenAsItIs() {
    Free free =
        read(
            "{\"object\":{\"a\":{\"b\":1}},\"array\":[1,{\"c\":2}],\"value\":{\"d\":{\"e\":3}},"
                + "\"map\":{\"f\":{\"g\":true}}}",
            Free.class);

    assertThat(free.object()).hasToString("{\"a\":{\"b\":1}}");
    assertThat(free.array()).hasToString("[1,{\"c\":2}]");
    assertThat(free.value()).hasToString("{\"d\":{\"e\":3}}");
    assertThat(free.map()).isEqualTo(Map.of("f", Map.of("g", true)));
    assertThat(violations("{\"object\":[]}", Free.class))
        .containsExactly(new Violation("object", "must be of type object"));
  }

  @Test
  void aRecordInsideItselfIsCheckedAtEveryDepth() {
    assertThat(violations("{\"children\":[{\"children\":[{\"naem\":\"x\"}]}]}", Node.class))
        .containsExactly(
            new Violation(
                "children[0].children[0].naem", "is not known here. Known: children, name"));
  }

  @Test
  void aMemberWithADigitIsReadUnderTheNameThatTheSchemaHas() {
    assertThat(read("{\"top5_words\":3}", Digits.class)).isEqualTo(new Digits(3));
  }

  // Constraints.

  @Test
  void aBrokenConstraintIsReportedWithItsMessage() {
    assertThat(violations("{\"text\":\" \"}", Text.class))
        .containsExactly(new Violation("text", "must not be blank"));
    assertThat(violations("{\"text\":\"12345678901\"}", Text.class))
        .containsExactly(new Violation("text", "size must be between 0 and 10"));
  }

  @Test
  void aMessageOfItsOwnIsShownAsItIs() {
    assertThat(violations("{\"piece_count\":0}", Priced.class))
        .containsExactly(new Violation("piece_count", "buy at least one"));
    assertThat(violations("{\"piece_count\":6}", Priced.class))
        .containsExactly(new Violation("piece_count", "must be less than or equal to 5"));
  }

  @Test
  void aMessageOfItsOwnIsShownForADecimalToo() {
    assertThat(violations("{\"amount\":0.4}", Amount.class))
        .containsExactly(new Violation("amount", "too little"));
  }

  @Test
  void aMessageOfItsOwnIsShownForAFormatToo() {
    assertThat(violations("{\"to\":\"nobody\"}", Mail.class))
        .containsExactly(new Violation("to", "write to somebody"));
  }

  @Test
  void brokenConstraintsBelowAreNamedByTheirPathInJson() {
    assertThat(
            violations(
                "{\"customer_name\":\"Ada\",\"items\":[{\"name\":\"\",\"piece_count\":0}],"
                    + "\"deliver_to\":{\"street_name\":\"\"}}",
                Order.class))
        .extracting(Violation::field)
        .containsExactly("deliver_to.street_name", "items[0].name", "items[0].piece_count");
  }

  @Test
  void everyBrokenConstraintIsReportedAtOnceAndInTheDetail() {
    InvalidInputException refusal =
        refusal("{\"customer_name\":\"Ada\",\"items\":[" + PEN_LESS + "]}", Order.class);

    assertThat(refusal.detail())
        .isEqualTo(
            "items[0].name: must not be blank; items[0].piece_count: must be greater than or equal to 1");
  }

  @Test
  void brokenConstraintsOfElementsAreNamedByTheirPlace() {
    assertThat(violations("{\"tag_names\":[\"a\",\"\"]}", Tagged.class))
        .containsExactly(new Violation("tag_names[1]", "must not be blank"));
  }

  @Test
  void theKeysOfAMapAreTheCallersAndShownAsTheyAre() {
    assertThat(violations("{\"labels_by_key\":{\"myKey\":\"abc\"}}", Tagged.class))
        .containsExactly(new Violation("labels_by_key.myKey", "size must be between 0 and 2"));
  }

  @Test
  void aRecordMadeInJavaIsCheckedByTheSameConstraints() {
    InvalidInputException refusal =
        catchThrowableOfType(
            InvalidInputException.class,
            () ->
                codec.validate(new Order("Ada", List.of(new Item("", 0)), null, Optional.empty())));

    assertThat(violations(refusal))
        .extracting(Violation::field)
        .containsExactly("items[0].name", "items[0].piece_count");
  }

  private static final String PEN = "{\"name\":\"pen\",\"piece_count\":2}";
  private static final String PEN_LESS = "{\"name\":\" \",\"piece_count\":0}";

  private <T> T read(String body, Class<T> type) {
    return codec.read(body.getBytes(UTF_8), type);
  }

  private Problem malformed(String body) {
    return malformed(body.getBytes(UTF_8));
  }

  private Problem malformed(byte[] body) {
    Throwable thrown = catchThrowable(() -> codec.read(body, Text.class));
    assertThat(thrown).isInstanceOf(MalformedJsonProblem.class);
    return (Problem) thrown;
  }

  private InvalidInputException refusal(String body, Class<?> type) {
    Throwable thrown = catchThrowable(() -> read(body, type));
    assertThat(thrown).isInstanceOf(InvalidInputException.class);
    return (InvalidInputException) thrown;
  }

  private List<Violation> violations(String body, Class<?> type) {
    return violations(refusal(body, type));
  }

  @SuppressWarnings("unchecked") // that is what this member holds
  private static List<Violation> violations(InvalidInputException refusal) {
    return (List<Violation>) refusal.members().get("violations");
  }

  private static byte[] bytes(String before, String odd, String after) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(before.getBytes(UTF_8));
    all.writeBytes(HexFormat.ofDelimiter(" ").parseHex(odd));
    all.writeBytes(after.getBytes(UTF_8));
    return all.toByteArray();
  }
}

package io.quickscale.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonCodecWriteTest {
  private final JsonCodec codec =
      new JsonCodec(Validation.buildDefaultValidatorFactory().getValidator());

  public record View(
      String zebra,
      int appleCount,
      String nothing,
      Part middlePart,
      List<Part> allParts,
      Optional<String> maybe,
      BigDecimal amount,
      OffsetDateTime at) {}

  public record Part(boolean yes, String alsoThis, String absent) {}

  public enum Colour {
    RED,
    DARK_BLUE
  }

  public record Input(
      @NotBlank @Size(max = 10) String plainText,
      @Min(1) @Max(9) int pieceCount,
      Long optionalTotal,
      @NotNull Colour colour,
      @Pattern(regexp = "[a-z]+") String word,
      List<Element> elements,
      Map<String, Integer> counts,
      Optional<String> note,
      JsonObject anyObject,
      JsonValue anyValue,
      byte[] blob) {}

  public record Element(@NotNull String name) {}

  // Writing.

  @Test
  void membersAreWrittenInTheOrderOfTheComponentsAndNullsAreLeftOut() {
    assertThat(codec.writeInOrder(view(Optional.of("perhaps"))))
        .isEqualTo(
            "{\"zebra\":\"z\",\"apple_count\":1,\"middle_part\":{\"yes\":true,\"also_this\":\"b\"},"
                + "\"all_parts\":[{\"yes\":false,\"also_this\":\"c\"}],\"maybe\":\"perhaps\","
                + "\"amount\":1.5,\"at\":\"2026-11-22T08:00:00Z\"}");
  }

  @Test
  void anEmptyOptionalIsLeftOut() {
    assertThat(codec.writeInOrder(view(Optional.empty()))).doesNotContain("maybe", "null");
  }

  @Test
  void timesAreWrittenInUtcWhateverTheirOffset() {
    assertThat(codec.writeInOrder(at(OffsetDateTime.parse("2026-11-22T17:00:00+09:00"))))
        .isEqualTo("{\"apple_count\":0,\"at\":\"2026-11-22T08:00:00Z\"}");
  }

  @Test
  void anyValueIsWrittenInSnakeCaseWithoutNulls() {
    assertThat(codec.write(new Part(true, "b", null))).contains("\"also_this\":\"b\"");
    assertThat(codec.write(new Part(true, "b", null))).doesNotContain("absent");
    assertThat(codec.write(List.of(1, 2))).isEqualTo("[1,2]");
    assertThat(codec.write("text")).isEqualTo("\"text\"");
    assertThat(codec.write(new BigDecimal("0.000001"))).isEqualTo("0.000001");
  }

  @Test
  void halfOfASurrogatePairIsWrittenAsTheReplacementCharacter() {
    assertThat(codec.write("a\ud83d")).isEqualTo("\"a\ufffd\"");
    assertThat(codec.write("\ud83d\ude00")).isEqualTo("\"\ud83d\ude00\"");
  }

  @ParameterizedTest
  @MethodSource("valuesWithoutAForm")
  void aValueWithoutAJsonFormIsNotWritten(Object value) {
    assertThatThrownBy(() -> codec.write(value)).isInstanceOf(IllegalArgumentException.class);
  }

  static Stream<Object> valuesWithoutAForm() {
    return Stream.of(
        Double.NaN,
        Float.POSITIVE_INFINITY,
        List.of(Double.NEGATIVE_INFINITY),
        new double[] {Double.NaN},
        new float[] {Float.NaN},
        OffsetDateTime.parse("+10000-01-01T00:00:00Z"),
        LocalDate.of(10_000, 1, 1),
        LocalDateTime.of(-1, 1, 1, 0, 0),
        Instant.MAX);
  }

  public record Helped(List<String> names) {
    public boolean isEmpty() {
      return names.isEmpty();
    }

    public int getCount() {
      return names.size();
    }
  }

  @Test
  void methodsBesideTheComponentsMakeNoMembers() {
    assertThat(codec.write(new Helped(List.of("a")))).isEqualTo("{\"names\":[\"a\"]}");
    assertThat(codec.writeInOrder(new Helped(List.of()))).isEqualTo("{\"names\":[]}");
  }

  @Test
  void membersAreSortedByTheirNameInJson() {
    assertThat(codec.write(view(Optional.of("perhaps"))))
        .isEqualTo(
            "{\"all_parts\":[{\"also_this\":\"c\",\"yes\":false}],\"amount\":1.5,\"apple_count\":1,"
                + "\"at\":\"2026-11-22T08:00:00Z\",\"maybe\":\"perhaps\","
                + "\"middle_part\":{\"also_this\":\"b\",\"yes\":true},\"zebra\":\"z\"}");
  }

  @Test
  void theKeysOfAMapAreWrittenAsTheyAre() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("camelCase", 1);
    map.put("with space", Map.of("innerKey", true));

    assertThat(codec.write(map)).isEqualTo("{\"camelCase\":1,\"with space\":{\"innerKey\":true}}");
  }

  @Test
  void whatWasWrittenCanBeReadAgain() {
    View view = view(Optional.of("perhaps"));

    assertThat(codec.<View>readOwn(codec.write(view), View.class)).isEqualTo(view);
    assertThat(codec.<View>readOwn(codec.writeInOrder(view), View.class)).isEqualTo(view);
  }

  @Test
  void aValueBecomesATreeToBePutIntoAnother() {
    assertThat(codec.toValue(new Part(true, "b", null)).asJsonObject().getString("also_this"))
        .isEqualTo("b");
    assertThat(codec.toValue(5)).hasToString("5");
  }

  @Test
  void aCycleFailsInsteadOfRunningForever() {
    Map<String, Object> cycle = new LinkedHashMap<>();
    cycle.put("self", cycle);

    assertThatThrownBy(() -> codec.write(cycle))
        .isInstanceOfAny(RuntimeException.class, StackOverflowError.class);
  }

  // Schemas.

  @Test
  void theSchemaOfARecordNamesItsMembersInSnakeCaseAndTakesNoOthers() {
    JsonObject schema = codec.schema(Input.class);

    assertThat(schema.getString("$schema"))
        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
    assertThat(schema.getString("type")).isEqualTo("object");
    assertThat(schema.getBoolean("additionalProperties")).isFalse();
    assertThat(schema.getJsonObject("properties").keySet())
        .containsExactlyInAnyOrder(
            "plain_text",
            "piece_count",
            "optional_total",
            "colour",
            "word",
            "elements",
            "counts",
            "note",
            "any_object",
            "any_value",
            "blob");
  }

  @Test
  void theSchemaSaysWhatIsRequired() {
    assertThat(codec.schema(Input.class).getJsonArray("required").toString())
        .contains("plain_text", "piece_count", "colour")
        .doesNotContain("optional_total", "word", "note", "elements");
  }

  @Test
  void theSchemaShowsTheConstraints() {
    assertThat(member("plain_text").getString("type")).isEqualTo("string");
    assertThat(member("plain_text").getInt("maxLength")).isEqualTo(10);
    assertThat(member("plain_text").getInt("minLength")).isEqualTo(1);
    assertThat(member("piece_count").getString("type")).isEqualTo("integer");
    assertThat(member("piece_count").getInt("minimum")).isEqualTo(1);
    assertThat(member("piece_count").getInt("maximum")).isEqualTo(9);
    assertThat(member("word").getString("pattern")).isEqualTo("^(?:[a-z]+)$");
    assertThat(member("colour").getJsonArray("enum")).hasToString("[\"RED\",\"DARK_BLUE\"]");
  }

  @Test
  void theSchemaSaysWhatFitsAnInteger() {
    assertThat(member("optional_total").getJsonNumber("maximum").longValueExact())
        .isEqualTo(Long.MAX_VALUE);
    assertThat(member("optional_total").getJsonNumber("minimum").longValueExact())
        .isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void theSchemaGoesIntoListsMapsAndOptionals() {
    JsonObject element = member("elements").getJsonObject("items");

    assertThat(member("elements").getString("type")).isEqualTo("array");
    assertThat(element.getBoolean("additionalProperties")).isFalse();
    assertThat(element.getJsonObject("properties")).containsOnlyKeys("name");
    assertThat(member("counts").getJsonObject("additionalProperties").getString("type"))
        .isEqualTo("integer");
    assertThat(member("note").toString()).contains("string");
  }

  @Test
  void theSchemaLeavesJsonAsItIsToTheService() {
    assertThat(member("any_object").getString("type")).isEqualTo("object");
    assertThat(member("any_object").toString()).doesNotContain("false");
    assertThat(member("any_value").toString()).doesNotContain("type", "false");
    assertThat(member("blob").getString("contentEncoding")).isEqualTo("base64");
  }

  @Test
  void theSchemaOfAnOutputThatIsNoRecordIsMadeToo() {
    assertThat(codec.schema(String.class).getString("type")).isEqualTo("string");
  }

  @Test
  void aSchemaShowsNoClassName() {
    assertThat(codec.schema(Input.class).toString()).doesNotContain("quickscale", "java.");
  }

  private JsonObject member(String name) {
    return codec.schema(Input.class).getJsonObject("properties").getJsonObject(name);
  }

  private static View view(Optional<String> maybe) {
    return new View(
        "z",
        1,
        null,
        new Part(true, "b", null),
        List.of(new Part(false, "c", null)),
        maybe,
        new BigDecimal("1.5"),
        OffsetDateTime.of(2026, 11, 22, 8, 0, 0, 0, ZoneOffset.UTC));
  }

  private static View at(OffsetDateTime moment) {
    return new View(null, 0, null, null, null, null, null, moment);
  }
}

package io.quickscale.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.classmate.GenericType;
import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeResolver;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.quickscale.definition.JdkTypes;
import io.quickscale.definition.JsonForm;
import io.quickscale.definition.JsonForm.Misfit;
import io.quickscale.problem.Violation;
import io.quickscale.service.InvalidInputException;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URL;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * For every type that a service may take or give: its schema, what is read and what is written
 * agree; what cannot be is not taken.
 */
class JsonTypesTest {
  private static final TypeResolver RESOLVER = new TypeResolver();
  private static final SchemaRegistry VALIDATORS =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

  private final JsonCodec codec =
      new JsonCodec(Validation.buildDefaultValidatorFactory().getValidator());

  public record Holder<T>(T value) {}

  public record Part(String name, int pieceCount) {}

  public record Nothing() {}

  public record Both<T>(T first, List<T> others) {}

  public record Primitives(
      boolean flag,
      byte tiny,
      short small,
      int count,
      long total,
      float rough,
      double ratio,
      char letter) {}

  public enum Colour {
    RED,
    DARK_BLUE {
      @Override
      public String toString() {
        return "blue";
      }
    }
  }

  public static class Base {
    public int inherited;
  }

  public static class Bean extends Base {
    public String shown = "";
    private String withGetter = "";
    private String secret = "hidden";
    public transient String passing = "hidden";
    public static String common = "hidden";

    public String getWithGetter() {
      return withGetter;
    }

    public String getComputed() {
      return secret;
    }
  }

  /** A type with values in JSON that it takes, and others that it does not. */
  record Row(ResolvedType type, List<String> good, List<String> bad) {
    @Override
    public String toString() {
      return type.getBriefDescription();
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(String.class, "'', 'a', '\\u00e9'", "1, true, [], {}, null"),
        row(Boolean.class, "true, false", "'true', 1, null"),
        row(Byte.class, "-128, 127", "-129, 128, 1.5, '1', null"),
        row(Short.class, "-32768, 32767", "32768, 1.5, null"),
        row(Integer.class, "-2147483648, 2147483647, 1.0, 1e3", "2147483648, 1e99, 1.5, '1', null"),
        row(
            Long.class,
            "-9223372036854775808, 9223372036854775807",
            "9223372036854775808, 0.1, null"),
        row(Float.class, "1.5, -3.4028235e38, 0", "1e39, '1', null"),
        row(Double.class, "0.1, 1.7976931348623157e308, 4.9e-324, 3", "1e309, 'NaN', null"),
        row(BigDecimal.class, "0.10, 1e3, 1e-30", "1e2147483648, '1', null"),
        row(BigInteger.class, "123456789012345678901234567890, 1e3", "1.5, 1e999999999, null"),
        row(Character.class, "'a', '\\u4f60'", "'', 'ab', '\\ud83d\\ude00', 1, null"),
        row(Colour.class, "'RED', 'DARK_BLUE'", "'red', 'blue', '', 0, null"),
        row(DayOfWeek.class, "'MONDAY'", "'Monday', 1"),
        row(
            byte[].class,
            "'', 'YWJj', 'YQ=='",
            "'!!!', 'YW Jj', '_-8=', 'Y', 'YQ', 'YQ=', 'YWI', 'YWJjYQ', 1, [1], null"),
        row(
            LocalDate.class,
            "'2026-11-22', '0001-01-01'",
            "'2026-13-45', '+10000-01-01', '', 1, null"),
        row(
            LocalTime.class,
            "'08:00', '08:00:00', '23:59:59.999999999'",
            "'24:00', '08:00Z', '8:00', null"),
        row(
            LocalDateTime.class,
            "'2026-11-22T08:00:00', '2026-11-22T08:00'",
            "'2026-11-22T08:00:00Z', '2026-02-30T08:00:00', '2026-11-22 08:00:00', null"),
        row(
            OffsetDateTime.class,
            "'2026-11-22T08:00:00Z', '2026-11-22T17:00:00.5+09:00'",
            "'2026-11-22T08:00', '2026-11-22 08:00:00Z', '2026-11-22T08:00:00Z[UTC]', "
                + "'9999-12-31T23:59:59-14:00', '9999-12-31T23:59:59.999999999Z', '', 1, null"),
        row(
            ZonedDateTime.class,
            "'2026-11-22T08:00:00Z', '2026-11-22T17:00:00+09:00'",
            "'2026-11-22T17:00:00+09:00[Asia/Tokyo]', null"),
        row(
            Instant.class,
            "'2026-11-22T08:00:00Z', '2026-11-22T17:00:00+09:00'",
            "'2026-11-22T08:00:00', 1, null"),
        row(
            OffsetTime.class,
            "'08:00:00Z', '08:00:00.5+09:00'",
            "'08:00:00', '08:00Z', '25:00:00Z', null"),
        row(YearMonth.class, "'2026-11'", "'2026-13', '2026-1', '2026', null"),
        row(
            Duration.class,
            "'PT5S', 'PT0.5S', 'P1DT2H', 'pt1m', '-PT1H', 'PT-1.5S', 'PT5,5S'",
            "'P1Y', 'P1M', 'P1W', 'P', 'PT', 'P1DT', '5 seconds', 'PT99999999999999999999H', '', 5, null"),
        row(
            Period.class,
            "'P1Y', 'P1M', 'P1W', 'P1Y2M3D', '-P1D'",
            "'PT5S', 'P', 'P1D1Y', 'P99999999999Y', null"),
        row(UUID.class, "'00000000-0000-0001-0000-000000000002'", "'1-2-3-4-5', 'x', '', null"),
        row(
            URI.class,
            "'https://quickscale.io', '/a/b', 'a?b#c', ''",
            "'a b', 'http://[', '\\u00e9', 1, null"),
        row(URL.class, "'https://quickscale.io/a'", "'/a', 'nonsense:x', 'a b', 1, null"),
        row(JsonValue.class, "1, 'a', null, [1, {'a': null}], 1.50, true", "1e2147483648"),
        row(JsonObject.class, "{}, {'a': {'b': [null]}}", "[], 'a', null"),
        row(JsonArray.class, "[], [1, {'a': 1}]", "{}, 'a', null"),
        row(JsonString.class, "'a'", "1, null"),
        row(JsonNumber.class, "1, 1.5", "'1', null"),
        row(Object.class, "1, 'a', null, [1, {'a': null}], 1.5, true", "1e2147483648"),
        row(OptionalInt.class, "5, null, -2147483648", "2147483648, '5', 1.5, {'value': 5}"),
        row(OptionalLong.class, "9223372036854775807, null", "9223372036854775808, '5'"),
        row(OptionalDouble.class, "0.5, null, 3", "1e309, '5'"),
        row(new GenericType<Optional<String>>() {}, "'a', null", "1"),
        row(new GenericType<Optional<Integer>>() {}, "1, null", "2147483648, 'a'"),
        row(new GenericType<Optional<Colour>>() {}, "'RED', null", "'red', 1"),
        row(
            new GenericType<Optional<OffsetDateTime>>() {},
            "'2026-11-22T08:00:00Z', null",
            "'x', 1"),
        row(new GenericType<Optional<byte[]>>() {}, "'YWJj', null", "'!!!', 1"),
        row(new GenericType<Optional<Part>>() {}, "{'name': 'a', 'piece_count': 1}, null", "{}, 1"),
        row(
            new GenericType<Optional<List<Part>>>() {},
            "[], [{'piece_count': 1}], null",
            "[{}], [null]"),
        row(
            new GenericType<Optional<Map<String, Integer>>>() {},
            "{}, {'a': 1}, null",
            "{'a': 'b'}, 1"),
        row(
            new GenericType<Both<Integer>>() {},
            "{'first': 1, 'others': [2]}",
            "{'first': 'a'}, {'others': ['a']}"),
        row(
            Part.class,
            "{'piece_count': 1}, {'name': 'a', 'piece_count': 1}",
            "{}, {'pieceCount': 1}, [], null"),
        row(Nothing.class, "{}", "{'a': 1}, [], null"),
        row(
            Bean.class,
            "{'shown': 'a', 'with_getter': 'b', 'inherited': 1}",
            "{'inherited': 1, 'secret': 'a'}, {'inherited': 1, 'computed': 'a'}, "
                + "{'inherited': 1, 'passing': 'a'}, {'inherited': 1, 'common': 'a'}, {}"),
        row(Primitives.class, PRIMITIVES, PRIMITIVES.replace("127", "128") + ", {}"),
        row(int[].class, "[], [1, 2]", "[1.5], ['1'], [2147483648], [null], 1, null"),
        row(long[].class, "[9223372036854775807]", "[9223372036854775808]"),
        row(short[].class, "[32767]", "[32768]"),
        row(double[].class, "[0.1, 3]", "[1e309], ['a'], [null]"),
        row(float[].class, "[0.5]", "[1e39], ['a']"),
        row(boolean[].class, "[true]", "[1]"),
        row(Byte[].class, "[1, -128]", "[128]"),
        row(Character[].class, "['a']", "['ab']"),
        row(byte[][].class, "['YWJj']", "['!!!'], [1]"),
        row(String[].class, "['a', '']", "[1], [null]"),
        row(Part[].class, "[{'piece_count': 1}]", "[{}]"),
        row(Colour[][].class, "[['RED'], []]", "[['x']], [[null]]"),
        row(new GenericType<List<String>>() {}, "[], ['a', 'a']", "[1], [null], 'a', {}, null"),
        row(new GenericType<List<List<Duration>>>() {}, "[['PT1S']]", "[['P1Y']]"),
        row(new GenericType<Collection<LocalDate>>() {}, "['2026-11-22']", "['x']"),
        row(new GenericType<Set<Colour>>() {}, "['RED']", "['x']"),
        row(new GenericType<EnumSet<Colour>>() {}, "['RED', 'DARK_BLUE']", "['x']"),
        row(new GenericType<SortedSet<String>>() {}, "['a', 'b']", "[1]"),
        row(new GenericType<NavigableSet<Integer>>() {}, "[1, 2]", "['a']"),
        row(new GenericType<Queue<Integer>>() {}, "[1, 2]", "['a']"),
        row(new GenericType<Deque<Integer>>() {}, "[1, 2]", "['a']"),
        row(new GenericType<ArrayList<Part>>() {}, "[{'piece_count': 1}]", "[{}]"),
        row(
            new GenericType<Map<String, Integer>>() {},
            "{}, {'aB c': 1, '': 2}",
            "{'a': 1.5}, {'a': null}, [], null"),
        row(
            new GenericType<Map<String, Object>>() {},
            "{'a': {'b': [1, null]}, 'c': null}",
            "[], null"),
        row(
            new GenericType<Map<Colour, Part>>() {},
            "{'DARK_BLUE': {'piece_count': 1}}",
            "{'blue': {'piece_count': 1}}"),
        row(new GenericType<EnumMap<Colour, String>>() {}, "{'RED': 'a'}", "{'x': 'a'}"),
        row(new GenericType<Map<LocalDate, Integer>>() {}, "{'2026-11-22': 1}", "{'x': 1}"),
        row(
            new GenericType<Map<UUID, Integer>>() {},
            "{'00000000-0000-0001-0000-000000000002': 1}",
            "{'x': 1}"),
        row(
            new GenericType<Map<Integer, String>>() {},
            "{'1': 'a', '-2': 'b'}",
            "{'2147483648': 'a'}, {'x': 'a'}, {'01': 'a'}, {'': 'a'}"),
        row(
            new GenericType<Map<Long, String>>() {},
            "{'9223372036854775807': 'a'}",
            "{'9223372036854775808': 'a'}, {'1.5': 'a'}"),
        row(new GenericType<SortedMap<String, Integer>>() {}, "{'a': 1}", "{'a': 'b'}"),
        row(new GenericType<NavigableMap<Integer, Integer>>() {}, "{'1': 1}", "{'a': 1}"),
        row(new GenericType<TreeMap<String, List<Integer>>>() {}, "{'a': [1]}", "{'a': ['b']}"),
        row(new GenericType<HashMap<String, Integer>>() {}, "{'a': 1}", "{'a': 'b'}"));
  }

  private static final String PRIMITIVES =
      "{'flag': true, 'tiny': 127, 'small': 1, 'count': 1, 'total': 1, 'rough': 1.5, 'ratio': 0.1,"
          + " 'letter': 'a'}";

  private static Optional<String> misfit(ResolvedType type) {
    return new JsonForm<Class<?>>().misfit(new TypeReader(RESOLVER).read(type)).map(Misfit::what);
  }

  /** They are a list of names for the sources, and what is bound and written here. */
  @Test
  void theSimpleTypesOfTheJdkAreThoseThatAreBoundAndWritten() {
    Set<Class<?>> here = new HashSet<>();
    Collections.addAll(here, String.class, boolean.class, Boolean.class, Object.class);
    Collections.addAll(here, BigDecimal.class, BigInteger.class, char.class);
    Scalars.all().forEach(scalar -> here.add(scalar.type()));
    JdkTypes.simple().stream().filter(type -> NumberType.of(type) != null).forEach(here::add);

    assertThat(JdkTypes.simple()).isEqualTo(here);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void aTypeWithAJsonFormIsTaken(Row row) {
    assertThat(misfit(holderOf(row))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void goodValuesPassTheSchemaAreReadAndAreWrittenSoThatTheyAreReadAgain(Row row) {
    for (String value : row.good()) {
      String sent = "{\"value\":" + value + "}";
      assertThat(breaks(row, sent)).as("%s by its schema", sent).isEmpty();

      Object read = codec.read(sent.getBytes(UTF_8), holderOf(row));
      String written = codec.write(read);
      assertThat(breaks(row, written)).as("%s by its schema", written).isEmpty();
      assertThat(codec.write(codec.read(written.getBytes(UTF_8), holderOf(row))))
          .isEqualTo(written);
      String inOrder = codec.writeInOrder((Record) read);
      assertThat(breaks(row, inOrder)).as("%s by its schema", inOrder).isEmpty();
      codec.read(inOrder.getBytes(UTF_8), holderOf(row));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void badValuesAreRefusedWithTheirPlaceAndASentence(Row row) {
    for (String value : row.bad()) {
      String sent = "{\"value\":" + value + "}";
      InvalidInputException refusal =
          catchThrowableOfType(
              InvalidInputException.class, () -> codec.read(sent.getBytes(UTF_8), holderOf(row)));

      assertThat(refusal).as("%s for %s", sent, row).isNotNull();
      assertThat((List<?>) refusal.members().get("violations"))
          .as("%s for %s", sent, row)
          .isNotEmpty()
          .map(Violation.class::cast)
          .allSatisfy(
              violation -> {
                assertThat(violation.field()).startsWith("value");
                assertThat(violation.message()).isNotBlank().doesNotContain("java");
              });
    }
  }

  static Stream<Row> rowsOfSomeForm() {
    return rows()
        .filter(row -> row.type().getErasedType() != Object.class)
        .filter(row -> row.type().getErasedType() != JsonValue.class);
  }

  @ParameterizedTest
  @MethodSource("rowsOfSomeForm")
  void theSchemaForCallersRefusesBadValuesToo(Row row) {
    assertThat(row.bad())
        .as("values that the schema refuses too")
        .anySatisfy(value -> assertThat(breaks(row, "{\"value\":" + value + "}")).isNotEmpty());
  }

  static Stream<ResolvedType> misfits() {
    return Stream.of(
        RESOLVER.resolve(Thread.class),
        RESOLVER.resolve(Void.class),
        RESOLVER.resolve(Number.class),
        RESOLVER.resolve(CharSequence.class),
        RESOLVER.resolve(char[].class),
        RESOLVER.resolve(Year.class),
        RESOLVER.resolve(java.util.Date.class),
        RESOLVER.resolve(AtomicInteger.class),
        RESOLVER.resolve(Runnable.class),
        RESOLVER.resolve(Hidden.class),
        RESOLVER.resolve(Renamed.class),
        RESOLVER.resolve(RenamedByJackson.class),
        RESOLVER.resolve(RenamedField.class),
        RESOLVER.resolve(WithThread.class),
        RESOLVER.resolve(Unchangeable.class),
        RESOLVER.resolve(Pair.class),
        RESOLVER.resolve(new GenericType<Optional<Optional<String>>>() {}),
        RESOLVER.resolve(new GenericType<Optional<OptionalInt>>() {}),
        RESOLVER.resolve(new GenericType<List<Optional<Integer>>>() {}),
        RESOLVER.resolve(new GenericType<Map<String, OptionalInt>>() {}),
        RESOLVER.resolve(OptionalInt[].class),
        RESOLVER.resolve(new GenericType<BlockingQueue<String>>() {}),
        RESOLVER.resolve(new GenericType<SortedSet<Part>>() {}),
        RESOLVER.resolve(new GenericType<SortedMap<Object, String>>() {}),
        RESOLVER.resolve(new GenericType<List<Thread>>() {}),
        RESOLVER.resolve(new GenericType<Map<String, List<Thread>>>() {}),
        RESOLVER.resolve(new GenericType<Map<Double, String>>() {}),
        RESOLVER.resolve(new GenericType<Map<Boolean, String>>() {}),
        RESOLVER.resolve(new GenericType<Map<byte[], String>>() {}),
        RESOLVER.resolve(new GenericType<Map<Part, String>>() {}),
        RESOLVER.resolve(new GenericType<Both<Thread>>() {}));
  }

  record Hidden(String text) {}

  public record Renamed(@JsonbProperty("other") String text) {}

  public record RenamedByJackson(@JsonProperty("other") String text) {}

  public static class RenamedField {
    @JsonbProperty("other")
    public String text;
  }

  public static class Unchangeable {
    public final int constant = 3;
  }

  public record Pair(String getKey, Integer getValue) implements Map.Entry<String, Integer> {
    @Override
    public Integer setValue(Integer value) {
      throw new UnsupportedOperationException();
    }
  }

  public static class WithThread {
    public Thread thread;
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void aTypeWithoutAJsonFormIsNamed(ResolvedType type) {
    assertThat(misfit(type)).get().asString().isNotBlank();
  }

  @Test
  void theWayToAMisfitIsTold() {
    assertThat(misfit(RESOLVER.resolve(Renamed.class)))
        .contains("component 'text' of Renamed: @JsonbProperty has no effect here, remove it");
    assertThat(misfit(RESOLVER.resolve(WithThread.class)))
        .contains("field 'thread' of WithThread: java.lang.Thread");
  }

  public record Node(Optional<Node> next, List<Node> some, Map<String, Node> named, String name) {}

  @Test
  void aRecordWithinItselfIsReadAndCheckedAtEveryDepth() {
    String sent =
        "{\"named\":{\"a\":{\"name\":\"b\"}},\"next\":{\"next\":{\"name\":\"c\"},\"some\":[{}]}}";

    assertThat(codec.write(codec.read(sent.getBytes(UTF_8), Node.class))).isEqualTo(sent);
    assertThat(
            catchThrowableOfType(
                    InvalidInputException.class,
                    () ->
                        codec.read(
                            sent.replace("name\":\"c", "nam\":\"c").getBytes(UTF_8), Node.class))
                .detail())
        .startsWith("next.next.nam: is not known here.");
  }

  public record Two(int first, int second) {
    public Two(int first) {
      this(first, 7);
    }

    public static Two valueOf(String text) {
      return new Two(1, 1);
    }
  }

  @Test
  void otherConstructorsOfARecordAreNotUsed() {
    assertThat(codec.read("{\"first\":1,\"second\":2}".getBytes(UTF_8), Two.class))
        .isEqualTo(new Two(1, 2));
    assertThat(
            catchThrowableOfType(
                    InvalidInputException.class,
                    () -> codec.read("{\"first\":1}".getBytes(UTF_8), Two.class))
                .detail())
        .isEqualTo("second: is required");
  }

  // Constraints in the schema are those of the Java type.

  public record Constrained(
      @Size(min = 2, max = 10) byte[] data,
      Optional<@Size(max = 3) String> note,
      @Max(5) OptionalInt limit) {}

  @Test
  void aConstraintOnBytesCountsTheCharactersOfTheirBase64() {
    JsonObject members = codec.schema(Constrained.class).getJsonObject("properties");

    assertThat(members.getJsonObject("data"))
        .isEqualTo(
            json(
                "{\"type\":\"string\",\"contentEncoding\":\"base64\",\"minLength\":4,\"maxLength\":16}"));
  }

  @Test
  void anOptionalNumberIsAnIntegerThatMayBeLeftOutOrNull() {
    JsonObject schema = codec.schema(Constrained.class);

    assertThat(schema.getJsonObject("properties").getJsonObject("limit"))
        .isEqualTo(
            json(
                "{\"type\":[\"integer\",\"null\"],\"format\":\"int32\",\"minimum\":-2147483648,\"maximum\":5}"));
    assertThat(schema).doesNotContainKey("required");
    assertThat(codec.read("{}".getBytes(UTF_8), Constrained.class).limit()).isEmpty();
    assertThat(codec.read("{\"limit\":5}".getBytes(UTF_8), Constrained.class).limit()).hasValue(5);
  }

  private JsonObject json(String text) {
    return codec.readOwn(text, JsonObject.class);
  }

  private static Row row(Class<?> type, String good, String bad) {
    return row(RESOLVER.resolve(type), good, bad);
  }

  private static Row row(GenericType<?> type, String good, String bad) {
    return row(RESOLVER.resolve(type), good, bad);
  }

  private static Row row(ResolvedType type, String good, String bad) {
    return new Row(type, values(good), values(bad));
  }

  /** The values of a list in JSON with single quotes, each as it is written. */
  private static List<String> values(String list) {
    List<String> values = new ArrayList<>();
    int depth = 0;
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      quoted ^= c == '\'';
      if (!quoted && c == ',' && depth == 0) {
        values.add(list.substring(start, i));
        start = i + 1;
      } else if (!quoted) {
        depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
      }
    }
    values.add(list.substring(start));
    return values.stream().map(value -> value.strip().replace('\'', '"')).toList();
  }

  private static ResolvedType holderOf(Row row) {
    return RESOLVER.resolve(Holder.class, row.type());
  }

  private List<?> breaks(Row row, String value) {
    Schema schema = VALIDATORS.getSchema(codec.schema(holderOf(row)).toString());
    return schema.validate(value, InputFormat.JSON);
  }
}

package io.quickscale.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.problem.MalformedJsonProblem;
import io.quickscale.problem.Violation;
import io.quickscale.service.InvalidInputException;
import jakarta.json.JsonValue;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever is sent, it is read or refused with the place and a sentence; what is read is written so
 * that it is read again.
 */
class JsonCodecFuzzTest {
  private static final JsonCodec CODEC =
      new JsonCodec(Validation.buildDefaultValidatorFactory().getValidator());

  public enum Colour {
    RED,
    BLUE
  }

  public record Everything(
      String text,
      Integer count,
      Long total,
      Double ratio,
      Float rough,
      Byte tiny,
      Character letter,
      Boolean flag,
      BigDecimal amount,
      BigInteger huge,
      Colour colour,
      byte[] data,
      OffsetDateTime moment,
      LocalDate day,
      Duration length,
      Period period,
      UUID id,
      URI link,
      Optional<Colour> perhaps,
      OptionalInt limit,
      int[] numbers,
      @Size(max = 2) List<Everything> inner,
      Map<Integer, LocalDate> days,
      JsonValue any,
      Object free) {}

  @Property(tries = 3000)
  void anObjectOfAnyMembersIsReadOrRefusedWithThePlace(@ForAll("objects") String body) {
    isReadOrRefused(body.getBytes(UTF_8));
  }

  @Property(tries = 2000)
  void aDamagedBodyIsReadOrRefusedWithThePlace(
      @ForAll("objects") String body, @ForAll int at, @ForAll byte damage) {
    byte[] bytes = body.getBytes(UTF_8);
    bytes[Math.floorMod(at, bytes.length)] = damage;

    isReadOrRefused(bytes);
  }

  @Property(tries = 1000)
  void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
    isReadOrRefused(bytes);
  }

  private static void isReadOrRefused(byte[] body) {
    try {
      String written = CODEC.write(CODEC.read(body, Everything.class));

      assertThat(CODEC.write(CODEC.read(written.getBytes(UTF_8), Everything.class)))
          .isEqualTo(written);
    } catch (MalformedJsonProblem malformed) {
      assertThat(malformed.detail()).endsWith(".").doesNotContain("java", "jackson", "null");
    } catch (InvalidInputException invalid) {
      List<?> violations = (List<?>) invalid.members().get("violations");
      assertThat(violations).isNotEmpty();
      assertThat(violations)
          .map(Violation.class::cast)
          .allSatisfy(
              violation -> {
                assertThat(violation.field()).isNotNull();
                assertThat(violation.message()).isNotBlank();
                assertThat(violation.message()).doesNotContain("java.", "Exception");
              });
    }
  }

  @Provide
  Arbitrary<String> objects() {
    Arbitrary<String> name =
        Arbitraries.of(
            "text",
            "count",
            "total",
            "ratio",
            "rough",
            "tiny",
            "letter",
            "flag",
            "amount",
            "huge",
            "colour",
            "data",
            "moment",
            "day",
            "length",
            "period",
            "id",
            "link",
            "perhaps",
            "limit",
            "numbers",
            "inner",
            "days",
            "any",
            "free",
            "none",
            "a\\u0000",
            "\\ud800");
    return Combinators.combine(name, value(2))
        .as((n, v) -> "\"" + n + "\":" + v)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .uniqueElements(member -> member.substring(0, member.indexOf(':')))
        .map(all -> "{" + String.join(",", all) + "}");
  }

  private static Arbitrary<String> value(int depth) {
    Arbitrary<String> scalar = Arbitraries.oneOf(number(), text(), constant());
    if (depth == 0) {
      return scalar;
    }
    Arbitrary<String> list =
        value(depth - 1).list().ofMaxSize(3).map(all -> "[" + String.join(",", all) + "]");
    Arbitrary<String> object =
        Combinators.combine(text(), value(depth - 1)).as((n, v) -> "{" + n + ":" + v + "}");
    return Arbitraries.oneOf(scalar, scalar, list, object);
  }

  private static Arbitrary<String> number() {
    Arbitrary<String> exponent =
        Arbitraries.oneOf(
            Arbitraries.of("", ".0", ".5", "e2", "e-2", "E+308", "e400", "e-400", "e1001"),
            Arbitraries.longs().map(n -> "e" + n),
            Arbitraries.bigIntegers().map(n -> "e" + n));
    Arbitrary<String> digits =
        Arbitraries.oneOf(
            Arbitraries.longs().map(String::valueOf),
            Arbitraries.bigIntegers().map(String::valueOf),
            Arbitraries.of("0", "-0", "1", "127", "128", "2147483648", "9".repeat(1001)));
    return Combinators.combine(digits, exponent).as(String::concat);
  }

  private static Arbitrary<String> text() {
    return Arbitraries.oneOf(
            Arbitraries.strings().withChars("0123456789-+:.TZzPDHMSYWe=/ []").ofMaxLength(24),
            Arbitraries.strings().ofMaxLength(8).map(JsonCodecFuzzTest::escaped),
            Arbitraries.of(
                "RED",
                "2026-11-22",
                "2026-11-22T08:00:00Z",
                "9999-12-31T23:59:59.999999999Z",
                "+999999999-12-31T23:59:59-18:00",
                "PT0.5S",
                "P1Y",
                "PT999999999999999999999H",
                "P99999999999Y",
                "YWJj",
                "\\ud800",
                "\\u0000",
                "00000000-0000-0001-0000-000000000002",
                "http://[",
                "1"))
        .map(text -> "\"" + text + "\"");
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
    return escaped.toString();
  }

  private static Arbitrary<String> constant() {
    return Arbitraries.of("null", "true", "false", "[]", "{}");
  }
}

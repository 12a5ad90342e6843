package io.quickscale.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quickscale.platform.Timestamps;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All the types that are a JSON string with a form of its own. Schemas, checks, binding and writing
 * ask here, so that they agree.
 */
final class Scalars {
  private static final String DATE = "\\d{4}-\\d{2}-\\d{2}";
  private static final String TIME = "([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,9})?)?";
  private static final String FULL_TIME =
      "\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})";
  private static final String UUID_FORM =
      "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

  /** As java.time.Duration reads it: days, hours, minutes and seconds, each with a sign. */
  private static final String DURATION =
      "[-+]?[Pp](?=[-+0-9Tt])([-+]?[0-9]+[Dd])?([Tt](?=[-+0-9])([-+]?[0-9]+[Hh])?"
          + "([-+]?[0-9]+[Mm])?([-+]?[0-9]+([.,][0-9]{0,9})?[Ss])?)?";

  /** As java.time.Period reads it: years, months, weeks and days. */
  private static final String PERIOD =
      "[-+]?[Pp](?=[-+0-9])([-+]?[0-9]+[Yy])?([-+]?[0-9]+[Mm])?([-+]?[0-9]+[Ww])?([-+]?[0-9]+[Dd])?";

  private static final Map<Class<?>, Scalar<?>> ALL =
      Stream.of(
              character(),
              base64(),
              times(OffsetDateTime.class, time -> time, time -> time),
              times(
                  ZonedDateTime.class,
                  OffsetDateTime::toZonedDateTime,
                  ZonedDateTime::toOffsetDateTime),
              times(
                  Instant.class, OffsetDateTime::toInstant, time -> time.atOffset(ZoneOffset.UTC)),
              new Scalar<>(
                  LocalDate.class,
                  format("date"),
                  matching(DATE, LocalDate::parse),
                  checked(DATE, LocalDate::toString),
                  "must be a valid date, such as 2026-11-22"),
              new Scalar<>(
                  LocalTime.class,
                  pattern(TIME),
                  matching(TIME, LocalTime::parse),
                  DateTimeFormatter.ISO_LOCAL_TIME::format,
                  "must be a valid time without an offset, such as 08:00:00"),
              new Scalar<>(
                  LocalDateTime.class,
                  pattern(DATE + "T" + TIME),
                  matching(DATE + "T" + TIME, LocalDateTime::parse),
                  checked(
                      DATE + "T" + TIME,
                      DateTimeFormatter.ISO_LOCAL_DATE_TIME::<LocalDateTime>format),
                  "must be a valid date and time without an offset, such as 2026-11-22T08:00:00"),
              new Scalar<>(
                  OffsetTime.class,
                  format("time"),
                  matching(FULL_TIME, text -> OffsetTime.parse(text.toUpperCase(Locale.ROOT))),
                  checked(FULL_TIME, DateTimeFormatter.ISO_OFFSET_TIME::<OffsetTime>format),
                  "must be a valid time (RFC 3339), such as 08:00:00Z"),
              new Scalar<>(
                  YearMonth.class,
                  pattern("\\d{4}-(0[1-9]|1[0-2])"),
                  matching("\\d{4}-\\d{2}", YearMonth::parse),
                  checked("\\d{4}-\\d{2}", YearMonth::toString),
                  "must be a valid month, such as 2026-11"),
              new Scalar<>(
                  Duration.class,
                  pattern(DURATION),
                  matching(DURATION, Duration::parse),
                  Duration::toString,
                  "must be a valid duration in days, hours, minutes and seconds, such as PT1M30S"),
              new Scalar<>(
                  Period.class,
                  pattern(PERIOD),
                  matching(PERIOD, Period::parse),
                  Period::toString,
                  "must be a valid period in years, months, weeks and days, such as P1Y6M"),
              new Scalar<>(
                  UUID.class,
                  format("uuid"),
                  matching(UUID_FORM, UUID::fromString),
                  UUID::toString,
                  "must be a valid UUID, such as 123e4567-e89b-12d3-a456-426614174000"),
              new Scalar<>(
                  URI.class,
                  format("uri-reference"),
                  matching("\\p{ASCII}*", URI::create),
                  URI::toASCIIString,
                  "must be a valid URI (RFC 3986), such as https://example.com/a"),
              new Scalar<>(
                  URL.class,
                  format("uri"),
                  matching("\\p{ASCII}*", Scalars::url),
                  URL::toString,
                  "must be a valid URL, such as https://example.com/a"))
          .collect(Collectors.toMap(Scalar::type, Function.identity()));

  private Scalars() {}

  static Iterable<Scalar<?>> all() {
    return ALL.values();
  }

  /** Null if the type is none of these. */
  static Scalar<?> of(Class<?> type) {
    return ALL.get(type == char.class ? Character.class : type);
  }

  private static Scalar<Character> character() {
    return new Scalar<>(
        Character.class,
        schema -> schema.put("pattern", "^[\\u0001-\\uffff]$"),
        matching("[\\x{1}-\\x{ffff}]", text -> text.charAt(0)),
        String::valueOf,
        "must be one character");
  }

  private static Scalar<byte[]> base64() {
    return new Scalar<>(
        byte[].class,
        schema -> schema.put("contentEncoding", "base64"),
        Scalars::padded,
        Base64.getEncoder()::encodeToString,
        "must be Base64 (RFC 4648: A to Z, a to z, 0 to 9, +, /, and = at the end, in groups of four)");
  }

  /** Java would take it without its padding; schemas count characters with it. */
  private static byte[] padded(String base64) {
    if (base64.length() % 4 != 0) {
      throw new IllegalArgumentException("Base64 of " + base64.length() + " characters");
    }
    return Base64.getDecoder().decode(base64);
  }

  private static <T> Scalar<T> times(
      Class<T> type, Function<OffsetDateTime, T> of, Function<T, OffsetDateTime> to) {
    return new Scalar<>(
        type,
        format("date-time"),
        of.compose(Timestamps::parse),
        to.andThen(Timestamps::format),
        Timestamps.FORM);
  }

  private static URL url(String text) {
    try {
      return URI.create(text).toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Consumer<ObjectNode> format(String name) {
    return schema -> schema.put("format", name);
  }

  private static Consumer<ObjectNode> pattern(String regex) {
    return schema -> schema.put("pattern", "^(?:" + regex + ")$");
  }

  private static <T> Function<String, T> matching(String regex, Function<String, T> parse) {
    Pattern form = Pattern.compile(regex);
    return parse.compose(text -> require(form, text));
  }

  /** For types that have values without a JSON form, such as the year 10000. */
  private static <T> Function<T, String> checked(String regex, Function<T, String> print) {
    Pattern form = Pattern.compile(regex);
    return print.andThen(text -> require(form, text));
  }

  private static String require(Pattern form, String text) {
    if (!form.matcher(text).matches()) {
      throw new IllegalArgumentException("'" + text + "' is not of the form " + form);
    }
    return text;
  }
}

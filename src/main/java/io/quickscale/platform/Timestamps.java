package io.quickscale.platform;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Points in time as texts: the one reading and the one writing of them, RFC 3339. Years go from 1
 * to 9999 in UTC, also when a database has rounded them to its microseconds.
 */
public final class Timestamps {
  /** What a caller is told whose text is none. */
  public static final String FORM =
      "must be a valid date-time (RFC 3339, up to the year 9999 in UTC), such as 2026-11-22T08:00:00Z";

  /** Java reads more: times without seconds, years beyond 9999. */
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?([Zz]|[+-]\\d{2}:\\d{2})");

  private static final int MOST_FRACTION_DIGITS = 9;

  private static final DateTimeFormatter UTC =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT);

  private Timestamps() {}

  /**
   * Reads a point in time, with the offset that it was given.
   *
   * @throws IllegalArgumentException it is none; the message is for the caller, without a subject:
   *     "must be ..."
   */
  public static OffsetDateTime parse(String text) {
    if (!RFC_3339.matcher(text).matches()) {
      throw new IllegalArgumentException(FORM);
    }
    try {
      OffsetDateTime time =
          OffsetDateTime.parse(withoutNeedlessDigits(text).toUpperCase(Locale.ROOT));
      requireFourDigitYear(time);
      return time;
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(FORM, e);
    }
  }

  /**
   * Writes a point in time in UTC.
   *
   * @throws IllegalArgumentException it has no such form; the message is without a subject
   */
  public static String format(OffsetDateTime time) {
    OffsetDateTime utc = requireFourDigitYear(time);
    return UTC.format(utc);
  }

  /** A point in time as the databases store it, so that it reads the same before and after. */
  public static OffsetDateTime stored(OffsetDateTime time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static OffsetDateTime requireFourDigitYear(OffsetDateTime time) {
    try {
      OffsetDateTime utc = time.withOffsetSameInstant(ZoneOffset.UTC);
      int rounded = utc.plus(500, ChronoUnit.NANOS).getYear();
      if (utc.getYear() >= 1 && rounded <= 9999) {
        return utc;
      }
    } catch (DateTimeException e) {
      // Beyond what Java has: beyond the year 9999 too.
    }
    throw new IllegalArgumentException(FORM);
  }

  /** RFC 3339 allows any number of digits behind the second, Java nine. */
  private static String withoutNeedlessDigits(String text) {
    int point = text.indexOf('.');
    if (point < 0) {
      return text;
    }
    int end = point + 1;
    while (Character.isDigit(text.charAt(end))) {
      end++;
    }
    return text.substring(0, Math.min(end, point + 1 + MOST_FRACTION_DIGITS)) + text.substring(end);
  }
}

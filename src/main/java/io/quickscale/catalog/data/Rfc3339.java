package io.quickscale.catalog.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times by the grammar of RFC 3339 §5.6, leap seconds included. What Java reads beyond it
 * (a space for the T, a zone in brackets, times without seconds or offset) is none.
 */
final class Rfc3339 {
  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Pattern TIME =
      Pattern.compile(
          "([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.[0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))");

  private static final int MINUTES_A_DAY = 24 * 60;
  private static final int LAST_MINUTE = MINUTES_A_DAY - 1;

  private Rfc3339() {}

  static boolean isDateTime(String text) {
    int t = text.indexOf('T') < 0 ? text.indexOf('t') : text.indexOf('T');
    return t >= 0 && isDate(text.substring(0, t)) && isTime(text.substring(t + 1));
  }

  static boolean isDate(String text) {
    if (!DATE.matcher(text).matches()) {
      return false;
    }
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  static boolean isTime(String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      return false;
    }
    int second = Integer.parseInt(time.group(3));
    try {
      int minutes = minutes(time.group(1), time.group(2)) - offset(time);
      return second < 60 || second == 60 && Math.floorMod(minutes, MINUTES_A_DAY) == LAST_MINUTE;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static int offset(Matcher time) {
    if (time.group(4) == null) {
      return 0;
    }
    int minutes = minutes(time.group(5), time.group(6));
    return time.group(4).equals("-") ? -minutes : minutes;
  }

  private static int minutes(String hour, String minute) {
    LocalTime time = LocalTime.of(Integer.parseInt(hour), Integer.parseInt(minute));
    return time.getHour() * 60 + time.getMinute();
  }
}

package io.quickscale.rest;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The header Accept (RFC 9110 §12.5.1): which media types a caller takes. Parameters of a media
 * range are of no account: what is written here has none but its charset, and always says so.
 */
final class Accept {
  private static final Pattern TYPE =
      Pattern.compile("\\*/\\*|" + HeaderValue.TOKEN + "/" + HeaderValue.TOKEN);
  private static final Pattern WEIGHT =
      Pattern.compile("[qQ]\\s*=\\s*(0?\\.\\d{1,3}|0\\.?|1(?:\\.0{0,3})?)");
  private static final Accept ANYTHING = new Accept(List.of(new Range("*", "*", BigDecimal.ONE)));

  private final List<Range> ranges;

  private record Range(String type, String subtype, BigDecimal weight) {
    int specificity() {
      return type.equals("*") ? 0 : subtype.equals("*") ? 1 : 2;
    }

    boolean includes(String mediaType) {
      return specificity() == 0
          || mediaType.equals(type + "/" + subtype)
          || specificity() == 1 && mediaType.startsWith(type + "/");
    }
  }

  private Accept(List<Range> ranges) {
    this.ranges = ranges;
  }

  /**
   * Reads the header.
   *
   * @param values of all its lines; none or nothing in them means anything is taken
   * @throws IllegalArgumentException it is not understood; the message is without a subject
   */
  static Accept of(List<String> values) {
    List<Range> ranges = new ArrayList<>();
    for (String element : HeaderValue.split(String.join(",", values), ',')) {
      if (!element.isEmpty()) {
        range(element, ranges);
      }
    }
    return ranges.isEmpty() && String.join("", values).replaceAll("[,\\s]", "").isEmpty()
        ? ANYTHING
        : new Accept(ranges);
  }

  private static void range(String element, List<Range> ranges) {
    List<String> parts = HeaderValue.split(element, ';');
    // Java's own client sends a single star.
    String type = parts.get(0).equals("*") ? "*/*" : parts.get(0).toLowerCase(Locale.ROOT);
    if (!TYPE.matcher(type).matches() || type.startsWith("*/") && !type.equals("*/*")) {
      throw new IllegalArgumentException(
          "must be media types such as application/json, with commas between");
    }
    BigDecimal weight = weight(parts);
    // To refuse a variant is not to refuse what is written here.
    if (weight.signum() > 0 || parts.size() <= 2) {
      int slash = type.indexOf('/');
      ranges.add(new Range(type.substring(0, slash), type.substring(slash + 1), weight));
    }
  }

  private static BigDecimal weight(List<String> parts) {
    for (String parameter : parts.subList(1, parts.size())) {
      if (parameter.matches("[qQ]\\s*=.*")) {
        Matcher weight = WEIGHT.matcher(parameter);
        if (!weight.matches()) {
          throw new IllegalArgumentException("has a weight (q) that is not a number from 0 to 1");
        }
        return new BigDecimal("0" + weight.group(1).replaceFirst("\\.$", ""));
      }
    }
    return BigDecimal.ONE;
  }

  /** Whether a media type, without parameters, is taken. */
  boolean takes(String mediaType) {
    return weight(mediaType).signum() > 0;
  }

  /** What the most specific range says; 0 if there is none. */
  private BigDecimal weight(String mediaType) {
    BigDecimal weight = BigDecimal.ZERO;
    int specificity = -1;
    for (Range range : ranges) {
      if (range.includes(mediaType) && range.specificity() >= specificity) {
        weight = range.specificity() == specificity ? weight.max(range.weight()) : range.weight();
        specificity = range.specificity();
      }
    }
    return weight;
  }

  /**
   * The same wish as a header that each server understands alike: the given media types with their
   * weights, and last everything else, so that it is up to {@link MediaTypeControl} to refuse.
   */
  String among(List<String> mediaTypes) {
    Stream<String> wished =
        mediaTypes.stream()
            .filter(this::takes)
            .map(type -> type + ";q=" + weight(type).stripTrailingZeros().toPlainString());
    return String.join(", ", Stream.concat(wished, Stream.of("*/*;q=0.001")).toList());
  }
}

package io.quickscale.cli.generate;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Breaks lines as google-java-format does, where the length of names decides. A template says where
 * a line may break: {@code «1:4»} is a space, or a new line with an indentation of 4; {@code «1!4»}
 * is nothing, or a new line. Breaks of the lowest number are used first, all of them; the others
 * only in parts that are still too long.
 */
final class Layout {
  private static final int WIDTH = 100;
  private static final Pattern BREAK = Pattern.compile("«(\\d)([:!])(\\d+)»");

  private Layout() {}

  static String of(String template) {
    return template.lines().flatMap(Layout::lines).collect(Collectors.joining("\n", "", "\n"));
  }

  private static Stream<String> lines(String line) {
    String whole = BREAK.matcher(line).replaceAll(found -> found.group(2).equals(":") ? " " : "");
    if (whole.length() <= WIDTH || whole.equals(line)) {
      return Stream.of(whole);
    }
    List<String> breaks = BREAK.matcher(line).results().map(found -> found.group(1)).toList();
    return split(line, breaks.stream().sorted().findFirst().orElseThrow()).flatMap(Layout::lines);
  }

  private static Stream<String> split(String line, String level) {
    Matcher matcher = Pattern.compile("«" + level + "[:!](\\d+)»").matcher(line);
    String broken =
        matcher.replaceAll(found -> "\n" + " ".repeat(Integer.parseInt(found.group(1))));
    return broken.lines();
  }
}

package io.quickscale.catalog.data;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.regex.Matcher;

/**
 * Regular expressions of one request that cannot be made to run for long. RE2 matches in time
 * linear in the text, whatever the expression, so that text times program size bounds the work
 * before it starts; all expressions of the request share one allowance. {@code java.util.regex} can
 * be made to backtrack without end, and hears no interrupt while it does.
 *
 * <p>Not thread-safe: belongs to one request.
 */
final class BoundedRegexes implements RegularExpressionFactory {
  static final int MOST_CHARACTERS = 1_000;

  private static final int MOST_INSTRUCTIONS = 100_000;
  private static final long MOST_STEPS = 50_000_000;

  /**
   * RE2's own limit, which this version checks for each repetition alone and not for nested ones.
   */
  private static final long MOST_REPETITIONS = 1_000;

  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?\\}");

  private int instructionsLeft = MOST_INSTRUCTIONS;
  private long stepsLeft = MOST_STEPS;
  private BadRuleException firstRefusal;

  /**
   * Whether the expression matches the whole text.
   *
   * @throws BadRuleException the expression is wrong, or too much for a text of this length
   */
  boolean matchesAll(String regex, String text) {
    Pattern pattern = compile(regex);
    spend(pattern, text);
    return pattern.matcher(text).matches();
  }

  /**
   * For JSON Schema, where an expression matches anywhere in the text. Refuses nothing by itself,
   * since the schema library would write the caller's expression into the log: ask {@link
   * #throwRefusal} afterwards.
   */
  @Override
  public RegularExpression getRegularExpression(String regex) {
    try {
      Pattern pattern = compile(regex);
      return text -> {
        spend(pattern, text);
        return pattern.matcher(text).find();
      };
    } catch (BadRuleException e) {
      firstRefusal = firstRefusal == null ? e : firstRefusal;
      return text -> false;
    }
  }

  /**
   * @throws BadRuleException one of the expressions given so far was wrong
   */
  void throwRefusal() {
    if (firstRefusal != null) {
      throw firstRefusal;
    }
  }

  private Pattern compile(String regex) {
    if (regex.length() > MOST_CHARACTERS) {
      throw new BadRuleException(
          "a regular expression has at most %,d characters".formatted(MOST_CHARACTERS));
    }
    // Before compiling, since repetitions are compiled by copying.
    if (repetitions(regex) > MOST_REPETITIONS) {
      throw new BadRuleException(
          "a regular expression repeats at most %,d times, nested repetitions multiplied"
              .formatted(MOST_REPETITIONS));
    }
    try {
      Pattern pattern = Pattern.compile(withRe2Escapes(regex));
      instructionsLeft -= pattern.programSize();
      if (instructionsLeft < 0) {
        throw new BadRuleException(
            "the regular expressions are too large: use smaller repetition counts");
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      throw new BadRuleException(
          "not a regular expression in RE2 syntax, which has no look-around, no back references and"
              + " no repetition above 1,000: %s: %s".formatted(e.getDescription(), e.getPattern()));
    }
  }

  /**
   * An upper bound of the copies of any part: the repetitions of groups could all be nested, the
   * repetitions of single characters cannot.
   */
  private static long repetitions(String regex) {
    long ofGroups = 1;
    long ofCharacters = 1;
    Matcher repetition = REPETITION.matcher(regex);
    while (repetition.find() && ofGroups <= MOST_REPETITIONS) {
      long count = Math.max(number(repetition.group(1)), number(repetition.group(2)));
      if (isAfterGroup(regex, repetition.start())) {
        ofGroups *= Math.max(count, 1);
      } else {
        ofCharacters = Math.max(count, ofCharacters);
      }
    }
    return ofGroups * ofCharacters;
  }

  private static long number(String digits) {
    return digits == null || digits.isEmpty() ? 0 : Long.parseLong(digits);
  }

  private static boolean isAfterGroup(String regex, int start) {
    return start > 0 && ")?*+}".indexOf(regex.charAt(start - 1)) >= 0;
  }

  private void spend(Pattern pattern, String text) {
    stepsLeft -= (long) pattern.programSize() * (text.length() + 1);
    if (stepsLeft < 0) {
      throw new BadRuleException(
          "the regular expression is too large for this much data: use smaller repetition counts,"
              + " or send less data");
    }
  }

  /** JSON Schema's expressions are JavaScript's, which write a code point as four digits. */
  private static String withRe2Escapes(String regex) {
    StringBuilder result = new StringBuilder(regex.length() + 8);
    for (int i = 0; i < regex.length(); i++) {
      char c = regex.charAt(i);
      if (c != '\\' || i + 1 == regex.length()) {
        result.append(c);
      } else if (regex.charAt(i + 1) == 'u' && isHex(regex, i + 2)) {
        result.append("\\x{").append(regex, i + 2, i + 6).append('}');
        i += 5;
      } else {
        result.append(c).append(regex.charAt(++i));
      }
    }
    return result.toString();
  }

  private static boolean isHex(String regex, int start) {
    return start + 4 <= regex.length()
        && regex.substring(start, start + 4).chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }
}

package io.quickscale.catalog.text;

import java.text.Normalizer;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a reader sees of a text with markup: without the tags, scripts and comments of HTML, without
 * addresses and the marks of Markdown. What ends a paragraph is one paragraph separator, U+2029.
 * The time is proportional to the length, whatever the text is.
 */
final class PlainText {
  private static final String PARAGRAPH_END = "\u2029";
  private static final Pattern UNSEEN = Pattern.compile("(?i)<(?:(script|style)\\b|!--)");
  private static final Pattern INLINE_TAG =
      Pattern.compile(
          "(?i)</?(?:a|abbr|b|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|u)(?:\\s[^<>]*)?>");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>]*>");
  private static final Pattern ENTITY = Pattern.compile("&(#?[a-zA-Z0-9]{1,8});");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i)(?:\\bhttps?://|\\bwww\\.)\\S+|[\\w.+-]{1,64}@[\\w-]{1,64}\\.[\\w.-]{1,64}");
  private static final Pattern EMPHASIS = Pattern.compile("[*_`~]+");
  private static final Pattern PARAGRAPH = Pattern.compile("\n{2,}|\n(?=[-+•#>|*]|\\d{1,3}\\.\\s)");
  private static final Pattern BLANK = Pattern.compile("\\h+");
  private static final Pattern LINE_END = Pattern.compile(" ?\\R ?");
  private static final Pattern SPACE = Pattern.compile("[\\h\\v&&[^\\u2029]]+");

  private static final Map<String, String> ENTITIES =
      Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'", "nbsp", " ");

  private PlainText() {}

  static String of(String text) {
    String seen = withoutUnseen(Normalizer.normalize(text, Normalizer.Form.NFC));
    // Before the tags: an end of line within a tag ends no paragraph, but one between two does.
    String lines = LINE_END.matcher(BLANK.matcher(seen).replaceAll(" ")).replaceAll("\n");
    String paragraphs = PARAGRAPH.matcher(lines).replaceAll(PARAGRAPH_END);
    String inline = INLINE_TAG.matcher(paragraphs).replaceAll("");
    String untagged = TAG.matcher(inline).replaceAll(PARAGRAPH_END);
    String decoded = ENTITY.matcher(untagged).replaceAll(PlainText::character);
    // A semicolon breaks phrases, as what stood there did.
    String unaddressed = ADDRESS.matcher(decoded).replaceAll(" ; ");
    String unmarked = EMPHASIS.matcher(unaddressed).replaceAll(" ");
    return SPACE.matcher(unmarked).replaceAll(" ").strip();
  }

  private static String withoutUnseen(String text) {
    StringBuilder seen = new StringBuilder();
    Matcher unseen = UNSEEN.matcher(text);
    int from = 0;
    while (unseen.find(from)) {
      seen.append(text, from, unseen.start());
      Matcher end = end(unseen.group(1)).matcher(text);
      if (!end.find(unseen.end())) {
        // As a browser: what is not closed goes to the end.
        return seen.toString();
      }
      from = end.end();
    }
    return seen.append(text, from, text.length()).toString();
  }

  private static Pattern end(String element) {
    return Pattern.compile(element == null ? "-->" : "(?i)</" + element + "\\s*>");
  }

  private static String character(MatchResult entity) {
    String name = entity.group(1);
    if (!name.startsWith("#")) {
      return Matcher.quoteReplacement(ENTITIES.getOrDefault(name, " "));
    }
    try {
      boolean isHexadecimal = name.startsWith("#x") || name.startsWith("#X");
      int codePoint =
          Integer.parseInt(name.substring(isHexadecimal ? 2 : 1), isHexadecimal ? 16 : 10);
      return Character.isValidCodePoint(codePoint)
          ? Matcher.quoteReplacement(Character.toString(codePoint))
          : " ";
    } catch (NumberFormatException e) {
      return " ";
    }
  }
}

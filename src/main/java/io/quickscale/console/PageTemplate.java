package io.quickscale.console;

import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTML with places for values: <code>{{name}}</code> takes a text and escapes it, <code>{{{name}}}
 * </code> takes HTML that another template made. A value is never looked through for places.
 */
final class PageTemplate {
  private static final String FOLDER = "/WEB-INF/pages/";
  private static final Pattern PLACE = Pattern.compile("\\{\\{\\{(\\w+)}}}|\\{\\{(\\w+)}}");

  private final String html;

  PageTemplate(String html) {
    this.html = html;
  }

  /** The template of this name among the WAR's pages. */
  static PageTemplate read(ServletContext war, String name) throws IOException {
    try (InputStream in = war.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new FileNotFoundException(FOLDER + name);
      }
      return new PageTemplate(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  /**
   * The template with its values.
   *
   * @throws IllegalArgumentException a place has no value
   */
  String with(Map<String, String> values) {
    return PLACE.matcher(html).replaceAll(place -> Matcher.quoteReplacement(value(place, values)));
  }

  private static String value(MatchResult place, Map<String, String> values) {
    boolean isHtml = place.group(1) != null;
    String name = isHtml ? place.group(1) : place.group(2);
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no value for " + name);
    }
    return isHtml ? value : escaped(value);
  }

  /** For text and for attributes in quotation marks. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}

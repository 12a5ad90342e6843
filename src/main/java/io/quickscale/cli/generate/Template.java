package io.quickscale.cli.generate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with places like {@code «name»} to be filled. */
final class Template {
  private static final Pattern PLACE = Pattern.compile("«([a-z-]+)»");

  private Template() {}

  /** A resource beside this class as it is. */
  static String raw(String resource) {
    try (InputStream in = Template.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("there is no template " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the template " + resource, e);
    }
  }

  /** The resource with its places filled. */
  static String filled(String resource, Map<String, String> values) {
    return fill(raw(resource), values);
  }

  /** The text with its places filled; what is filled in may have places itself. */
  static String fill(String text, Map<String, String> values) {
    Matcher matcher = PLACE.matcher(text);
    String filled =
        matcher.replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), values)));
    return PLACE.matcher(filled).find() ? fill(filled, values) : filled;
  }

  private static String value(String name, Map<String, String> values) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalStateException("a template asks for " + name);
    }
    return value;
  }
}

package io.quickscale.cli.generate;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** The form of package names. */
public final class PackageName {
  private static final Pattern PART = Pattern.compile("[a-z][a-z0-9_]*");

  private PackageName() {}

  /**
   * The name, if it can be one.
   *
   * @throws IllegalArgumentException it cannot; the message says what to do
   */
  public static String of(String name) {
    boolean valid =
        Stream.of(name.split("\\.", -1))
            .allMatch(part -> PART.matcher(part).matches() && !SourceVersion.isKeyword(part));
    if (!valid) {
      throw new IllegalArgumentException(
          "'%s' cannot be a package: use lower-case words with dots between them, none of them a word of the Java language, such as com.example.text"
              .formatted(name));
    }
    return name;
  }
}

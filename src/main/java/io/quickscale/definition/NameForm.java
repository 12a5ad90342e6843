package io.quickscale.definition;

import java.util.regex.Pattern;

/** The form of the names of services, units and categories. */
public final class NameForm {
  public static final String PATTERN = "[a-z][a-z0-9_]{0,63}";
  private static final Pattern COMPILED = Pattern.compile(PATTERN);

  private NameForm() {}

  /** Whether a text has that form. */
  public static boolean isValid(String name) {
    return COMPILED.matcher(name).matches();
  }
}

package io.quickscale.registry;

import java.util.regex.Pattern;

/** The form of service and unit names. */
public final class ServiceName {
  static final String PATTERN = "[a-z][a-z0-9_]{0,63}";
  private static final Pattern COMPILED = Pattern.compile(PATTERN);

  private ServiceName() {}

  /** Whether a text has that form. */
  public static boolean isValid(String name) {
    return COMPILED.matcher(name).matches();
  }
}

package io.quickscale.access;

import java.util.Locale;

/** What a user may do. An admin may do what a user may. */
public enum Role {
  USER,
  ADMIN;

  /** The word in JSON, and the group's name for the container. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException no such role
   */
  public static Role ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}

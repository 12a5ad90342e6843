package io.quickscale.access;

import java.util.Set;
import java.util.regex.Pattern;

/** What takes no ink, or has no meaning that would stay: never part of a name. */
final class Invisible {
  private static final Set<Byte> CATEGORIES =
      Set.of(
          Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR);

  /** Letters and marks that are not shown (Unicode's Default_Ignorable_Code_Point). */
  private static final Pattern IGNORABLE =
      Pattern.compile(
          "[\\x{034F}\\x{115F}\\x{1160}\\x{17B4}\\x{17B5}\\x{180B}-\\x{180F}\\x{3164}\\x{FFA0}"
              + "\\x{FE00}-\\x{FE0F}\\x{E0100}-\\x{E01EF}]");

  private Invisible() {}

  /**
   * Makes sure that there is nothing of it in a text.
   *
   * @throws IllegalArgumentException there is, with its place
   */
  static void refuseIn(String text) {
    int place = 1;
    for (int letter : text.codePoints().toArray()) {
      if (CATEGORIES.contains((byte) Character.getType(letter))
          || IGNORABLE.matcher(Character.toString(letter)).matches()) {
        throw new IllegalArgumentException(
            "has a character that cannot be seen or used, U+%04X, in place %d"
                .formatted(letter, place));
      }
      place++;
    }
  }
}

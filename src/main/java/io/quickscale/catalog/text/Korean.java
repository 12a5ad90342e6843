package io.quickscale.catalog.text;

import java.util.regex.Pattern;

/**
 * The endings of Korean words, as far as they can be told without a dictionary: those that are
 * seldom the end of a noun itself.
 */
final class Korean {
  private static final Pattern PARTICLE =
      Pattern.compile(
          "(?<=\\p{IsHangul}{2})(?:에서는|에서|에게|으로|이라고|은|는|을|를|의|에)$|(?<=\\p{IsHangul}{3})이$");
  private static final Pattern VERB =
      Pattern.compile("\\p{IsHangul}{2,}다|\\p{IsHangul}+(?:지만|면서|되고|하고|되는|하는|되어|하여|했고|됐고)");

  private Korean() {}

  /** Without the particle that says what the noun does in its sentence. */
  static String noun(String word) {
    return PARTICLE.matcher(word).replaceFirst("");
  }

  static boolean isParticle(String ending) {
    return !ending.isEmpty() && ending.codePoints().allMatch(Script::isHangul);
  }

  static boolean isVerb(String word) {
    return VERB.matcher(word).matches();
  }
}

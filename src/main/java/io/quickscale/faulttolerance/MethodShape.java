package io.quickscale.faulttolerance;

import java.util.List;

/**
 * A method, as far as a fallback has to be like what it stands in for.
 *
 * @param parameters their types, written alike for all methods that are compared
 * @param result the type that it returns, written in the same way
 */
public record MethodShape(String name, List<String> parameters, String result) {
  /** A type that may be any, such as a type variable. */
  public static final String ANY = "*";

  boolean takesTheSameAs(MethodShape other) {
    if (parameters.size() != other.parameters.size()) {
      return false;
    }
    for (int i = 0; i < parameters.size(); i++) {
      if (!isAlike(parameters.get(i), other.parameters.get(i))) {
        return false;
      }
    }
    return true;
  }

  boolean returnsTheSameAs(MethodShape other) {
    return isAlike(result, other.result);
  }

  static boolean isAlike(String type, String other) {
    return type.equals(ANY) || other.equals(ANY) || type.equals(other);
  }
}

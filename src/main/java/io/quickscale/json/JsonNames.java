package io.quickscale.json;

/**
 * Java names and their JSON form: {@code dataType} is {@code data_type}, as JSON-B's strategy makes
 * it.
 */
final class JsonNames {
  private JsonNames() {}

  static String snakeCase(String javaName) {
    StringBuilder name = new StringBuilder();
    for (char c : javaName.toCharArray()) {
      if (Character.isUpperCase(c)) {
        name.append('_').append(Character.toLowerCase(c));
      } else {
        name.append(c);
      }
    }
    return name.toString();
  }
}

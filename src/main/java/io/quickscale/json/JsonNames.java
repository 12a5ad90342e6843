package io.quickscale.json;

import jakarta.validation.ElementKind;
import jakarta.validation.Path;

/**
 * Java names and their JSON form: {@code dataType} is {@code data_type}. Reading, writing, schemas
 * and violations all ask here.
 */
public final class JsonNames {
  private JsonNames() {}

  /** {@code dataType} as {@code data_type}. */
  public static String snakeCase(String javaName) {
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

  /** {@code items[0].dataType} as {@code items[0].data_type}; the keys of maps stay as they are. */
  static String path(Path path) {
    StringBuilder text = new StringBuilder();
    for (Path.Node node : path) {
      if (node.getIndex() != null) {
        text.append('[').append(node.getIndex()).append(']');
      } else if (node.getKey() != null) {
        text.append('.').append(node.getKey());
      }
      if (node.getKind() == ElementKind.PROPERTY) {
        text.append(text.isEmpty() ? "" : ".").append(snakeCase(node.getName()));
      }
    }
    return text.toString();
  }
}

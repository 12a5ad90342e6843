package io.quickscale.pipeline;

import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A JSON Pointer (RFC 6901).
 *
 * @param tokens the names and indexes that it goes along, without their escapes
 */
record Pointer(List<String> tokens) {
  private static final Pattern BAD_ESCAPE = Pattern.compile("~(?![01])");
  private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

  Pointer {
    tokens = List.copyOf(tokens);
  }

  /**
   * Reads a pointer.
   *
   * @throws IllegalArgumentException it is none; the message has no subject: "must ..."
   */
  static Pointer parse(String text) {
    if (!text.isEmpty() && !text.startsWith("/")) {
      throw new IllegalArgumentException("must be a JSON Pointer (RFC 6901): begin it with /");
    }
    if (BAD_ESCAPE.matcher(text).find()) {
      throw new IllegalArgumentException(
          "must be a JSON Pointer (RFC 6901): ~ is written as ~0, and / within a name as ~1");
    }
    List<String> tokens = new ArrayList<>();
    if (!text.isEmpty()) {
      for (String token : text.substring(1).split("/", -1)) {
        tokens.add(token.replace("~1", "/").replace("~0", "~"));
      }
    }
    return new Pointer(tokens);
  }

  /** The element of an array that a token names; empty if it names none. */
  static Optional<Integer> index(String token) {
    return INDEX.matcher(token).matches() ? Optional.of(Integer.parseInt(token)) : Optional.empty();
  }

  /** What follows the first so many tokens. */
  Pointer from(int first) {
    return new Pointer(tokens.subList(first, tokens.size()));
  }

  /**
   * The value that it points to.
   *
   * @param absentIsNull whether a member that an object does not have is null, as it is in results:
   *     they are written without the members that are null
   * @return empty if it points to nothing
   */
  Optional<JsonValue> in(JsonValue root, boolean absentIsNull) {
    JsonValue at = root;
    for (String token : tokens) {
      at = child(at, token, absentIsNull);
      if (at == null) {
        return Optional.empty();
      }
    }
    return Optional.of(at);
  }

  private static JsonValue child(JsonValue parent, String token, boolean absentIsNull) {
    return switch (parent.getValueType()) {
      case OBJECT -> {
        JsonValue member = parent.asJsonObject().get(token);
        yield member == null ? absent(absentIsNull) : member;
      }
      case ARRAY -> {
        JsonArray elements = parent.asJsonArray();
        yield index(token).filter(index -> index < elements.size()).map(elements::get).orElse(null);
      }
      case NULL -> absent(absentIsNull);
      default -> null;
    };
  }

  private static JsonValue absent(boolean isNull) {
    return isNull ? JsonValue.NULL : null;
  }

  /** As it is written in JSON. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    tokens.forEach(token -> text.append('/').append(token.replace("~", "~0").replace("/", "~1")));
    return text.toString();
  }
}

package io.quickscale.pipeline;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;

/**
 * Whether two JSON values are the same: numbers by what they count (1 is 1.0), objects in any
 * order.
 */
final class JsonEquality {
  private JsonEquality() {}

  static boolean same(JsonValue one, JsonValue other) {
    if (one.getValueType() != other.getValueType()) {
      return false;
    }
    return switch (one.getValueType()) {
      case NUMBER ->
          ((JsonNumber) one).bigDecimalValue().compareTo(((JsonNumber) other).bigDecimalValue())
              == 0;
      case ARRAY -> same(one.asJsonArray(), other.asJsonArray());
      case OBJECT -> same(one.asJsonObject(), other.asJsonObject());
      default -> one.equals(other);
    };
  }

  private static boolean same(JsonArray one, JsonArray other) {
    boolean same = one.size() == other.size();
    for (int i = 0; same && i < one.size(); i++) {
      same = same(one.get(i), other.get(i));
    }
    return same;
  }

  private static boolean same(JsonObject one, JsonObject other) {
    return one.keySet().equals(other.keySet())
        && one.entrySet().stream()
            .allMatch(member -> same(member.getValue(), other.get(member.getKey())));
  }
}

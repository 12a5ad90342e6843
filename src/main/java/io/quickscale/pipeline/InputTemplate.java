package io.quickscale.pipeline;

import io.quickscale.problem.Violation;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The input of a step as its document says it: as it is, but for the places that take a value from
 * before.
 */
final class InputTemplate {
  private static final String FROM = "$from";

  /** Json's own methods look for an implementation in every library at each call. */
  private static final JsonProvider JSON = JsonProvider.provider();

  private final JsonObject template;
  private final Map<Pointer, Taken> taken = new LinkedHashMap<>();
  private final List<Place> places = new ArrayList<>();

  private InputTemplate(JsonObject template) {
    this.template = template;
  }

  /** A place of the input and where its value comes from. */
  record Taken(Place place, Source source) {}

  /**
   * Reads an input.
   *
   * @param whole its place
   * @param violations takes what is wrong with references; those take nothing
   */
  static InputTemplate read(JsonObject input, Place whole, List<Violation> violations) {
    InputTemplate template = new InputTemplate(input);
    template.find(input, whole, violations);
    return template;
  }

  /** What it takes from before. */
  List<Taken> taken() {
    return List.copyOf(taken.values());
  }

  /** Where it takes something from before, or would if its reference were right. */
  List<Place> places() {
    return places;
  }

  /** The input with null wherever it takes something. */
  JsonValue without() {
    return with(here -> JsonValue.NULL);
  }

  /** The input, with what each source has. */
  JsonValue with(Function<Taken, JsonValue> values) {
    return fill(template, new Place("", new Pointer(List.of())), values);
  }

  /**
   * The source that a reference names.
   *
   * @throws IllegalArgumentException it names none; the message has no subject
   */
  static Source source(JsonObject reference) {
    if (!(reference.get(FROM) instanceof JsonString pointer)) {
      throw new IllegalArgumentException("$from must be a text, a JSON Pointer");
    }
    return Source.parse(pointer.getString());
  }

  private void find(JsonValue value, Place at, List<Violation> violations) {
    if (isReference(value)) {
      places.add(at);
      try {
        taken.put(at.pointer(), new Taken(at, onlySource(value.asJsonObject())));
      } catch (IllegalArgumentException e) {
        violations.add(new Violation(at.field(), e.getMessage()));
      }
      return;
    }
    switch (value.getValueType()) {
      case OBJECT ->
          value.asJsonObject().forEach((name, member) -> find(member, at.member(name), violations));
      case ARRAY -> {
        List<JsonValue> elements = value.asJsonArray();
        for (int i = 0; i < elements.size(); i++) {
          find(elements.get(i), at.element(i), violations);
        }
      }
      default -> {
        // A value as it is.
      }
    }
  }

  private static boolean isReference(JsonValue value) {
    return value instanceof JsonObject members && members.containsKey(FROM);
  }

  private static Source onlySource(JsonObject reference) {
    if (reference.size() > 1) {
      List<String> others = new ArrayList<>(reference.keySet());
      others.remove(FROM);
      throw new IllegalArgumentException(
          "takes its value from elsewhere: nothing may stand beside $from, but there is "
              + String.join(", ", others));
    }
    return source(reference);
  }

  private JsonValue fill(JsonValue value, Place at, Function<Taken, JsonValue> values) {
    if (isReference(value)) {
      Taken here = taken.get(at.pointer());
      return here == null ? JsonValue.NULL : values.apply(here);
    }
    return switch (value.getValueType()) {
      case OBJECT -> {
        JsonObjectBuilder members = JSON.createObjectBuilder();
        value
            .asJsonObject()
            .forEach((name, member) -> members.add(name, fill(member, at.member(name), values)));
        yield members.build();
      }
      case ARRAY -> {
        JsonArrayBuilder elements = JSON.createArrayBuilder();
        List<JsonValue> before = value.asJsonArray();
        for (int i = 0; i < before.size(); i++) {
          elements.add(fill(before.get(i), at.element(i), values));
        }
        yield elements.build();
      }
      default -> value;
    };
  }
}

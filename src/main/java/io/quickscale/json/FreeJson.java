package io.quickscale.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * JSON of any form, as services may ask for it: {@code JsonValue}, or {@code Object} for maps,
 * lists, texts, {@code BigDecimal}s and booleans.
 */
final class FreeJson {
  /** Json's own methods look for an implementation in every library at each call. */
  private static final JsonProvider JSON = JsonProvider.provider();

  private FreeJson() {}

  /** Reads what is said to be a {@code JsonValue} or one of its kinds. */
  static <T extends JsonValue> JsonDeserializer<T> values(Class<T> type) {
    return new Reader<>(type, tree -> type.cast(value(tree)));
  }

  /** Reads what is said to be an {@code Object}. */
  static JsonDeserializer<Object> objects() {
    return new Reader<>(Object.class, FreeJson::object);
  }

  private static final class Reader<T> extends StdDeserializer<T> {
    private final Function<JsonNode, T> form;

    private Reader(Class<T> type, Function<JsonNode, T> form) {
      super(type);
      this.form = form;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return form.apply(context.readTree(parser));
    }

    /** Null is a value too. */
    @Override
    public T getNullValue(DeserializationContext context) {
      return form.apply(context.getNodeFactory().nullNode());
    }

    @Override
    public Object getAbsentValue(DeserializationContext context) {
      return null;
    }
  }

  private static JsonValue value(JsonNode tree) {
    return switch (tree.getNodeType()) {
      case OBJECT -> {
        JsonObjectBuilder members = JSON.createObjectBuilder();
        tree.properties().forEach(member -> members.add(member.getKey(), value(member.getValue())));
        yield members.build();
      }
      case ARRAY -> {
        JsonArrayBuilder elements = JSON.createArrayBuilder();
        tree.forEach(element -> elements.add(value(element)));
        yield elements.build();
      }
      case STRING -> JSON.createValue(tree.textValue());
      case NUMBER ->
          tree.isIntegralNumber()
              ? JSON.createValue(tree.bigIntegerValue())
              : JSON.createValue(tree.decimalValue());
      case BOOLEAN -> tree.booleanValue() ? JsonValue.TRUE : JsonValue.FALSE;
      default -> JsonValue.NULL;
    };
  }

  private static Object object(JsonNode tree) {
    return switch (tree.getNodeType()) {
      case OBJECT -> {
        Map<String, Object> members = new LinkedHashMap<>();
        tree.properties()
            .forEach(member -> members.put(member.getKey(), object(member.getValue())));
        yield members;
      }
      case ARRAY -> {
        List<Object> elements = new ArrayList<>();
        tree.forEach(element -> elements.add(object(element)));
        yield elements;
      }
      case STRING -> tree.textValue();
      case NUMBER -> tree.decimalValue();
      case BOOLEAN -> tree.booleanValue();
      default -> null;
    };
  }
}

package io.quickscale.json;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringWriter;

/**
 * How Jackson binds: the components of records and the fields of other classes, with the names and
 * forms that their schema has; no annotation changes that.
 */
final class Binding {
  private Binding() {}

  /** Members sorted by name: the same value is always the same text. */
  static ObjectMapper canonical() {
    return builder().enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY).build();
  }

  /** For people to read: members in the order of the components, numbers without exponents. */
  static ObjectMapper inOrder() {
    return builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();
  }

  /**
   * The value as text.
   *
   * @throws IllegalArgumentException it has no JSON form: a cycle, a number that is none, the year
   *     10000
   */
  static String write(ObjectMapper mapper, Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new FiniteNumbers(mapper.createGenerator(text))) {
      mapper.writeValue(json, value);
    } catch (IOException e) {
      throw new IllegalArgumentException("The value has no JSON form: " + e.getMessage(), e);
    }
    // A service may have cut a text within a character.
    return Utf8.wellFormed(text.toString());
  }

  private static JsonMapper.Builder builder() {
    return JsonMapper.builder()
        // By name: looking modules up fails where a server's Jackson meets the WAR's.
        .addModules(new Jdk8Module(), ScalarModule.create(), freeJson())
        .disable(MapperFeature.USE_ANNOTATIONS, MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
        .accessorNaming(new MemberNames.Accessors())
        .visibility(PropertyAccessor.FIELD, Visibility.ANY)
        .propertyNamingStrategy(new MemberNames.SnakeCase())
        .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_ABSENT, Include.ALWAYS))
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
  }

  private static SimpleModule freeJson() {
    SimpleModule module = new SimpleModule("free-json");
    module.addDeserializer(Object.class, FreeJson.objects());
    addReader(module, JsonValue.class);
    addReader(module, JsonStructure.class);
    addReader(module, JsonObject.class);
    addReader(module, JsonArray.class);
    addReader(module, JsonString.class);
    addReader(module, JsonNumber.class);
    module.addSerializer(new Raw<>(JsonValue.class));
    module.addSerializer(new Raw<>(JsonText.class));
    return module;
  }

  private static <T extends JsonValue> void addReader(SimpleModule module, Class<T> type) {
    module.addDeserializer(type, FreeJson.values(type));
  }

  /** What is JSON already, by its own text. */
  private static final class Raw<T> extends StdSerializer<T> {
    private Raw(Class<T> type) {
      super(type);
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeRawValue(value instanceof JsonText written ? written.text() : value.toString());
    }
  }

  /** JSON has no infinity and no "not a number"; Jackson would write them as texts. */
  private static final class FiniteNumbers extends JsonGeneratorDelegate {
    private FiniteNumbers(JsonGenerator json) {
      super(json, false);
    }

    @Override
    public void writeNumber(double number) throws IOException {
      requireFinite(number);
      super.writeNumber(number);
    }

    @Override
    public void writeNumber(float number) throws IOException {
      requireFinite(number);
      super.writeNumber(number);
    }

    @Override
    public void writeArray(double[] numbers, int offset, int length) throws IOException {
      for (double number : numbers) {
        requireFinite(number);
      }
      super.writeArray(numbers, offset, length);
    }

    private static void requireFinite(double number) {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("a number is " + number);
      }
    }
  }
}

package io.quickscale.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;

/** {@link Scalars} for Jackson, as values and as the keys of maps. */
final class ScalarModule {
  private ScalarModule() {}

  static SimpleModule create() {
    SimpleModule module = new SimpleModule("scalars");
    Scalars.all().forEach(scalar -> add(module, scalar));
    module.addDeserializer(char.class, new Reader<>(char.class, Scalars.of(char.class)));
    return module;
  }

  private static <T> void add(SimpleModule module, Scalar<T> scalar) {
    module.addDeserializer(scalar.type(), new Reader<>(scalar.type(), scalar));
    module.addSerializer(scalar.type(), new Writer<>(scalar));
    module.addKeyDeserializer(scalar.type(), new KeyReader(scalar));
    module.addKeySerializer(scalar.type(), new KeyWriter<>(scalar));
  }

  private static final class Reader<T> extends StdScalarDeserializer<T> {
    private final Scalar<?> scalar;

    private Reader(Class<T> type, Scalar<?> scalar) {
      super(type);
      this.scalar = scalar;
    }

    @Override
    @SuppressWarnings("unchecked") // a scalar makes values of its type
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      return (T) scalar.parse().apply(parser.getText());
    }
  }

  private static final class Writer<T> extends StdScalarSerializer<T> {
    private final Scalar<T> scalar;

    private Writer(Scalar<T> scalar) {
      super(scalar.type());
      this.scalar = scalar;
    }

    @Override
    public void serialize(T value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeString(scalar.print().apply(value));
    }
  }

  private static final class KeyReader extends KeyDeserializer {
    private final Scalar<?> scalar;

    private KeyReader(Scalar<?> scalar) {
      this.scalar = scalar;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      return scalar.parse().apply(key);
    }
  }

  private static final class KeyWriter<T> extends JsonSerializer<T> {
    private final Scalar<T> scalar;

    private KeyWriter(Scalar<T> scalar) {
      this.scalar = scalar;
    }

    @Override
    public void serialize(T key, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeFieldName(scalar.print().apply(key));
    }
  }
}

package io.quickscale.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes records with their members in the order of the components, which JSON-B does not promise,
 * and times in UTC; members that are null or an empty {@code Optional} are left out. JSON-B could
 * be told to, by a serializer, but then works out how to write a member again for each one.
 */
final class OrderedWriter {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private final Map<Class<?>, Member[]> members = new ConcurrentHashMap<>();
  private final Function<Object, String> others;

  private record Member(String name, Method accessor) {
    private static Member of(RecordComponent component) {
      return new Member(JsonNames.snakeCase(component.getName()), component.getAccessor());
    }

    private Object of(Record value) {
      try {
        return accessor.invoke(value);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("A view must be a public record: " + value.getClass(), e);
      }
    }
  }

  /**
   * @param others writes what is none of the types below
   */
  OrderedWriter(Function<Object, String> others) {
    this.others = others;
  }

  String write(Record value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      write(value, json);
    } catch (IOException e) {
      throw new UncheckedIOException("A text in memory cannot be written", e);
    }
    return text.toString();
  }

  private void write(Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof JsonText written) {
      json.writeRawValue(written.text());
    } else if (value instanceof Record record) {
      writeMembers(record, json);
    } else if (value instanceof Map<?, ?> map) {
      writeEntries(map, json);
    } else if (value instanceof Collection<?> elements) {
      writeElements(elements, json);
    } else {
      writeScalar(value, json);
    }
  }

  private void writeMembers(Record value, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Member member : members.computeIfAbsent(value.getClass(), OrderedWriter::membersOf)) {
      Object content = member.of(value);
      if (content instanceof Optional<?> optional) {
        content = optional.orElse(null);
      }
      if (content != null) {
        json.writeFieldName(member.name());
        write(content, json);
      }
    }
    json.writeEndObject();
  }

  private static Member[] membersOf(Class<?> type) {
    return Stream.of(type.getRecordComponents()).map(Member::of).toArray(Member[]::new);
  }

  private void writeEntries(Map<?, ?> map, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      json.writeFieldName(String.valueOf(entry.getKey()));
      write(entry.getValue(), json);
    }
    json.writeEndObject();
  }

  private void writeElements(Collection<?> elements, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (Object element : elements) {
      write(element, json);
    }
    json.writeEndArray();
  }

  private void writeScalar(Object value, JsonGenerator json) throws IOException {
    if (value instanceof String text) {
      json.writeString(text);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof BigDecimal number) {
      json.writeNumber(number);
    } else if (value instanceof Long || value instanceof Integer) {
      json.writeNumber(((Number) value).longValue());
    } else if (value instanceof OffsetDateTime time) {
      // A time may still have the offset that a caller or a database gave it.
      OffsetDateTime inUtc = time.withOffsetSameInstant(ZoneOffset.UTC);
      json.writeString(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(inUtc));
    } else if (value instanceof JsonValue tree) {
      json.writeRawValue(tree.toString());
    } else {
      json.writeRawValue(others.apply(value));
    }
  }
}

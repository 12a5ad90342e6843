package io.quickscale.json;

import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import java.lang.reflect.RecordComponent;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Writes the members of a record in the order of its components, which JSON-B does not promise, and
 * times in UTC; nulls and empty optionals are left out.
 */
final class RecordSerializer implements JsonbSerializer<Record> {
  private static final Set<Object> EMPTY =
      Set.of(Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), OptionalDouble.empty());

  @Override
  public void serialize(Record value, JsonGenerator json, SerializationContext context) {
    json.writeStartObject();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object member = get(component, value);
      if (member != null && !EMPTY.contains(member)) {
        context.serialize(JsonNames.snakeCase(component.getName()), inUtc(member), json);
      }
    }
    json.writeEnd();
  }

  /** A time may still have the offset that a caller or a database gave it. */
  private static Object inUtc(Object member) {
    return member instanceof OffsetDateTime time
        ? time.withOffsetSameInstant(ZoneOffset.UTC)
        : member;
  }

  private static Object get(RecordComponent component, Record value) {
    try {
      return component.getAccessor().invoke(value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A view must be a public record: " + value.getClass(), e);
    }
  }
}

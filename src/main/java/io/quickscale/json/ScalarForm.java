package io.quickscale.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/** What a schema says of a type that is one JSON string or number. */
interface ScalarForm {
  /** For callers. */
  ScalarForm PUBLISHED =
      new ScalarForm() {
        @Override
        public void describe(Scalar<?> scalar, ObjectNode schema) {
          scalar.schema().accept(schema);
        }

        @Override
        public void describe(NumberType number, ObjectNode schema) {
          number.format().ifPresent(format -> schema.put("format", format));
        }

        @Override
        public void describeKey(NumberType number, ObjectNode schema) {
          schema.put("pattern", NumberType.KEY_PATTERN);
        }
      };

  /** For the check of a body: names of {@link ValueFormat}. */
  ScalarForm CHECKED =
      new ScalarForm() {
        @Override
        public void describe(Scalar<?> scalar, ObjectNode schema) {
          schema.put("format", ValueFormat.name(scalar));
        }

        @Override
        public void describe(NumberType number, ObjectNode schema) {
          schema.put("format", ValueFormat.name(number));
        }

        @Override
        public void describeKey(NumberType number, ObjectNode schema) {
          schema.put("format", ValueFormat.keyName(number));
        }
      };

  Set<Class<?>> OPTIONAL_NUMBERS =
      Set.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  void describe(Scalar<?> scalar, ObjectNode schema);

  void describe(NumberType number, ObjectNode schema);

  void describeKey(NumberType number, ObjectNode schema);

  /** False if the type is none of these. */
  default boolean describe(Class<?> type, ObjectNode schema) {
    Scalar<?> scalar = Scalars.of(type);
    NumberType number = NumberType.of(type);
    if (scalar != null) {
      describe(scalar, schema.put("type", "string"));
    } else if (number != null) {
      putType(type, number, schema);
      describe(number, schema);
    }
    return scalar != null || number != null;
  }

  default void describeKey(Class<?> type, ObjectNode schema) {
    Scalar<?> scalar = Scalars.of(type);
    NumberType number = NumberType.of(type);
    if (scalar != null) {
      describe(scalar, schema);
    } else if (number != null) {
      describeKey(number, schema);
    }
  }

  private static void putType(Class<?> type, NumberType number, ObjectNode schema) {
    if (OPTIONAL_NUMBERS.contains(type)) {
      schema.putArray("type").add(number.jsonType()).add("null");
    } else {
      schema.put("type", number.jsonType());
    }
  }
}

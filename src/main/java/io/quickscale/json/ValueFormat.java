package io.quickscale.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A Java type as a format of the schema validator, which then says of each value and its place
 * whether it can be bound.
 */
record ValueFormat(String getName, Function<JsonNode, Optional<String>> complaints)
    implements Format {
  private static final Map<String, ValueFormat> ALL =
      Stream.of(
              StreamSupport.stream(Scalars.all().spliterator(), false)
                  .map(scalar -> new ValueFormat(name(scalar), scalar::complaint)),
              Stream.of(NumberType.values())
                  .map(number -> new ValueFormat(name(number), number::complaint)),
              Stream.of(NumberType.values())
                  .map(number -> new ValueFormat(keyName(number), number::keyComplaint)))
          .flatMap(Function.identity())
          .collect(Collectors.toMap(ValueFormat::getName, Function.identity()));

  static Iterable<ValueFormat> all() {
    return ALL.values();
  }

  static String name(Scalar<?> scalar) {
    return "java:" + scalar.type().getSimpleName();
  }

  static String name(NumberType number) {
    return "java:" + number;
  }

  static String keyName(NumberType number) {
    return "java:key:" + number;
  }

  static boolean isOne(String format) {
    return ALL.containsKey(format);
  }

  /** What is wrong with a value that is not of a format. */
  static String complaint(String format, JsonNode value) {
    return ALL.get(format).complaints().apply(value).orElseThrow();
  }

  @Override
  public boolean matches(ExecutionContext execution, SchemaContext schema, JsonNode value) {
    return complaints.apply(value).isEmpty();
  }
}

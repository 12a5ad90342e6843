package io.quickscale.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.quickscale.problem.MalformedJsonProblem;
import io.quickscale.problem.Violation;
import io.quickscale.service.InvalidInputException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.json.bind.config.BinaryDataStrategy;
import jakarta.json.bind.config.PropertyNamingStrategy;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads records from JSON strictly and writes values as JSON. Reading goes in three steps, each
 * with its own complete list of violations: names and types against the record's JSON Schema,
 * binding with JSON-B, constraints with Jakarta Validation.
 */
@ApplicationScoped
public class JsonCodec {
  /**
   * Deeper nesting than any input needs; a parser's recursion must not be the caller's to choose.
   */
  private static final int MAX_DEPTH = 64;

  private static final ObjectReader TREES =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .reader();

  /** Json's own methods look for an implementation in every library at each call. */
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  private final Schemas schemas = new Schemas();
  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          registry ->
              registry.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  private final Map<Type, RecordFormat> formats = new ConcurrentHashMap<>();
  private final Jsonb jsonb = JsonbBuilder.create(config());
  private final OrderedWriter ordered = new OrderedWriter(jsonb::toJson);

  private Validator validator;

  /** For the container's proxy. */
  protected JsonCodec() {}

  @Inject
  public JsonCodec(Validator validator) {
    this.validator = validator;
  }

  /**
   * Reads a record.
   *
   * @param body UTF-8
   * @throws MalformedJsonProblem it is not JSON, nests too deep, or names a member twice
   * @throws InvalidInputException with every violation: unknown members, wrong types, broken
   *     constraints
   */
  public <T> T read(byte[] body, Class<T> type) {
    List<Violation> violations = format(type).violations(tree(body));
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
    T value = bind(body, type);
    validate(value);
    return value;
  }

  /**
   * Checks a record that was made in Java by the same constraints.
   *
   * @throws InvalidInputException with every broken constraint
   */
  public void validate(Object value) {
    List<Violation> violations = new ArrayList<>();
    for (ConstraintViolation<Object> broken : validator.validate(value)) {
      violations.add(new Violation(JsonNames.path(broken.getPropertyPath()), broken.getMessage()));
    }
    if (!violations.isEmpty()) {
      violations.sort(Comparator.comparing(Violation::field).thenComparing(Violation::message));
      throw new InvalidInputException(violations);
    }
  }

  private static JsonbConfig config() {
    return new JsonbConfig()
        .withPropertyNamingStrategy((PropertyNamingStrategy) JsonNames::snakeCase)
        .withBinaryDataStrategy(BinaryDataStrategy.BASE_64);
  }

  /** Writes a record of our own with its members in their order, for people to read. */
  public String writeInOrder(Record value) {
    return ordered.write(value);
  }

  /** Writes any value that JSON-B can write. */
  public String write(Object value) {
    return jsonb.toJson(value);
  }

  /** The value as text, to be put into another one. */
  public JsonText toText(Object value) {
    return new JsonText(write(value));
  }

  /** The value as a JSON tree, to be put into another one. */
  public JsonValue toValue(Object value) {
    return parse(write(value));
  }

  /** The JSON Schema (draft 2020-12) of a type. */
  public JsonObject schema(Type type) {
    return parse(format(type).published().toString()).asJsonObject();
  }

  /** Reads text that this codec wrote. */
  public <T> T readOwn(String json, Type type) {
    return jsonb.fromJson(json, type);
  }

  private static JsonValue parse(String json) {
    try (JsonReader reader = READERS.createReader(new StringReader(json))) {
      return reader.readValue();
    }
  }

  private static JsonNode tree(byte[] body) {
    try {
      JsonNode tree = TREES.readTree(body);
      if (tree == null || tree.isMissingNode()) {
        throw new MalformedJsonProblem("The body is empty. Send a JSON object.");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new MalformedJsonProblem(reason(e));
    } catch (IOException e) {
      throw new MalformedJsonProblem("The body is not UTF-8.");
    }
  }

  private static String reason(JsonProcessingException e) {
    String place = "";
    JsonLocation location = e.getLocation();
    if (location != null && location.getLineNr() > 0) {
      place = " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
    if (e.getOriginalMessage().contains("nesting depth")) {
      return "The body nests deeper than " + MAX_DEPTH + " levels.";
    } else if (e.getOriginalMessage().startsWith("Duplicate field")) {
      return "A member is named twice" + place + ".";
    }
    return "The body is not JSON" + place + ".";
  }

  private <T> T bind(byte[] body, Class<T> type) {
    try {
      return jsonb.fromJson(new ByteArrayInputStream(body), type);
    } catch (JsonbException e) {
      throw new InvalidInputException(
          "A value does not fit its type (a number too large, a date that is none). See the schema.");
    }
  }

  private RecordFormat format(Type type) {
    return formats.computeIfAbsent(
        type,
        t -> {
          var structure = schemas.structureOf(t);
          return new RecordFormat(schemas.of(t), structure, registry.getSchema(structure));
        });
  }
}

package io.quickscale.json;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import io.quickscale.problem.MalformedJsonProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.Violation;
import io.quickscale.service.InvalidInputException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Reads records from JSON strictly and writes values as JSON. Reading goes in three steps, each
 * with its own complete list of violations: names, types and values against the record's JSON
 * Schema, binding with Jackson, constraints with Jakarta Validation.
 */
@ApplicationScoped
public class JsonCodec {
  private final Schemas schemas = new Schemas();
  private final SchemaRegistry registry = registry();
  private final Map<Type, RecordFormat> formats = new ConcurrentHashMap<>();
  private final ObjectMapper canonical = Binding.canonical();
  private final ObjectMapper inOrder = Binding.inOrder();

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
   * @throws MalformedJsonProblem it is not JSON in UTF-8, nests too deep, or names a member twice
   * @throws InvalidInputException with every violation: texts and numbers that nobody can take,
   *     unknown members, wrong types, broken constraints
   */
  public <T> T read(byte[] body, Class<T> type) {
    return type.cast(read(body, (Type) type));
  }

  /** Reads a record that may have type parameters, see {@link #read(byte[], Class)}. */
  public Object read(byte[] body, Type type) {
    BodyReader.Body sent = BodyReader.read(body);
    List<Violation> violations = wrongStructure(sent, type);
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
    Object value = bind(sent.tree(), javaType(type));
    validate(value);
    return value;
  }

  /**
   * Reads an object that has one member, an array with the inputs of many runs. Each is read as
   * {@link #read(byte[], Type)} does; all violations of all of them are told together.
   *
   * @param body UTF-8
   * @param most how many there may be
   * @param mostBytes how large each may be, in bytes of JSON; null for no limit
   * @throws MalformedJsonProblem it is not JSON
   * @throws InvalidInputException something is wrong; its fields begin with {@code member[index]}
   */
  public List<Object> readMany(byte[] body, String member, int most, Integer mostBytes, Type type) {
    BodyReader.Body sent = BodyReader.read(body);
    List<Violation> violations = new ArrayList<>(sent.violations());
    JsonNode array = sent.tree().path(member);
    violations.addAll(envelope(sent.tree(), member, most));
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
    List<Object> values = new ArrayList<>(array.size());
    JavaType javaType = javaType(type);
    for (int i = 0; i < array.size(); i++) {
      try {
        values.add(readOne(array.get(i), mostBytes, type, javaType));
      } catch (InvalidInputException wrong) {
        violations.addAll(within(FieldPath.ROOT.member(member).element(i), wrong));
      }
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
    return values;
  }

  private static List<Violation> envelope(JsonNode body, String member, int most) {
    List<Violation> violations = new ArrayList<>();
    if (!body.isObject()) {
      return List.of(new Violation("", "must be an object with the member '" + member + "'"));
    }
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!name.equals(member)) {
                violations.add(new Violation(name, "is not known here. Known here: " + member));
              }
            });
    JsonNode array = body.path(member);
    if (array.isMissingNode()) {
      violations.add(new Violation(member, "is required"));
    } else if (!array.isArray()) {
      violations.add(new Violation(member, "must be an array of inputs"));
    } else if (array.isEmpty() || array.size() > most) {
      violations.add(
          new Violation(
              member, "must have 1 to %d elements, not %d".formatted(most, array.size())));
    }
    return violations;
  }

  private Object readOne(JsonNode tree, Integer mostBytes, Type type, JavaType javaType) {
    if (mostBytes != null && tree.toString().getBytes(StandardCharsets.UTF_8).length > mostBytes) {
      throw InvalidInputException.of("", "is larger than %d bytes".formatted(mostBytes));
    }
    List<Violation> violations = format(type).violations(tree);
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
    Object value = bind(tree, javaType);
    validate(value);
    return value;
  }

  private static List<Violation> within(FieldPath place, InvalidInputException wrong) {
    return wrong.violations().stream()
        .map(violation -> new Violation(place.inside(violation.field()), violation.message()))
        .toList();
  }

  /**
   * What the first step of reading would say against a body: unknown and missing members, wrong
   * types, texts and numbers that nobody can take. Nothing is bound, no constraint is looked at.
   *
   * @throws MalformedJsonProblem see {@link #read(byte[], Class)}
   */
  public List<Violation> wrongStructure(byte[] body, Type type) {
    return wrongStructure(BodyReader.read(body), type);
  }

  private List<Violation> wrongStructure(BodyReader.Body sent, Type type) {
    List<Violation> violations = new ArrayList<>(sent.violations());
    // In place of what nobody can take stands something else, of which nothing more is said.
    Set<String> refused = violations.stream().map(Violation::field).collect(Collectors.toSet());
    format(type).violations(sent.tree()).stream()
        .filter(violation -> !refused.contains(violation.field()))
        .forEach(violations::add);
    return violations;
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

  /**
   * The same for many.
   *
   * @param name what they are called in violations, as in {@code name[3].text}
   */
  public void validateEach(String name, List<?> values) {
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      try {
        validate(values.get(i));
      } catch (InvalidInputException wrong) {
        violations.addAll(within(FieldPath.ROOT.member(name).element(i), wrong));
      }
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  /** Writes a record of our own with its members in their order, for people to read. */
  public String writeInOrder(Record value) {
    return Binding.write(inOrder, value);
  }

  /**
   * Writes any value in its canonical form: members sorted by name.
   *
   * @throws IllegalArgumentException it has no JSON form
   */
  public String write(Object value) {
    return Binding.write(canonical, value);
  }

  /** The value as text, to be put into another one. */
  public JsonText toText(Object value) {
    return new JsonText(write(value));
  }

  /** The value as a JSON tree, to be put into another one. */
  public JsonValue toValue(Object value) {
    return readOwn(write(value), JsonValue.class);
  }

  /** The JSON Schema (draft 2020-12) of a type. */
  public JsonObject schema(Type type) {
    return this.<JsonObject>readOwn(format(type).published().toString(), JsonObject.class);
  }

  /** Reads text that this codec wrote. */
  public <T> T readOwn(String json, Type type) {
    try {
      return canonical.readValue(json, canonical.constructType(type));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("This text is not of " + type, e);
    }
  }

  private Object bind(JsonNode tree, JavaType type) {
    try {
      return canonical.treeToValue(tree, type);
    } catch (JsonMappingException e) {
      throw refusal(e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree cannot be read", e);
    }
  }

  /** What a record's constructor says against its values; its words are for its author. */
  private static Problem refusal(JsonMappingException e) {
    return e.getCause() instanceof Problem problem
        ? problem
        : InvalidInputException.of(
            field(e).toString(), "cannot be taken: its values do not fit together. See the schema");
  }

  private static FieldPath field(JsonMappingException e) {
    FieldPath field = FieldPath.ROOT;
    for (JsonMappingException.Reference step : e.getPath()) {
      field =
          step.getFieldName() == null
              ? field.element(step.getIndex())
              : field.member(step.getFieldName());
    }
    return field;
  }

  /** The registry resolves types with another library than the one that binds. */
  private JavaType javaType(Type type) {
    if (!(type instanceof ResolvedType resolved)) {
      return canonical.constructType(type);
    }
    JavaType[] parameters =
        resolved.getTypeParameters().stream().map(this::javaType).toArray(JavaType[]::new);
    return parameters.length == 0
        ? canonical.constructType(resolved.getErasedType())
        : canonical.getTypeFactory().constructParametricType(resolved.getErasedType(), parameters);
  }

  private RecordFormat format(Type type) {
    return formats.computeIfAbsent(
        type,
        t -> {
          var structure = schemas.structureOf(t);
          return new RecordFormat(schemas.of(t), structure, registry.getSchema(structure));
        });
  }

  private static SchemaRegistry registry() {
    Dialect.Builder dialect = Dialect.builder(Dialects.getDraft202012());
    ValueFormat.all().forEach(dialect::format);
    return SchemaRegistry.withDialect(
        dialect.build(),
        registry ->
            registry.schemaRegistryConfig(
                SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  }
}

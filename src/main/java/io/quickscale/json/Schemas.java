package io.quickscale.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.function.Function;

/** Makes JSON Schemas (draft 2020-12) of Java types as JSON-B reads and writes them. */
final class Schemas {
  /** JSON-B takes the first character of a longer text. */
  static final String ONE_CHARACTER = "^[\\s\\S]$";

  private final SchemaGenerator published;
  private final SchemaGenerator structure;

  Schemas() {
    SchemaGeneratorConfigBuilder forCallers = config();
    addConstraints(forCallers);
    forCallers
        .forFields()
        .withNumberInclusiveMinimumResolver(
            field ->
                NumberRange.publishedOf(field.getType().getErasedType(), NumberRange::smallest))
        .withNumberInclusiveMaximumResolver(
            field ->
                NumberRange.publishedOf(field.getType().getErasedType(), NumberRange::largest));
    published = new SchemaGenerator(forCallers.build());

    // The first resolver that knows an answer wins: here the type's own range.
    SchemaGeneratorConfigBuilder forChecks = config();
    forChecks
        .forFields()
        .withNumberInclusiveMinimumResolver(
            field -> NumberRange.of(field.getType().getErasedType(), NumberRange::smallest))
        .withNumberInclusiveMaximumResolver(
            field -> NumberRange.of(field.getType().getErasedType(), NumberRange::largest));
    addConstraints(forChecks);
    structure = new SchemaGenerator(forChecks.build());
  }

  /** The schema of a record or another type for callers, with the constraints. */
  ObjectNode of(Type type) {
    ObjectNode schema = published.generateSchema(type);
    anchorPatterns(schema);
    return schema;
  }

  /** Jakarta Validation matches a whole text, JSON Schema any part of it, unless it is told so. */
  private static void anchorPatterns(JsonNode schema) {
    schema.forEach(Schemas::anchorPatterns);
    String pattern = schema.path("pattern").textValue();
    if (pattern != null && !pattern.startsWith("^")) {
      ((ObjectNode) schema).put("pattern", "^(?:" + pattern + ")$");
    }
  }

  /**
   * The schema to check a body with before it is bound, with the ranges of the Java types in place
   * of the constraints on numbers. It allows no nulls: they are taken out before.
   */
  ObjectNode structureOf(Type type) {
    ObjectNode schema = structure.generateSchema(type);
    dropNulls(schema);
    return schema;
  }

  private static SchemaGeneratorConfigBuilder config() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
            .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
            .with(Option.EXTRA_OPEN_API_FORMAT_VALUES)
            .with(Option.INLINE_NULLABLE_SCHEMAS);
    config
        .forFields()
        .withPropertyNameOverrideResolver(field -> JsonNames.snakeCase(field.getDeclaredName()))
        .withRequiredCheck(field -> field.getType().getErasedType().isPrimitive());
    config
        .forTypesInGeneral()
        .withCustomDefinitionProvider(
            (type, context) -> {
              ObjectNode schema =
                  anyJson(type.getErasedType(), context.getGeneratorConfig().createObjectNode());
              return schema == null
                  ? null
                  : new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.NO);
            });
    return config;
  }

  private static void addConstraints(SchemaGeneratorConfigBuilder config) {
    config.with(
        new JakartaValidationModule(
            JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
            JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
  }

  private static ObjectNode anyJson(Class<?> type, ObjectNode schema) {
    if (JsonObject.class == type) {
      return schema.put("type", "object");
    } else if (JsonArray.class == type) {
      return schema.put("type", "array");
    } else if (JsonValue.class == type || Object.class == type) {
      return schema;
    } else if (byte[].class == type) {
      return schema.put("type", "string").put("contentEncoding", "base64");
    } else if (Character.class == type || char.class == type) {
      return schema.put("type", "string").put("pattern", ONE_CHARACTER);
    } else if (Byte.class == type || byte.class == type) {
      return schema.put("type", "integer").put("minimum", -128).put("maximum", 127);
    }
    return null;
  }

  /** Takes out what the generator adds for {@code Optional}. */
  private static void dropNulls(JsonNode schema) {
    schema.forEach(Schemas::dropNulls);
    dropNull(schema.path("type"), JsonNode::asText);
    dropNull(schema.path("anyOf"), alternative -> alternative.path("type").asText());
  }

  private static void dropNull(JsonNode list, Function<JsonNode, String> type) {
    if (list.isArray()) {
      Iterator<JsonNode> elements = list.elements();
      while (elements.hasNext()) {
        if (type.apply(elements.next()).equals("null")) {
          elements.remove();
        }
      }
    }
  }
}

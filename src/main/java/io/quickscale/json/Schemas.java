package io.quickscale.json;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationModule;
import com.github.victools.jsonschema.module.jakarta.validation.JakartaValidationOption;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Makes JSON Schemas (draft 2020-12) of Java types as they are read and written here. */
final class Schemas {
  private final SchemaGenerator published;
  private final SchemaGenerator structure;

  Schemas() {
    SchemaGeneratorConfigBuilder forCallers = config(ScalarForm.PUBLISHED);
    forCallers
        .forFields()
        .withNumberInclusiveMinimumResolver(field -> limit(field, NumberType::publishedSmallest))
        .withNumberInclusiveMaximumResolver(field -> limit(field, NumberType::publishedLargest))
        .withInstanceAttributeOverride(
            (schema, field, context) -> countBase64(schema, field.getType()));
    published = new SchemaGenerator(forCallers.build());
    structure = new SchemaGenerator(config(ScalarForm.CHECKED).build());
  }

  /** The schema of a record or another type for callers, with the constraints. */
  ObjectNode of(Type type) {
    ObjectNode schema = published.generateSchema(type);
    anchorPatterns(schema);
    return schema;
  }

  /**
   * The schema to check a body with before it is bound: instead of formats and limits it has the
   * names of {@link ValueFormat}.
   */
  ObjectNode structureOf(Type type) {
    return structure.generateSchema(type);
  }

  /** Jakarta Validation matches a whole text, JSON Schema any part of it, unless it is told so. */
  private static void anchorPatterns(JsonNode schema) {
    schema.forEach(Schemas::anchorPatterns);
    String pattern = schema.path("pattern").textValue();
    if (pattern != null && !pattern.startsWith("^")) {
      ((ObjectNode) schema).put("pattern", "^(?:" + pattern + ")$");
    }
  }

  private static SchemaGeneratorConfigBuilder config(ScalarForm form) {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
            .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
            .with(Option.INLINE_NULLABLE_SCHEMAS)
            .without(Option.TRANSIENT_FIELDS)
            .with(
                new JakartaValidationModule(
                    JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
                    JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS));
    config
        .forFields()
        .withIgnoreCheck(field -> !MemberNames.isMember(field.getRawMember()))
        .withPropertyNameOverrideResolver(field -> JsonNames.snakeCase(field.getDeclaredName()))
        .withRequiredCheck(field -> field.getType().getErasedType().isPrimitive());
    config
        .forTypesInGeneral()
        .withCustomDefinitionProvider(
            (type, context) -> definition(type.getErasedType(), context, form))
        .withTypeAttributeOverride((schema, scope, context) -> nameKeys(schema, scope, form));
    return config;
  }

  private static CustomDefinition definition(
      Class<?> type, SchemaGenerationContext context, ScalarForm form) {
    ObjectNode schema = context.getGeneratorConfig().createObjectNode();
    if (anyJson(type, schema)) {
      return new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.NO);
    }
    return form.describe(type, schema)
        ? new CustomDefinition(schema, DefinitionType.INLINE, AttributeInclusion.YES)
        : null;
  }

  private static boolean anyJson(Class<?> type, ObjectNode schema) {
    if (JsonObject.class == type) {
      schema.put("type", "object");
    } else if (JsonArray.class == type) {
      schema.put("type", "array");
    } else if (JsonStructure.class == type) {
      schema.putArray("type").add("object").add("array");
    } else if (JsonString.class == type) {
      schema.put("type", "string");
    } else if (JsonNumber.class == type) {
      schema.put("type", "number");
    }
    return JsonValue.class.isAssignableFrom(type) || Object.class == type;
  }

  /** The keys of a map that are not any text. */
  private static void nameKeys(ObjectNode schema, TypeScope scope, ScalarForm form) {
    ResolvedType type = scope.getTypeParameterFor(Map.class, 0);
    if (type == null) {
      return;
    }
    Class<?> key = type.getErasedType();
    ObjectNode names = schema.objectNode();
    if (key.isEnum()) {
      ArrayNode constants = names.putArray("enum");
      for (Object constant : key.getEnumConstants()) {
        constants.add(((Enum<?>) constant).name());
      }
    } else {
      form.describeKey(key, names);
    }
    if (!names.isEmpty()) {
      schema.set("propertyNames", names);
    }
  }

  private static BigDecimal limit(FieldScope field, Function<NumberType, BigDecimal> limit) {
    return Optional.ofNullable(NumberType.of(field.getType().getErasedType()))
        .map(limit)
        .orElse(null);
  }

  /** A constraint on the number of bytes, said in the characters that callers send. */
  private static void countBase64(ObjectNode schema, ResolvedType type) {
    if (type.getErasedType() == byte[].class) {
      countBase64(schema, "minItems", "minLength");
      countBase64(schema, "maxItems", "maxLength");
    }
  }

  private static void countBase64(ObjectNode schema, String bytes, String characters) {
    JsonNode limit = schema.remove(bytes);
    if (limit != null) {
      schema.put(characters, (limit.asLong() + 2) / 3 * 4);
    }
  }
}

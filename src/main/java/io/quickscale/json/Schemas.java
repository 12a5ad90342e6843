package io.quickscale.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
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
import java.math.BigDecimal;

/**
 * Makes JSON Schemas (draft 2020-12) of Java types as JSON-B reads and writes them, constraints
 * included.
 */
final class Schemas {
  private final SchemaGenerator generator = new SchemaGenerator(config().build());

  /** The schema of a record or another type. */
  ObjectNode of(Type type) {
    return generator.generateSchema(type);
  }

  private static SchemaGeneratorConfigBuilder config() {
    SchemaGeneratorConfigBuilder config =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(
                new JakartaValidationModule(
                    JakartaValidationOption.NOT_NULLABLE_FIELD_IS_REQUIRED,
                    JakartaValidationOption.INCLUDE_PATTERN_EXPRESSIONS))
            .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
            .with(Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
            .with(Option.EXTRA_OPEN_API_FORMAT_VALUES)
            .with(Option.INLINE_NULLABLE_SCHEMAS);
    config
        .forFields()
        .withPropertyNameOverrideResolver(field -> JsonNames.snakeCase(field.getDeclaredName()))
        .withRequiredCheck(field -> field.getType().getErasedType().isPrimitive())
        .withNumberInclusiveMinimumResolver(field -> smallest(field.getType().getErasedType()))
        .withNumberInclusiveMaximumResolver(field -> largest(field.getType().getErasedType()));
    config
        .forTypesInGeneral()
        .withCustomDefinitionProvider(
            (type, context) -> {
              ObjectNode schema =
                  anyJson(type.getErasedType(), context.getGeneratorConfig().createObjectNode());
              return schema == null ? null : new CustomDefinition(schema, true);
            });
    return config;
  }

  /**
   * JSON-B cuts off what does not fit an integer: the schema says what fits, so that it is refused
   * before.
   */
  private static BigDecimal smallest(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return BigDecimal.valueOf(Integer.MIN_VALUE);
    }
    return type == long.class || type == Long.class ? BigDecimal.valueOf(Long.MIN_VALUE) : null;
  }

  private static BigDecimal largest(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return BigDecimal.valueOf(Integer.MAX_VALUE);
    }
    return type == long.class || type == Long.class ? BigDecimal.valueOf(Long.MAX_VALUE) : null;
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
    }
    return null;
  }
}

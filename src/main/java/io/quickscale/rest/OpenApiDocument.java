package io.quickscale.rest;

import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import io.quickscale.json.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The OpenAPI document: what is written by hand in {@code META-INF/openapi.yaml}, laid over the
 * schemas that the records say themselves.
 */
final class OpenApiDocument {
  private static final String REQUIRED = "required";

  private final ObjectMapper yaml = yamlMapper();
  private final ObjectNode tree;

  /**
   * Puts the document together.
   *
   * @param byHand the YAML that is written by hand
   * @throws IOException it cannot be read
   */
  OpenApiDocument(InputStream byHand, JsonCodec codec) throws IOException {
    tree = (ObjectNode) yaml.readTree(byHand);
    ObjectNode schemas = (ObjectNode) tree.path("components").path("schemas");
    for (Map.Entry<String, ObjectNode> generated : new ApiSchemas(codec).all().entrySet()) {
      JsonNode written = schemas.path(generated.getKey());
      schemas.set(generated.getKey(), laidOver(generated.getValue(), written));
    }
  }

  byte[] asJson() {
    return tree.toString().getBytes(StandardCharsets.UTF_8);
  }

  byte[] asYaml() throws IOException {
    return yaml.writeValueAsBytes(tree);
  }

  /** A reference says all; a list of required members is added to; else the hand has its way. */
  private static JsonNode laidOver(JsonNode generated, JsonNode written) {
    if (written.has("$ref")) {
      return written;
    } else if (!(written.isObject() && generated.isObject())) {
      return written.isMissingNode() ? generated : written;
    }
    ObjectNode both = generated.deepCopy();
    for (Map.Entry<String, JsonNode> member : written.properties()) {
      String name = member.getKey();
      both.set(
          name,
          name.equals(REQUIRED)
              ? required(generated, member.getValue())
              : laidOver(generated.path(name), member.getValue()));
    }
    return both;
  }

  /** In the order of the members. */
  private static ArrayNode required(JsonNode generated, JsonNode written) {
    Set<JsonNode> all = new HashSet<>();
    generated.path(REQUIRED).forEach(all::add);
    written.forEach(all::add);
    ArrayNode required = ((ArrayNode) written).arrayNode();
    for (Map.Entry<String, JsonNode> member : generated.path("properties").properties()) {
      JsonNode name = required.textNode(member.getKey());
      if (all.remove(name)) {
        required.add(name);
      }
    }
    all.forEach(required::add);
    return required;
  }

  private static ObjectMapper yamlMapper() {
    YAMLFactory factory =
        YAMLFactory.builder()
            .disable(Feature.WRITE_DOC_START_MARKER)
            .disable(Feature.SPLIT_LINES)
            .enable(Feature.MINIMIZE_QUOTES)
            .enable(Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .stringQuotingChecker(new YamlQuotes())
            .build();
    return new ObjectMapper(factory).enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  }
}

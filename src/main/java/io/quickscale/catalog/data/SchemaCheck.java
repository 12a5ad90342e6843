package io.quickscale.catalog.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import com.networknt.schema.path.PathType;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks JSON against a caller's JSON Schema, draft 4 to 2020-12 (the default). The schema is not
 * trusted: it loads nothing from anywhere, and its work is bounded.
 */
final class SchemaCheck {
  private static final Logger LOG = System.getLogger(SchemaCheck.class.getName());

  private static final Dialect DEFAULT = Dialects.getDraft202012();

  private static final Map<String, Dialect> DIALECTS =
      Stream.of(
              Dialects.getDraft4(),
              Dialects.getDraft6(),
              Dialects.getDraft7(),
              Dialects.getDraft201909(),
              DEFAULT)
          .map(SchemaCheck::withBoundedFormats)
          .collect(Collectors.toUnmodifiableMap(Dialect::getId, Function.identity()));

  private static final Map<String, Schema> SCHEMAS_OF_SCHEMAS = schemasOfSchemas();

  private final BoundedRegexes regexes = new BoundedRegexes();
  private final Schema schema;

  private SchemaCheck(JsonNode schema) {
    this.schema = registry(regexes).getSchema(schema);
    this.schema.initializeValidators();
    regexes.throwRefusal();
  }

  /**
   * @throws BadRuleException the schema cannot be used
   */
  static SchemaCheck with(JsonNode schema) {
    return guarded(
        () -> {
          requireSchema(schema);
          return new SchemaCheck(schema);
        });
  }

  /**
   * @return what is wrong with the data, at most {@link BoundedExecution#MOST_ERRORS}
   * @throws BadRuleException the schema cannot be used on this data
   */
  List<Finding> check(JsonNode data) {
    return guarded(
        () -> {
          List<Finding> findings = findings(schema, data);
          // Once more: some parts of a schema are only compiled when data gets there.
          regexes.throwRefusal();
          return findings;
        });
  }

  private static <T> T guarded(Supplier<T> work) {
    try {
      return work.get();
    } catch (BadRuleException e) {
      throw e;
    } catch (StackOverflowError e) {
      throw new BadRuleException("its references are nested too deep, or refer to themselves");
    } catch (RuntimeException e) {
      throw new BadRuleException(reason(e));
    }
  }

  /**
   * The library has words for most mistakes in a schema; on odd identifiers and references it fails
   * with whatever exception comes first.
   */
  private static String reason(RuntimeException e) {
    if (e instanceof SchemaException && e.getCause() == null) {
      return Finding.shortened(e.getMessage());
    }
    LOG.log(Level.DEBUG, "A caller's JSON Schema cannot be used", e);
    return "has an identifier or a reference that cannot be used";
  }

  private static void requireSchema(JsonNode schema) {
    if (!schema.isObject() && !schema.isBoolean()) {
      throw new BadRuleException("a schema is an object or a boolean");
    }
    if (!JsonShape.of(schema).findings().isEmpty()) {
      throw new BadRuleException("it has a number too large to compute with");
    }
    Schema schemaOfSchemas = SCHEMAS_OF_SCHEMAS.get(dialectId(schema));
    if (schemaOfSchemas == null) {
      throw new BadRuleException(
          "$schema is one of " + DIALECTS.keySet().stream().sorted().toList());
    }
    List<Finding> mistakes = findings(schemaOfSchemas, schema);
    if (!mistakes.isEmpty()) {
      Finding first = mistakes.get(0);
      throw new BadRuleException(
          "%s: %s".formatted(first.path().isEmpty() ? "/" : first.path(), first.message()));
    }
  }

  private static String dialectId(JsonNode schema) {
    String id = schema.path("$schema").asText(DEFAULT.getId());
    // Drafts 4 to 7 are written with and without the empty fragment.
    return DIALECTS.containsKey(id + "#") ? id + "#" : id;
  }

  /** A registry for one request, since it keeps every schema that it has seen. */
  private static SchemaRegistry registry(BoundedRegexes regexes) {
    SchemaRegistryConfig config =
        SchemaRegistryConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .regularExpressionFactory(regexes)
            .build();
    return SchemaRegistry.withDialects(
        List.copyOf(DIALECTS.values()),
        builder ->
            builder
                .defaultDialectId(DEFAULT.getId())
                .schemaRegistryConfig(config)
                .schemaLoader(loader -> loader.allow(iri -> false)));
  }

  private static List<Finding> findings(Schema schema, JsonNode data) {
    BoundedExecution execution = new BoundedExecution();
    schema.validate(execution, data);
    return execution.getErrors().stream().map(SchemaCheck::finding).toList();
  }

  private static Finding finding(Error error) {
    String message =
        error.getKeyword().equals("format")
            ? FormatSentence.of(String.valueOf(error.getArguments()[0]))
            : error.getMessage();
    return Finding.at(error.getInstanceLocation().toString(), message);
  }

  private static Map<String, Schema> schemasOfSchemas() {
    SchemaRegistry registry = SchemaRegistry.withDialects(List.copyOf(DIALECTS.values()));
    return DIALECTS.keySet().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                Function.identity(), id -> registry.getSchema(SchemaLocation.of(id))));
  }

  private static Dialect withBoundedFormats(Dialect dialect) {
    return Dialect.builder(dialect).formats(SchemaCheck::bound).build();
  }

  private static void bound(Map<String, Format> formats) {
    // The library's own would ask for the schema's expressions, which are RE2's.
    formats.put("regex", new RegexFormat());
    put(formats, "date-time", Rfc3339::isDateTime);
    put(formats, "date", Rfc3339::isDate);
    put(formats, "time", Rfc3339::isTime);
    formats.computeIfPresent("email", (name, format) -> StrictFormat.mailbox(format));
    formats.computeIfPresent("idn-email", (name, format) -> StrictFormat.mailbox(format));
    formats.replaceAll((name, format) -> new BoundedFormat(format));
  }

  /** Drafts have the formats that they know; others stay unknown to them. */
  private static void put(Map<String, Format> formats, String name, Predicate<String> check) {
    formats.computeIfPresent(name, (key, format) -> new StrictFormat(name, check));
  }
}

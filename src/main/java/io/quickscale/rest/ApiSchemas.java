package io.quickscale.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quickscale.access.Role;
import io.quickscale.credit.GrantKind;
import io.quickscale.credit.TransactionKind;
import io.quickscale.job.JobKind;
import io.quickscale.job.JobStatus;
import io.quickscale.job.NewJob;
import io.quickscale.json.JsonCodec;
import io.quickscale.json.JsonNames;
import io.quickscale.pipeline.PipelineDocument;
import io.quickscale.pipeline.PipelineResult;
import io.quickscale.pipeline.StepDocument;
import io.quickscale.problem.Violation;
import io.quickscale.registry.FailurePolicy;
import io.quickscale.run.Usage;
import io.quickscale.service.CreditCheck;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What the records and words of the API say of themselves, as schemas of OpenAPI 3.0: names, types
 * and constraints of members. What they mean, and which may be missing in an answer, is written by
 * hand.
 */
final class ApiSchemas {
  /** Read from requests; by their names in the document. */
  static final Map<String, Class<? extends Record>> REQUESTS =
      Map.ofEntries(
          Map.entry("GrantRequest", GrantRequest.class),
          Map.entry("NewApiKeyRequest", KeyView.NewKeyRequest.class),
          Map.entry("NewJob", NewJob.class),
          Map.entry("NewUser", UserView.NewUserRequest.class),
          Map.entry("PipelineDefinition", PipelineView.PipelineDefinition.class),
          Map.entry("PipelineDocument", PipelineDocument.class),
          Map.entry("PipelineInput", PipelineView.PipelineInputRequest.class),
          Map.entry("PipelineStep", StepDocument.class),
          Map.entry("Reason", AdminCreditsResource.Reason.class),
          Map.entry("ServiceChange", ServiceChange.class),
          Map.entry("ServiceLimitsChange", ServiceChange.LimitsChange.class),
          Map.entry("UnitPriceChange", ServiceChange.UnitPriceChange.class),
          Map.entry("UserChange", UserView.UserChange.class));

  /** Written as answers; by their names in the document. */
  static final Map<String, Class<? extends Record>> ANSWERS =
      Map.ofEntries(
          Map.entry("Account", UserView.Account.class),
          Map.entry("ApiKey", KeyView.class),
          Map.entry("AuditEntry", AdminAuditLogResource.AuditView.class),
          Map.entry("BatchItem", BatchView.Item.class),
          Map.entry("BatchResult", BatchView.class),
          Map.entry("CreditBalance", CreditsView.class),
          Map.entry("CreditCheck", CreditCheck.class),
          Map.entry("Discrepancy", AdminCreditsResource.DiscrepancyView.class),
          Map.entry("ExpiringCredits", CreditsView.Expiring.class),
          Map.entry("Grant", CreditsView.GrantView.class),
          Map.entry("GrantShare", GrantShareView.class),
          Map.entry("Identity", UserView.Identity.class),
          Map.entry("InnerRun", InnerRunView.class),
          Map.entry("Job", JobView.class),
          Map.entry("JobItem", JobView.Item.class),
          Map.entry("JobProgress", JobView.Progress.class),
          Map.entry("LedgerReport", AdminCreditsResource.VerifyView.class),
          Map.entry("Me", UserView.Me.class),
          Map.entry("MeteredUnit", UnitView.class),
          Map.entry("NewApiKey", KeyView.NewKeyView.class),
          Map.entry("Pipeline", PipelineView.class),
          Map.entry("PipelineResult", PipelineResult.class),
          Map.entry("PipelineStepResult", PipelineResult.Step.class),
          Map.entry("Pricing", ServiceView.Pricing.class),
          Map.entry("Receipt", RunView.Receipt.class),
          Map.entry("RefundedUsage", AdminCreditsResource.RefundView.class),
          Map.entry("RunResult", RunView.class),
          Map.entry("Service", ServiceView.class),
          Map.entry("ServiceLimits", ServiceView.Limits.class),
          Map.entry("Transaction", TransactionView.class),
          Map.entry("UnitPrice", ServiceView.Unit.class),
          Map.entry("Usage", UsageView.class),
          Map.entry("UsageSummary", UsageView.SummaryView.class),
          Map.entry("UsageSummaryRow", UsageView.SummaryRow.class),
          Map.entry("User", UserView.class),
          Map.entry("ValidInput", ServicesResource.Valid.class),
          Map.entry("Violation", Violation.class),
          Map.entry("VoidedGrant", AdminCreditsResource.VoidView.class));

  /** The answers of which there are pages. */
  static final List<String> IN_PAGES =
      List.of(
          "ApiKey",
          "AuditEntry",
          "Job",
          "JobItem",
          "Pipeline",
          "Service",
          "Transaction",
          "Usage",
          "User");

  /** The texts that are one of a few words. */
  static final Map<String, List<String>> WORDS =
      Map.of(
          "FailurePolicy", words(FailurePolicy.values(), FailurePolicy::word),
          "GrantKind", words(GrantKind.values(), GrantKind::word),
          "JobKind", words(JobKind.values(), JobKind::word),
          "JobStatus", words(JobStatus.values(), JobStatus::word),
          "Role", words(Role.values(), Role::word),
          "TransactionKind", words(TransactionKind.values(), TransactionKind::word),
          "UsageStatus", words(Usage.Status.values(), Usage.Status::word));

  private static final String PLACE = "#/components/schemas/";
  private static final BigDecimal MICRO_CREDIT = new BigDecimal("0.000001");

  /** Limits of the Java types themselves, which a format already tells. */
  private static final Set<Long> LIMITS_OF_TYPES =
      Set.of((long) Integer.MIN_VALUE, (long) Integer.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);

  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<Type, String> names = new HashMap<>();
  private final JsonCodec codec;

  ApiSchemas(JsonCodec codec) {
    this.codec = codec;
    REQUESTS.forEach((name, type) -> names.put(type, name));
    ANSWERS.forEach((name, type) -> names.put(type, name));
  }

  /** All schemas, by name. */
  Map<String, ObjectNode> all() {
    Map<String, ObjectNode> all = new TreeMap<>();
    WORDS.forEach((name, words) -> all.put(name, word(words)));
    ANSWERS.forEach((name, type) -> all.put(name, answer(type)));
    REQUESTS.forEach((name, type) -> all.put(name, request(type)));
    IN_PAGES.forEach(name -> all.put(name + "Page", page(name)));
    return all;
  }

  private static <T> List<String> words(T[] values, Function<T, String> word) {
    return Stream.of(values).map(word).toList();
  }

  private ObjectNode word(List<String> words) {
    ObjectNode schema = mapper.createObjectNode().put("type", "string");
    words.forEach(schema.putArray("enum")::add);
    return schema;
  }

  private ObjectNode page(String item) {
    ObjectNode schema = mapper.createObjectNode().put("type", "object");
    schema.putArray("required").add("items");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("items").put("type", "array").set("items", reference(item));
    properties.putObject("next_cursor").put("type", "string");
    return schema;
  }

  private ObjectNode answer(Class<? extends Record> type) {
    return record(type);
  }

  private ObjectNode request(Class<? extends Record> type) {
    ObjectNode schema = record(type);
    schema.put("additionalProperties", false);
    if (type.isAnnotationPresent(SomethingToChange.class)) {
      schema.put("minProperties", 1);
    }
    return schema;
  }

  /** Clients should expect new members in answers: only requests refuse them. */
  private ObjectNode record(Class<? extends Record> type) {
    JsonNode enforced = enforced(type);
    Set<String> required = new HashSet<>();
    enforced.path("required").forEach(name -> required.add(name.textValue()));
    ObjectNode schema = mapper.createObjectNode().put("type", "object");
    ArrayNode present = mapper.createArrayNode();
    ObjectNode properties = mapper.createObjectNode();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = JsonNames.snakeCase(component.getName());
      if (required.contains(name)) {
        present.add(name);
      }
      properties.set(
          name, member(component.getGenericType(), enforced.path("properties").path(name)));
    }
    if (!present.isEmpty()) {
      schema.set("required", present);
    }
    schema.set("properties", properties);
    return schema;
  }

  private JsonNode enforced(Class<? extends Record> type) {
    try {
      return mapper.readTree(codec.schema(type).toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A schema is not JSON", e);
    }
  }

  private ObjectNode member(Type type, JsonNode enforced) {
    if (names.containsKey(type)) {
      return reference(names.get(type));
    }
    ObjectNode schema = mapper.createObjectNode();
    for (String keyword :
        List.of("type", "format", "minLength", "maxLength", "pattern", "minItems", "maxItems")) {
      if (enforced.has(keyword)) {
        schema.set(keyword, enforced.get(keyword));
      }
    }
    for (String keyword : List.of("minimum", "maximum")) {
      if (enforced.has(keyword) && !LIMITS_OF_TYPES.contains(enforced.get(keyword).longValue())) {
        schema.set(keyword, enforced.get(keyword));
      }
    }
    if (type == BigDecimal.class) {
      schema.put("multipleOf", MICRO_CREDIT);
    }
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      schema.set("items", member(list.getActualTypeArguments()[0], enforced.path("items")));
    }
    return schema;
  }

  private ObjectNode reference(String name) {
    return mapper.createObjectNode().put("$ref", PLACE + name);
  }
}

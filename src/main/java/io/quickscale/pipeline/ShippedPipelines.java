package io.quickscale.pipeline;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * The pipelines that come with the server, stored when there has never been one of their name: from
 * then on they are the operators', who may change and remove them.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
public class ShippedPipelines {
  private static final String TEXT_ANALYSIS = "text_analysis";

  /** What sentiment_analysis takes at most. */
  private static final int MOST_CHARACTERS = 10_000;

  @Inject NamedPipelines pipelines;

  /** Of nodes that start at once, one stores it and the others find it. */
  @PostConstruct
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void start() {
    if (pipelines.wasEver(TEXT_ANALYSIS)) {
      return;
    }
    try {
      pipelines.store(
          TEXT_ANALYSIS,
          "Validates a text; if it is one, extracts its keywords and judges its sentiment. Input:"
              + " {\"text\": \"…\"}, at most 10,000 characters.",
          textAnalysis());
    } catch (RuntimeException e) {
      if (!pipelines.wasEver(TEXT_ANALYSIS)) {
        throw e;
      }
    }
  }

  static List<StepDocument> textAnalysis() {
    JsonObject text = Json.createObjectBuilder().add("$from", "/input/text").build();
    JsonObject onlyText = Json.createObjectBuilder().add("text", text).build();
    JsonObject isValid =
        Json.createObjectBuilder()
            .add("$from", "/steps/validation/result/validation/is_valid")
            .add("equals", true)
            .build();
    return List.of(
        new StepDocument(
            "validation",
            "data_validator",
            Json.createObjectBuilder()
                .add("data_type", "text")
                .add("data", text)
                .add("max_length", MOST_CHARACTERS)
                .build(),
            null),
        new StepDocument("keywords", "keyword_extractor", onlyText, isValid),
        new StepDocument("sentiment", "sentiment_analysis", onlyText, isValid));
  }
}

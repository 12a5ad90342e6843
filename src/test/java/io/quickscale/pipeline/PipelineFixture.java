package io.quickscale.pipeline;

import io.quickscale.catalog.data.DataValidatorService;
import io.quickscale.catalog.text.KeywordExtractorService;
import io.quickscale.catalog.text.SentimentAnalysisService;
import io.quickscale.credit.Credits;
import io.quickscale.json.JsonCodec;
import io.quickscale.platform.MapConfig;
import io.quickscale.problem.Violation;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.ServiceFixture;
import io.quickscale.service.InvalidInputException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Documents as callers write them (with ' for "), and a few services that they name. */
final class PipelineFixture {
  static final int MOST_STEPS = 6;
  static final JsonCodec CODEC =
      new JsonCodec(Validation.buildDefaultValidatorFactory().getValidator());
  static final StepInputs INPUTS = new StepInputs(CODEC, new MapConfig(Map.of()));

  private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-11-28T06:00:00Z");

  private static final Map<String, RegisteredService> SERVICES =
      Stream.of(
              ServiceFixture.described("say", Text.class, Said.class, CODEC, NOW),
              ServiceFixture.described("free", Free.class, JsonValue.class, CODEC, NOW),
              ServiceFixture.service("gone", Credits.ZERO, null, NOW))
          .collect(Collectors.toMap(RegisteredService::name, Function.identity()));

  private PipelineFixture() {}

  record Text(@NotBlank String text, @Max(9) Integer times, List<Text> more) {}

  record Said(String text, int length, @NotNull Inner inner, List<Inner> list) {}

  record Inner(boolean right, Map<String, Integer> counts, Said deeper) {}

  record Free(JsonValue any) {}

  static PipelineDocument document(String json) {
    return CODEC.read(bytes(json), PipelineDocument.class);
  }

  static JsonObject object(String json) {
    return CODEC.readOwn(json.replace('\'', '"'), JsonObject.class);
  }

  static Optional<RegisteredService> service(String name) {
    return Optional.ofNullable(SERVICES.get(name));
  }

  /** A service of the catalog that {@code text_analysis} runs. */
  static Optional<RegisteredService> shipped(String name) {
    return switch (name) {
      case "data_validator" ->
          described(name, DataValidatorService.Input.class, DataValidatorService.Report.class);
      case "keyword_extractor" ->
          described(
              name, KeywordExtractorService.Input.class, KeywordExtractorService.Keywords.class);
      case "sentiment_analysis" ->
          described(
              name, SentimentAnalysisService.Input.class, SentimentAnalysisService.Sentiment.class);
      default -> Optional.empty();
    };
  }

  private static Optional<RegisteredService> described(
      String name, Class<?> input, Class<?> output) {
    return Optional.of(ServiceFixture.described(name, input, output, CODEC, NOW));
  }

  /** The plan of steps that stand between brackets. */
  static PipelinePlan plan(String steps) {
    return PipelineCheck.check(
        document("{'steps': [" + steps + "]}").steps(),
        PipelineFixture::service,
        INPUTS,
        MOST_STEPS);
  }

  /** What is said against steps. */
  static List<Violation> wrong(String steps) {
    try {
      plan(steps);
      return List.of();
    } catch (InvalidInputException e) {
      return e.violations();
    }
  }

  private static byte[] bytes(String json) {
    return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}

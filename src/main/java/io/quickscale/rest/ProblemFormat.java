package io.quickscale.rest;

import io.quickscale.json.JsonCodec;
import io.quickscale.platform.Metrics;
import io.quickscale.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Problems as JSON (RFC 9457). */
@ApplicationScoped
class ProblemFormat {
  static final String MEDIA_TYPE = "application/problem+json";
  private static final String TYPES = "https://quickscale.io/problems/";

  @Inject JsonCodec codec;
  @Inject Metrics metrics;

  /**
   * The body of an answer.
   *
   * @param instance the path that was asked for
   * @param traceId see {@link RequestTrace}
   */
  String write(Problem problem, String instance, Optional<String> traceId) {
    return write(problem, instance, traceId, Map.of());
  }

  /**
   * The body of an answer with more members.
   *
   * @param instance the path that was asked for
   * @param traceId see {@link RequestTrace}
   * @param more extension members beside the problem's own
   */
  String write(
      Problem problem, String instance, Optional<String> traceId, Map<String, Object> more) {
    JsonObjectBuilder body =
        Json.createObjectBuilder()
            .add("type", TYPES + problem.code())
            .add("title", problem.title())
            .add("status", problem.status())
            .add("detail", problem.detail())
            .add("instance", instance)
            .add("code", problem.code());
    Map<String, Object> members = new LinkedHashMap<>(problem.members());
    members.putAll(more);
    traceId.ifPresent(id -> members.put("trace_id", id));
    members.forEach((name, value) -> body.add(name, codec.toValue(value)));
    count(problem);
    return body.build().toString();
  }

  private void count(Problem problem) {
    metrics.count(
        "quickscale_problems",
        "Answers of application/problem+json, by code",
        1,
        "code",
        problem.code(),
        "status",
        String.valueOf(problem.status()));
  }
}

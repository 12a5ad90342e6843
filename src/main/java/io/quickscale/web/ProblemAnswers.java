package io.quickscale.web;

import io.quickscale.json.JsonCodec;
import io.quickscale.metrics.Metric;
import io.quickscale.metrics.Metrics;
import io.quickscale.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Puts problems into answers (RFC 9457), for all faces alike, and counts them. */
@ApplicationScoped
public class ProblemAnswers {
  private static final String TYPES = "https://quickscale.io/problems/";

  @Inject JsonCodec codec;
  @Inject Metrics metrics;

  /** The answer to a request, which names the path that was asked for. */
  public ProblemAnswer to(HttpServletRequest request, Problem problem) {
    return to(request, request.getRequestURI(), problem);
  }

  /**
   * The answer to a request.
   *
   * @param instance the path that was asked for, where the server has made another one of it
   */
  ProblemAnswer to(HttpServletRequest request, String instance, Problem problem) {
    return of(problem, instance, RequestTrace.of(request), Map.of());
  }

  /**
   * An answer with more members, for a thread that has no request.
   *
   * @param instance the path that was asked for
   * @param traceId see {@link RequestTrace}
   * @param more extension members beside the problem's own
   */
  public ProblemAnswer of(
      Problem problem, String instance, Optional<String> traceId, Map<String, Object> more) {
    count(problem);
    return new ProblemAnswer(
        problem.status(), headers(problem), body(problem, instance, traceId, more));
  }

  private static Map<String, String> headers(Problem problem) {
    Map<String, String> headers = new LinkedHashMap<>();
    problem
        .retryAfterSeconds()
        .ifPresent(seconds -> headers.put("Retry-After", String.valueOf(seconds)));
    if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
      headers.put("WWW-Authenticate", "Bearer realm=\"QuickScale\"");
    }
    return headers;
  }

  private String body(
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
    return body.build().toString();
  }

  private void count(Problem problem) {
    metrics.increment(Metric.PROBLEMS, problem.code(), String.valueOf(problem.status()));
  }
}

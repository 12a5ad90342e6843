package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.quickscale.cli.ScriptedServer.Request;
import io.quickscale.cli.ScriptedServer.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The service {@code echo} on a scripted server: it keeps the promise of idempotency keys and books
 * every charge, so that a test can see what was paid twice.
 */
final class LedgerOfRuns {
  private static final long HOLD_MILLIS = 20;

  private final Map<String, Response> answers = new ConcurrentHashMap<>();
  private final List<String> charged = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger requests = new AtomicInteger();
  private final Map<String, Integer> sent = new ConcurrentHashMap<>();
  private volatile BiFunction<Integer, Request, Response> trouble = (number, request) -> null;
  private final AtomicInteger going = new AtomicInteger();
  private volatile boolean isLosing;
  private volatile Response tooMany;
  private volatile BiFunction<JsonNode, Integer, String> failures = (input, times) -> null;

  LedgerOfRuns(ScriptedServer server) {
    server
        .on(
            "GET /api/v1/services/echo",
            """
            {"name": "echo", "failure_policy": "no_charge",
             "input_schema": {"properties": {
               "text": {"type": "string"}, "n": {"type": ["integer", "null"]},
               "on": {"type": "boolean"}, "tags": {"type": "array"}}},
             "output_schema": {"properties": {"text": {"type": "string"}, "parts": {"type": "array"}}}}
            """)
        .on("GET /api/v1/me", "{\"user\": {\"id\": \"ADA\"}}")
        .on("POST /api/v1/services/echo/run", request -> once(request, this::run))
        .on("POST /api/v1/services/echo/batch", request -> once(request, this::batch));
  }

  /**
   * What goes wrong: asked for before each request.
   *
   * @param instead from the request's number, from 1, and the request to the answer instead; null
   *     for none
   */
  void trouble(BiFunction<Integer, Request, Response> instead) {
    requests.set(0);
    trouble = instead;
  }

  /** The inputs that were charged, one by one. */
  List<String> charged() {
    return List.copyOf(charged);
  }

  /**
   * How runs within a group end.
   *
   * @param instead from an input and how often it was sent to the problem that it ends with; null
   *     for none
   */
  void failures(BiFunction<JsonNode, Integer, String> instead) {
    failures = instead;
  }

  /** Whether the connection breaks when all is done. */
  void loseAnswers(boolean losing) {
    isLosing = losing;
  }

  /** What is answered while another request is being answered. */
  void oneAtATime(Response otherwise) {
    tooMany = otherwise;
  }

  private Response once(Request request, Function<String, Response> run) {
    Response instead = trouble.apply(requests.incrementAndGet(), request);
    if (instead != null) {
      return instead;
    }
    String key = request.header("Idempotency-Key");
    try {
      if (going.incrementAndGet() > 1 && tooMany != null) {
        return tooMany;
      }
      Thread.sleep(tooMany == null ? 0 : HOLD_MILLIS);
      Response answer = answers.computeIfAbsent(key, any -> run.apply(request.body()));
      return isLosing ? Response.BROKEN : answer;
    } catch (InterruptedException e) {
      return Response.BROKEN;
    } finally {
      going.decrementAndGet();
    }
  }

  /** As the API does it: all are checked before the first is charged. */
  private Response batch(String body) {
    try {
      JsonNode items = Json.read(body).path("items");
      List<String> violations = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        if (!items.get(i).has("text")) {
          violations.add(
              "{\"field\": \"items[%d].text\", \"message\": \"is required\"}".formatted(i));
        }
      }
      if (!violations.isEmpty()) {
        return Response.problem(
            400, "invalid_input", ", \"violations\": [" + String.join(",", violations) + "]");
      }
      List<String> answers = new ArrayList<>();
      for (int i = 0; i < items.size(); i++) {
        answers.add(item(i, items.get(i)));
      }
      return Response.ok("{\"items\": [" + String.join(",", answers) + "]}");
    } catch (IOException e) {
      return Response.problem(400, "malformed_json", "");
    }
  }

  private String item(int index, JsonNode input) {
    String problem = failures.apply(input, sent.merge(Json.line(input), 1, Integer::sum));
    if (problem != null) {
      return "{\"index\": %d, \"success\": false, \"error\": %s, \"credits_consumed\": 0, \"usage_id\": \"F\"}"
          .formatted(index, problem);
    }
    charged.add(Json.line(input));
    return "{\"index\": %d, \"success\": true, \"result\": {\"text\": %s}, \"credits_consumed\": 0.5, \"usage_id\": \"U%d\"}"
        .formatted(index, input.path("text"), charged.size());
  }

  private Response run(String body) {
    try {
      JsonNode input = Json.read(body);
      if (!input.has("text")) {
        return Response.problem(
            400,
            "invalid_input",
            ", \"violations\": [{\"field\": \"text\", \"message\": \"is required\"}]");
      }
      charged.add(body);
      return Response.ok(
          "{\"result\": {\"text\": %s, \"parts\": [1, \"a,b\"]}, \"credits_consumed\": 0.5, \"usage_id\": \"U%d\"}"
              .formatted(input.path("text"), charged.size()));
    } catch (IOException e) {
      return Response.problem(400, "malformed_json", "");
    }
  }
}

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

/**
 * The service {@code echo} on a scripted server: it keeps the promise of idempotency keys and books
 * every charge, so that a test can see what was paid twice.
 */
final class LedgerOfRuns {
  private final Map<String, Response> answers = new ConcurrentHashMap<>();
  private final List<String> charged = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger requests = new AtomicInteger();
  private volatile BiFunction<Integer, Request, Response> trouble = (number, request) -> null;

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
        .on("POST /api/v1/services/echo/run", this::run);
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

  private Response run(Request request) {
    Response instead = trouble.apply(requests.incrementAndGet(), request);
    if (instead != null) {
      return instead;
    }
    return answers.computeIfAbsent(
        request.header("Idempotency-Key"), key -> answer(request.body()));
  }

  private Response answer(String body) {
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

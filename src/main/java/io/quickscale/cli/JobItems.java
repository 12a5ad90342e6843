package io.quickscale.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file whose lines are the items of a job. */
final class JobItems {
  private static final int SHOWN = 10;

  private final Api api;
  private final String service;
  private final Path file;
  private final List<Long> lines = new ArrayList<>();

  /**
   * A job's items.
   *
   * @throws Failure there is no such file
   */
  JobItems(Terminal terminal, Api api, String service, String file) {
    this.api = api;
    this.service = "/api/v1/services/" + Api.encode(service);
    this.file = terminal.resolve(file);
    if (file.equals("-") || !Files.isRegularFile(this.file)) {
      throw new Failure("There is no file " + Texts.clean(file) + ".");
    }
  }

  /**
   * Hands the job in.
   *
   * @param priority null for the usual one
   * @return the job
   * @throws Failure it was refused; wrong items are named by their lines
   */
  JsonNode submit(Integer priority, Optional<String> idempotencyKey) {
    ObjectNode body = Json.object();
    body.set("items", read());
    if (priority != null) {
      body.put("priority", priority);
    }
    try {
      return api.postOnce(service + "/jobs", body, idempotencyKey);
    } catch (ProblemFailure refused) {
      Map<Integer, JsonNode> wrong = BatchViolations.byItem(refused.problem(), lines.size());
      throw wrong.isEmpty() ? refused : byLine(wrong);
    }
  }

  private ArrayNode read() {
    BatchFormat format = BatchFormat.of(file);
    Map<String, String> types =
        format == BatchFormat.CSV
            ? new InputSchema(api.get(service).path("input_schema")).types()
            : Map.of();
    ArrayNode items = Json.array();
    try (BatchInput input = BatchInput.open(file, format, types)) {
      for (Optional<BatchItem> item = input.next(); item.isPresent(); item = input.next()) {
        items.add(json(item.get()));
        lines.add(item.get().line());
      }
    } catch (IOException e) {
      throw BatchInput.unreadable(file, e);
    }
    return items;
  }

  private static JsonNode json(BatchItem item) {
    try {
      return Json.read(item.body());
    } catch (JsonProcessingException e) {
      throw new Failure(
          "Line %d, column %d: this is not JSON that can be sent: %s."
              .formatted(
                  item.line(),
                  item.indent() + e.getLocation().getColumnNr(),
                  Texts.clean(e.getOriginalMessage())),
          e);
    }
  }

  private Failure byLine(Map<Integer, JsonNode> wrong) {
    StringBuilder text = new StringBuilder("Nothing was started: ");
    text.append(Texts.count(wrong.size(), "line")).append(" of ").append(file);
    text.append(wrong.size() == 1 ? " is wrong." : " are wrong.");
    wrong.entrySet().stream()
        .limit(SHOWN)
        .forEach(
            item ->
                text.append("\n  Line ")
                    .append(lines.get(item.getKey()))
                    .append(": ")
                    .append(Texts.of(item.getValue().path("detail"))));
    if (wrong.size() > SHOWN) {
      text.append("\n  …");
    }
    return new Failure(text.toString());
  }
}

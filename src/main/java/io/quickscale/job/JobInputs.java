package io.quickscale.job;

import io.quickscale.json.JsonCodec;
import io.quickscale.problem.Violation;
import io.quickscale.registry.RegisteredService;
import io.quickscale.run.Orders;
import io.quickscale.service.InvalidInputException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Checks what a job is sent with, all of it, before anything is held. */
@ApplicationScoped
class JobInputs {
  /** What a database keeps of an input without trouble, in bytes. */
  private static final int LARGEST_INPUT = 1_000_000;

  @Inject JsonCodec codec;
  @Inject Orders orders;
  @Inject JobSettings settings;

  /**
   * Reads a job for a service.
   *
   * @param body JSON in UTF-8
   * @throws io.quickscale.problem.Problem what is wrong, each violation with its place: {@code
   *     items[3].text}
   */
  JobOrder read(RegisteredService service, byte[] body) {
    NewJob sent = codec.read(body, NewJob.class);
    if ((sent.input() == null) == (sent.items() == null)) {
      throw InvalidInputException.of(
          "", "must have either 'input', of one run, or 'items', inputs of many");
    }
    return sent.items() == null
        ? new JobOrder(
            JobKind.RUN, service, List.of(one(service, sent.input())), sent.priorityOrDefault())
        : new JobOrder(
            JobKind.BATCH, service, many(service, sent.items()), sent.priorityOrDefault());
  }

  private String one(RegisteredService service, JsonValue input) {
    String text = codec.write(input);
    try {
      orders.read(service, bytes(text));
    } catch (InvalidInputException wrong) {
      throw new InvalidInputException(
          wrong.violations().stream()
              .map(found -> new Violation(within("input", found.field()), found.message()))
              .toList());
    }
    return text;
  }

  private static String within(String place, String field) {
    return field.isEmpty() || field.startsWith("[") ? place + field : place + "." + field;
  }

  private List<String> many(RegisteredService service, JsonValue items) {
    Integer limit = service.settings().maxInputBytes();
    codec.readMany(
        bytes("{\"items\":" + codec.write(items) + "}"),
        "items",
        settings.maxItems(),
        limit == null ? LARGEST_INPUT : Math.min(limit, LARGEST_INPUT),
        service.inputType());
    return ((JsonArray) items).stream().map(codec::write).toList();
  }

  /**
   * Takes the inputs of a caller in Java.
   *
   * @throws InvalidInputException what is wrong
   */
  JobOrder take(JobKind kind, RegisteredService service, List<?> inputs) {
    if (inputs.isEmpty() || inputs.size() > settings.maxItems()) {
      throw InvalidInputException.of(
          "items",
          "must have 1 to %d elements, not %d".formatted(settings.maxItems(), inputs.size()));
    }
    inputs.forEach(service::requireInput);
    if (kind == JobKind.RUN) {
      codec.validate(inputs.get(0));
    } else {
      codec.validateEach("items", inputs);
    }
    return new JobOrder(
        kind, service, inputs.stream().map(codec::write).toList(), NewJob.DEFAULT_PRIORITY);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

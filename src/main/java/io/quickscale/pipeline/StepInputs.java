package io.quickscale.pipeline;

import io.quickscale.json.JsonCodec;
import io.quickscale.pipeline.InputTemplate.Taken;
import io.quickscale.platform.LiveValue;
import io.quickscale.problem.MalformedJsonProblem;
import io.quickscale.problem.PayloadTooLargeProblem;
import io.quickscale.problem.Problem;
import io.quickscale.problem.Violation;
import io.quickscale.registry.RegisteredService;
import io.quickscale.service.InvalidInputException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/** Makes inputs of services out of JSON, as a request that runs the service would. */
@ApplicationScoped
class StepInputs {
  private static final int DEFAULT_MAX_BYTES = 10 << 20;

  private JsonCodec codec;
  private LiveValue<Integer> maxBytes;

  /** For the container's proxy. */
  protected StepInputs() {}

  @Inject
  StepInputs(JsonCodec codec, Config config) {
    this.codec = codec;
    this.maxBytes =
        new LiveValue<>(
            config,
            "quickscale.pipeline.max-input-bytes",
            Integer.class,
            bytes -> bytes > 0 && bytes < Integer.MAX_VALUE,
            "a number of bytes, 1 or more");
  }

  /** The most that the input of a step may have, in bytes: the service's limit or the server's. */
  private int limit(RegisteredService service) {
    Integer own = service.settings().maxInputBytes();
    return own == null ? maxBytes.orElse(DEFAULT_MAX_BYTES) : own;
  }

  /**
   * The input of a step, with what it takes from before.
   *
   * @param values what a source has; empty if it has nothing
   * @throws Problem it does not fit; fields are from the root of the document
   */
  Object resolve(PlannedStep step, Function<Source, Optional<JsonValue>> values) {
    RegisteredService service = step.service();
    Map<Taken, JsonValue> found = new HashMap<>();
    List<Violation> missing = new ArrayList<>();
    for (Taken taken : step.input().taken()) {
      values
          .apply(taken.source())
          .ifPresentOrElse(
              value -> found.put(taken, value), () -> missing.add(nothingThere(taken)));
    }
    if (!missing.isEmpty()) {
      throw new InvalidInputException(missing);
    }
    requireFit(service, found.values());
    Type type = service.deployedInputType().orElseGet(service::inputType);
    try {
      return read(service, type, step.input().with(found::get));
    } catch (InvalidInputException | MalformedJsonProblem wrong) {
      throw new InvalidInputException(Place.ofInput(step.field()).violations(wrong));
    }
  }

  private static Violation nothingThere(Taken taken) {
    return new Violation(
        taken.place().field(), "takes %s, where there is nothing".formatted(taken.source()));
  }

  private Object read(RegisteredService service, Type type, JsonValue input) {
    byte[] body = bytes(input);
    if (body.length > limit(service)) {
      throw new PayloadTooLargeProblem(limit(service));
    }
    return codec.read(body, type);
  }

  /** Why an input would be refused; empty if it would not. */
  Optional<Problem> refusal(RegisteredService service, Type type, JsonValue input) {
    try {
      read(service, type, input);
      return Optional.empty();
    } catch (Problem refusal) {
      return Optional.of(refusal);
    }
  }

  /** What is wrong with the names, types and values of an input, constraints apart. */
  List<Violation> structure(Type type, JsonValue input) {
    return codec.wrongStructure(bytes(input), type);
  }

  /**
   * Makes sure that values together are not too much for one input, before any of them is written:
   * each may be taken many times.
   *
   * @throws PayloadTooLargeProblem they are
   */
  private void requireFit(RegisteredService service, Collection<JsonValue> values) {
    long left = limit(service);
    for (JsonValue value : values) {
      left = less(left, value);
      if (left < 0) {
        throw new PayloadTooLargeProblem(limit(service));
      }
    }
  }

  /** Counts characters until there are none left; a character is a byte at least. */
  private static long less(long left, JsonValue value) {
    long rest = left - 1;
    switch (value.getValueType()) {
      case OBJECT -> {
        for (var member : value.asJsonObject().entrySet()) {
          rest = rest < 0 ? rest : less(rest - member.getKey().length(), member.getValue());
        }
      }
      case ARRAY -> {
        for (JsonValue element : value.asJsonArray()) {
          rest = rest < 0 ? rest : less(rest, element);
        }
      }
      case STRING -> rest -= ((JsonString) value).getChars().length();
      default -> {
        // A number is short, a word too.
      }
    }
    return rest;
  }

  private static byte[] bytes(JsonValue input) {
    return input.toString().getBytes(StandardCharsets.UTF_8);
  }
}

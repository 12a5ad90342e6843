package io.quickscale.pipeline;

import io.quickscale.definition.NameForm;
import io.quickscale.pipeline.InputTemplate.Taken;
import io.quickscale.problem.Violation;
import io.quickscale.registry.RegisteredService;
import io.quickscale.service.InvalidInputException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The check of one pipeline, as a whole and before anything of it runs. */
final class PipelineCheck {
  private static final JsonObject EMPTY = JsonValue.EMPTY_JSON_OBJECT;

  private final List<StepDocument> documents;
  private final List<Optional<RegisteredService>> services;
  private final StepInputs inputs;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<Parts> parts = new ArrayList<>();
  private final List<Violation> violations = new ArrayList<>();

  /** What a step says of the steps before it. */
  private record Parts(InputTemplate input, Optional<Condition> when) {
    Stream<Source> sources() {
      return Stream.concat(
          input.taken().stream().map(Taken::source), when.map(Condition::source).stream());
    }
  }

  private PipelineCheck(
      List<StepDocument> documents,
      Function<String, Optional<RegisteredService>> services,
      StepInputs inputs) {
    this.documents = documents;
    this.services = documents.stream().map(step -> services.apply(step.service())).toList();
    this.inputs = inputs;
  }

  /**
   * Checks a pipeline.
   *
   * @param services looks one up by its name
   * @throws InvalidInputException with all that is wrong
   */
  static PipelinePlan check(
      List<StepDocument> steps,
      Function<String, Optional<RegisteredService>> services,
      StepInputs inputs,
      int mostSteps) {
    if (steps.isEmpty() || steps.size() > mostSteps) {
      throw InvalidInputException.of(
          "steps", "must be 1 to %d steps, but is %d".formatted(mostSteps, steps.size()));
    }
    return new PipelineCheck(steps, services, inputs).check();
  }

  private PipelinePlan check() {
    // The ids first: a step may name one that comes later, and is told so.
    for (int i = 0; i < documents.size(); i++) {
      places.putIfAbsent(documents.get(i).id(), i);
    }
    List<List<Violation>> ofSteps = new ArrayList<>();
    for (int i = 0; i < documents.size(); i++) {
      ofSteps.add(new ArrayList<>());
      parts.add(read(i, ofSteps.get(i)));
    }
    for (int i = 0; i < documents.size(); i++) {
      checkNames(i);
      violations.addAll(ofSteps.get(i));
      checkSources(i);
      checkInput(i);
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations.stream().distinct().toList());
    }
    return new PipelinePlan(IntStream.range(0, documents.size()).mapToObj(this::planned).toList());
  }

  private PlannedStep planned(int index) {
    Set<Integer> hangsOn =
        parts
            .get(index)
            .sources()
            .flatMap(s -> s.step().stream())
            .map(places::get)
            .collect(Collectors.toUnmodifiableSet());
    return new PlannedStep(
        index,
        documents.get(index).id(),
        services.get(index).orElseThrow(),
        parts.get(index).input(),
        parts.get(index).when(),
        hangsOn);
  }

  private Parts read(int index, List<Violation> wrong) {
    StepDocument step = documents.get(index);
    InputTemplate input =
        InputTemplate.read(
            step.input() == null ? EMPTY : step.input(),
            Place.ofInput(PlannedStep.field(index)),
            wrong);
    Optional<Condition> when = Optional.empty();
    try {
      when = Optional.ofNullable(step.when()).map(Condition::read);
    } catch (IllegalArgumentException e) {
      wrong.add(new Violation(PlannedStep.field(index) + ".when", e.getMessage()));
    }
    return new Parts(input, when);
  }

  private void checkNames(int index) {
    StepDocument step = documents.get(index);
    String field = PlannedStep.field(index);
    if (!NameForm.isValid(step.id())) {
      refuse(
          field + ".id",
          "must be a lower-case letter followed by up to 63 lower-case letters, digits or _");
    } else if (places.get(step.id()) != index) {
      refuse(field + ".id", "is the id of steps[%d] already".formatted(places.get(step.id())));
    }
    if (services.get(index).isEmpty()) {
      refuse(
          field + ".service",
          "there is no service '%s'. GET /api/v1/services lists them".formatted(step.service()));
    } else if (services.get(index).get().deployedInputType().isEmpty()) {
      refuse(
          field + ".service",
          "the class of the service '%s' is not deployed".formatted(step.service()));
    }
  }

  private void checkSources(int index) {
    Parts step = parts.get(index);
    for (Taken taken : step.input().taken()) {
      checkSource(index, taken.place().field(), taken.source());
    }
    step.when()
        .ifPresent(when -> checkSource(index, PlannedStep.field(index) + ".when", when.source()));
  }

  private void checkSource(int index, String field, Source source) {
    if (source.step().isEmpty()) {
      return;
    }
    String id = source.step().get();
    Integer target = places.get(id);
    if (target == null) {
      refuse(field, "takes %s, but there is no step '%s'".formatted(source, id));
    } else if (target == index) {
      refuse(field, "takes %s, which is the step's own result".formatted(source));
    } else if (target > index) {
      refuse(field, "takes %s, but %s".formatted(source, why(index, target)));
    } else {
      services
          .get(target)
          .flatMap(RegisteredService::outputSchema)
          .filter(schema -> SchemaPlace.of(schema, source.within()) == SchemaPlace.RULED_OUT)
          .ifPresent(
              schema ->
                  refuse(
                      field,
                      "takes %s, which a result of the service '%s' never has: see its output_schema"
                          .formatted(source, documents.get(target).service())));
    }
  }

  /** Why a step cannot take from one behind it. */
  private String why(int index, int target) {
    List<Integer> way = way(target, index);
    if (way.isEmpty()) {
      return "the step '%s' comes later: a step takes only from steps before it"
          .formatted(documents.get(target).id());
    }
    String cycle =
        Stream.concat(Stream.of(index), way.stream())
            .map(step -> documents.get(step).id())
            .collect(Collectors.joining(" → "));
    return "that is a cycle: %s each take from the next".formatted(cycle);
  }

  /** The steps that lead from one to another, each taking from the next; empty if none do. */
  private List<Integer> way(int from, int to) {
    Map<Integer, Integer> reachedFrom = new HashMap<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(from));
    Set<Integer> seen = new HashSet<>(List.of(from));
    while (!open.isEmpty()) {
      int step = open.remove();
      for (int next : takesFrom(step)) {
        if (seen.add(next)) {
          reachedFrom.put(next, step);
          open.add(next);
        }
      }
    }
    List<Integer> way = new ArrayList<>();
    for (Integer at = seen.contains(to) ? to : null; at != null; at = reachedFrom.get(at)) {
      way.add(at);
    }
    Collections.reverse(way);
    return way;
  }

  private Set<Integer> takesFrom(int index) {
    return parts
        .get(index)
        .sources()
        .flatMap(source -> source.step().stream())
        .filter(places::containsKey)
        .map(places::get)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What is said here must be right; what is taken from elsewhere must have a place to go to. */
  private void checkInput(int index) {
    Optional<Type> type = services.get(index).flatMap(RegisteredService::deployedInputType);
    if (type.isEmpty()) {
      return;
    }
    RegisteredService service = services.get(index).get();
    InputTemplate input = parts.get(index).input();
    Place whole = Place.ofInput(PlannedStep.field(index));
    if (input.places().isEmpty()) {
      inputs
          .refusal(service, type.get(), input.without())
          .ifPresent(refusal -> violations.addAll(whole.violations(refusal)));
      return;
    }
    inputs.structure(type.get(), input.without()).stream()
        .map(whole::within)
        .filter(wrong -> input.places().stream().noneMatch(place -> place.touches(wrong.field())))
        .forEach(violations::add);
    service.inputSchema().ifPresent(schema -> checkPlaces(service, schema, input));
  }

  private void checkPlaces(RegisteredService service, JsonObject schema, InputTemplate input) {
    input.places().stream()
        .filter(place -> SchemaPlace.of(schema, place.pointer()) == SchemaPlace.RULED_OUT)
        .forEach(
            place ->
                refuse(
                    place.field(),
                    "is not known here: see the input_schema of the service '%s'"
                        .formatted(service.name())));
  }

  private void refuse(String field, String message) {
    violations.add(new Violation(field, message));
  }
}

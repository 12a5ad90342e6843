package io.quickscale.pipeline;

import static io.quickscale.pipeline.PipelineFixture.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.credit.Credits;
import io.quickscale.json.JsonText;
import io.quickscale.problem.Problem;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Which step runs when, with what, and what becomes of those that do not. */
class PipelineWalkTest {
  /** Runs that do nothing but remember. */
  private static final class Runs implements StepRuns {
    final Map<String, String> results = new HashMap<>();
    final Map<String, StepStatus> failing = new HashMap<>();
    final List<String> events = new ArrayList<>();
    RuntimeException broken;

    @Override
    public StepEnd run(PlannedStep step, Object input) {
      events.add("run " + step.id() + " " + PipelineFixture.CODEC.write(input));
      if (broken != null) {
        throw broken;
      }
      StepStatus status = failing.getOrDefault(step.id(), StepStatus.SUCCEEDED);
      return status == StepStatus.SUCCEEDED
          ? end(step, status, results.getOrDefault(step.id(), "{\"right\":true}"), null)
          : end(step, status, null, "{\"code\":\"service_failed\"}");
    }

    @Override
    public StepEnd refuse(PlannedStep step, Problem problem) {
      events.add("refuse " + step.id() + " " + problem.detail());
      return end(step, StepStatus.FAILED, null, "{\"code\":\"" + problem.code() + "\"}");
    }

    private StepEnd end(PlannedStep step, StepStatus status, String result, String error) {
      return new StepEnd(status, usageId(step), text(result), text(error), Credits.parse("1"), 1);
    }

    private static JsonText text(String json) {
      return json == null ? null : new JsonText(json);
    }

    @Override
    public void giveBack(List<PlannedStep> steps, StepStatus status) {
      steps.forEach(step -> events.add(status.word() + " " + step.id()));
    }

    @Override
    public long usageId(PlannedStep step) {
      return 100 + step.index();
    }
  }

  private final Runs runs = new Runs();
  private final Map<Integer, StepEnd> known = new HashMap<>();
  private boolean goesOn = true;

  private PipelineWalk walk(PipelinePlan plan) {
    return new PipelineWalk(
        plan, known, PipelineFixture.INPUTS, runs, PipelineWalkTest::read, () -> goesOn);
  }

  private static JsonValue read(JsonText text) {
    return PipelineFixture.CODEC.readOwn(text.text(), JsonValue.class);
  }

  /** Does all that there is to do, one after the other. */
  private static void doAll(PipelineWalk walk) {
    for (Optional<Runnable> next = walk.next(); next.isPresent(); next = walk.next()) {
      next.get().run();
    }
    assertThat(walk.isOver()).isTrue();
  }

  private PipelineResult run(String steps, String input) {
    PipelinePlan plan = plan(steps).with(PipelineFixture.object(input));
    PipelineWalk walk = walk(plan);
    doAll(walk);
    return PipelineResult.of(
        plan, walk.ends().orElseThrow(), PipelineWalkTest::read, Credits.parse("7"));
  }

  private static String statuses(PipelineResult result) {
    return result.steps().stream()
        .map(step -> step.id() + " " + step.status())
        .collect(Collectors.joining(", "));
  }

  private static String free(String id, String any, String more) {
    return "{'id': '%s', 'service': 'free', 'input': {'any': %s}%s}".formatted(id, any, more);
  }

  private static String when(String pointer, String equal) {
    return ", 'when': {'$from': '%s', 'equals': %s}".formatted(pointer, equal);
  }

  @Test
  void valuesGoFromStepToStep() {
    runs.results.put("a", "{\"x\":[1,{\"y\":\"z\"}]}");

    PipelineResult result =
        run(
            free("a", "{'$from': '/input/text'}", "")
                + ","
                + free("b", "[{'$from': '/steps/a/result/x/1'}, {'$from': '/input/text'}]", ""),
            "{'text': 'hello'}");

    assertThat(runs.events)
        .containsExactly("run a {\"any\":\"hello\"}", "run b {\"any\":[{\"y\":\"z\"},\"hello\"]}");
    assertThat(result.success()).isTrue();
    assertThat(result.pipelineResult())
        .hasToString("{\"a\":{\"x\":[1,{\"y\":\"z\"}]},\"b\":{\"right\":true}}");
    assertThat(result.totalCredits()).isEqualByComparingTo("2");
    assertThat(result.creditsRemaining()).isEqualByComparingTo("7");
    assertThat(result.failedStep()).isNull();
  }

  @Test
  void whatHangsOnASkippedStepIsSkippedToo() {
    PipelineResult result =
        run(
            free("a", "1", when("/input/run", "true"))
                + ","
                + free("b", "{'$from': '/steps/a/result'}", "")
                + ","
                + free("c", "2", when("/steps/b/result/right", "true"))
                + ","
                + free("d", "3", ""),
            "{'run': false}");

    assertThat(statuses(result)).isEqualTo("a skipped, b skipped, c skipped, d succeeded");
    assertThat(runs.events)
        .containsExactly("skipped a", "skipped b", "skipped c", "run d {\"any\":3}");
    assertThat(result.success()).isTrue();
  }

  @Test
  void aConditionComparesValues() {
    runs.results.put("a", "{\"number\":1.0,\"list\":[1,{\"x\":2,\"y\":null}],\"nothing\":null}");
    assertThat(met("/steps/a/result/number", "1")).isTrue();
    assertThat(met("/steps/a/result/number", "'1'")).isFalse();
    assertThat(met("/steps/a/result/list", "[1.00, {'y': null, 'x': 2e0}]")).isTrue();
    assertThat(met("/steps/a/result/list", "[1, {'x': 2}]")).isFalse();
    assertThat(met("/steps/a/result/list", "[{'x': 2, 'y': null}, 1]")).isFalse();
    assertThat(met("/steps/a/result/nothing", "null")).isTrue();
    assertThat(met("/steps/a/result/absent", "null")).isFalse();
    assertThat(met("/steps/a/result/list/7", "1")).isFalse();
  }

  private boolean met(String pointer, String equal) {
    runs.events.clear();
    run(free("a", "1", "") + "," + free("b", "2", when(pointer, equal)), "{}");
    return runs.events.contains("run b {\"any\":2}");
  }

  /** Results are written without the members that are null. */
  @Test
  void whatTheSchemaNamesAndTheResultLacksIsNull() {
    runs.results.put("a", "{\"length\":1}");

    run(
        "{'id': 'a', 'service': 'say', 'input': {'text': 'x'}}, "
            + free("b", "{'$from': '/steps/a/result/inner/deeper/text'}", ""),
        "{}");

    assertThat(runs.events).last().isEqualTo("run b {\"any\":null}");
  }

  @Test
  void nothingMoreBeginsWhenAStepHasFailed() {
    runs.failing.put("b", StepStatus.FAILED);

    PipelineResult result =
        run(free("a", "1", "") + "," + free("b", "2", "") + "," + free("c", "3", ""), "{}");

    assertThat(statuses(result)).isEqualTo("a succeeded, b failed, c not_reached");
    assertThat(runs.events).last().isEqualTo("not_reached c");
    assertThat(result.success()).isFalse();
    assertThat(result.failedStep()).isEqualTo("b");
    assertThat(result.error()).hasToString("{\"code\":\"service_failed\"}");
    assertThat(result.pipelineResult()).hasToString("{\"a\":{\"right\":true}}");
    assertThat(result.totalCredits()).isEqualByComparingTo("2");
  }

  @Test
  void aStepFailsWhoseInputTurnsOutWrong() {
    runs.results.put("a", "{\"text\":7}");

    PipelineResult result =
        run(
            "{'id': 'a', 'service': 'say', 'input': {'text': 'x'}}, {'id': 'b', 'service': 'say',"
                + " 'input': {'text': {'$from': '/steps/a/result/text'}}}",
            "{}");

    assertThat(statuses(result)).isEqualTo("a succeeded, b failed");
    assertThat(runs.events)
        .last()
        .isEqualTo("refuse b steps[1].input.text: must be of type string");
    assertThat(result.error()).hasToString("{\"code\":\"invalid_input\"}");
  }

  @Test
  void aStepFailsThatTakesFromWhereThereIsNothing() {
    run(free("a", "1", "") + "," + free("b", "{'$from': '/steps/a/result/list/0'}", ""), "{}");

    assertThat(runs.events)
        .last()
        .isEqualTo(
            "refuse b steps[1].input.any: takes /steps/a/result/list/0, where there is nothing");
  }

  /** Taken a million times, a small result is a large input. */
  @Test
  void anInputCannotGrowWithoutLimit() {
    runs.results.put("a", "{\"text\":\"" + "x".repeat(1 << 20) + "\"}");
    String many =
        "{'$from': '/steps/a/result/text'}" + ", {'$from': '/steps/a/result/text'}".repeat(20_000);

    PipelineResult result = run(free("a", "1", "") + "," + free("b", "[" + many + "]", ""), "{}");

    assertThat(result.error()).hasToString("{\"code\":\"payload_too_large\"}");
  }

  @Test
  void stepsThatDoNotHangOnEachOtherAreOutTogether() {
    PipelineWalk walk =
        walk(
            plan(
                free("a", "1", "")
                    + ","
                    + free("b", "2", "")
                    + ","
                    + free("c", "{'$from': '/steps/a/result'}", "")));

    Runnable a = walk.next().orElseThrow();
    Runnable b = walk.next().orElseThrow();
    assertThat(walk.next()).isEmpty();
    assertThat(walk.isOver()).isFalse();
    a.run();
    Runnable c = walk.next().orElseThrow();
    c.run();
    assertThat(walk.isOver()).isFalse();
    b.run();
    assertThat(walk.isOver()).isTrue();
    assertThat(runs.events).hasSize(3);
  }

  @Test
  void whatHasBegunEndsWhenAnotherFails() {
    runs.failing.put("a", StepStatus.FAILED);
    PipelineWalk walk = walk(plan(free("a", "1", "") + "," + free("b", "2", "")));
    Runnable a = walk.next().orElseThrow();
    Runnable b = walk.next().orElseThrow();

    a.run();
    assertThat(walk.isOver()).isFalse();
    b.run();

    assertThat(walk.ends().orElseThrow().get(1).status()).isEqualTo(StepStatus.SUCCEEDED);
  }

  @Test
  void aWalkGoesOnBehindWhatHasEnded() {
    known.put(
        0, new StepEnd(StepStatus.SUCCEEDED, 1, new JsonText("{\"x\":5}"), null, Credits.ZERO, 3));

    run(free("a", "1", "") + "," + free("b", "{'$from': '/steps/a/result/x'}", ""), "{}");

    assertThat(runs.events).containsExactly("run b {\"any\":5}");
  }

  @Test
  void aWalkThatIsLeftGivesNothingBack() {
    PipelineWalk walk = walk(plan(free("a", "1", "") + "," + free("b", "2", "")));
    walk.next().orElseThrow().run();
    goesOn = false;

    assertThat(walk.next()).isEmpty();
    assertThat(walk.isOver()).isTrue();
    assertThat(walk.ends()).isEmpty();
    assertThat(runs.events).hasSize(1);
  }

  @Test
  void whatNobodyExpectsEndsTheWalkAndGivesTheRestBack() {
    runs.broken = new IllegalStateException("the database is gone");
    PipelineWalk walk = walk(plan(free("a", "1", "") + "," + free("b", "2", "")));
    doAll(walk);

    assertThat(runs.events).containsExactly("run a {\"any\":1}", "not_reached b");
    assertThatThrownBy(walk::ends).isSameAs(runs.broken);
  }

  // Any pipeline, walked by any number of threads in any order, ends as one walked step by step.

  /**
   * A step of some pipeline.
   *
   * @param takes steps before it that it takes from, as bits
   * @param condition a step before it that must say {@code right}, if there is one
   */
  record AnyStep(int takes, int condition, boolean says, boolean fails) {}

  @Property(tries = 1000)
  void whateverTheOrderTheStepsThatRunAreTheRightOnes(
      @ForAll("pipelines") List<AnyStep> steps, @ForAll long seed) {
    PipelinePlan plan = plan(document(steps)).with(JsonObject.EMPTY_JSON_OBJECT);
    Runs those = new Runs();
    for (int i = 0; i < steps.size(); i++) {
      those.results.put("s" + i, "{\"right\":" + steps.get(i).says() + "}");
      if (steps.get(i).fails()) {
        those.failing.put("s" + i, StepStatus.FAILED);
      }
    }
    PipelineWalk walk =
        new PipelineWalk(
            plan, Map.of(), PipelineFixture.INPUTS, those, PipelineWalkTest::read, () -> true);
    shuffle(walk, new Random(seed));

    check(steps, walk.ends().orElseThrow(), those.events);
  }

  /** Begins and ends what can be, as threads might. */
  private static void shuffle(PipelineWalk walk, Random random) {
    List<Runnable> begun = new ArrayList<>();
    while (!walk.isOver()) {
      Optional<Runnable> next = random.nextBoolean() ? walk.next() : Optional.empty();
      next.ifPresent(begun::add);
      if (next.isEmpty() && !begun.isEmpty()) {
        begun.remove(random.nextInt(begun.size())).run();
      }
    }
  }

  private static void check(List<AnyStep> steps, Map<Integer, StepEnd> ends, List<String> events) {
    boolean anyFailed = ends.values().stream().anyMatch(end -> end.status() == StepStatus.FAILED);
    for (int i = 0; i < steps.size(); i++) {
      StepStatus status = ends.get(i).status();
      List<StepStatus> before = needed(steps, i).stream().map(n -> ends.get(n).status()).toList();
      switch (status) {
        case SUCCEEDED, FAILED -> {
          assertThat(before).allMatch(StepStatus.SUCCEEDED::equals);
          assertThat(isWanted(steps, i)).isTrue();
          assertThat(status == StepStatus.FAILED).isEqualTo(steps.get(i).fails());
        }
        case SKIPPED ->
            assertThat(before.contains(StepStatus.SKIPPED) || !isWanted(steps, i)).isTrue();
        default -> assertThat(anyFailed).isTrue();
      }
      if (!anyFailed) {
        assertThat(status).isNotEqualTo(StepStatus.NOT_REACHED);
      }
    }
    // Each ends once, in one way.
    Map<String, Integer> times = new LinkedHashMap<>();
    events.forEach(event -> times.merge(event.split(" ")[1], 1, Integer::sum));
    assertThat(times).hasSize(steps.size()).allSatisfy((id, n) -> assertThat(n).isEqualTo(1));
  }

  private static boolean isWanted(List<AnyStep> steps, int index) {
    int condition = steps.get(index).condition();
    return condition >= index || steps.get(condition).says();
  }

  private static List<Integer> needed(List<AnyStep> steps, int index) {
    List<Integer> needed = new ArrayList<>();
    for (int before = 0; before < index; before++) {
      if ((steps.get(index).takes() >> before & 1) == 1 || steps.get(index).condition() == before) {
        needed.add(before);
      }
    }
    return needed;
  }

  private static String document(List<AnyStep> steps) {
    List<String> documents = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      List<String> taken = new ArrayList<>();
      for (int before = 0; before < i; before++) {
        if ((steps.get(i).takes() >> before & 1) == 1) {
          taken.add("{'$from': '/steps/s%d/result'}".formatted(before));
        }
      }
      int condition = steps.get(i).condition();
      documents.add(
          free(
              "s" + i,
              taken.toString(),
              condition >= i ? "" : when("/steps/s" + condition + "/result/right", "true")));
    }
    return String.join(",", documents);
  }

  @Provide
  Arbitrary<List<AnyStep>> pipelines() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 63),
            Arbitraries.integers().between(0, 12),
            Arbitraries.of(true, true, false),
            Arbitraries.of(true, false, false, false, false, false))
        .as(AnyStep::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(PipelineFixture.MOST_STEPS);
  }
}

package io.quickscale.pipeline;

import static io.quickscale.pipeline.PipelineFixture.plan;
import static io.quickscale.pipeline.PipelineFixture.wrong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.problem.Violation;
import io.quickscale.service.InvalidInputException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said against a pipeline before anything of it runs. */
class PipelineCheckTest {
  private static final String SAY = "{'id': 'a', 'service': 'say', 'input': {'text': 'hello'}}";

  private static String fields(String steps) {
    return wrong(steps).stream().map(Violation::field).collect(Collectors.joining(" "));
  }

  /** A step behind {@link #SAY} whose text is taken from somewhere. */
  private static String from(String pointer) {
    return SAY
        + ", {'id': 'b', 'service': 'say', 'input': {'text': {'$from': '%s'}}}".formatted(pointer);
  }

  @Test
  void whatIsRightIsPlanned() {
    PipelinePlan plan =
        plan(
            SAY
                + ", {'id': 'b', 'service': 'free', 'input': {'any': [{'$from': '/input/x'},"
                + " {'deep': {'$from': '/steps/a/result/inner/counts/some~1name'}}]}}"
                + ", {'id': 'c', 'service': 'say', 'input': {'$from': '/steps/b/result'},"
                + " 'when': {'$from': '/steps/a/result/inner/right', 'equals': true}}");

    assertThat(plan.steps())
        .extracting(PlannedStep::hangsOn)
        .containsExactly(Set.of(), Set.of(0), Set.of(0, 1));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThat(
            fields(
                "{'id': 'A', 'service': 'say', 'input': {'text': 'x'}}"
                    + ", {'id': 'b', 'service': 'nope', 'input': {}}"
                    + ", {'id': 'b', 'service': 'gone'}"
                    + ", {'id': 'd', 'service': 'say', 'input': {'text': '', 'times': 10}}"
                    + ", {'id': 'e', 'service': 'say', 'input': {'text': {'$from': 'x'}, 'y': 1},"
                    + " 'when': {'$from': '/input/x'}}"))
        .isEqualTo(
            "steps[0].id steps[1].service steps[2].id steps[2].service steps[3].input.text"
                + " steps[3].input.times steps[4].input.text steps[4].when steps[4].input.y");
  }

  @Test
  void theNumberOfStepsIsLimited() {
    String many =
        IntStream.rangeClosed(0, PipelineFixture.MOST_STEPS)
            .mapToObj(i -> SAY.replace("'a'", "'a" + i + "'"))
            .collect(Collectors.joining(","));

    assertThat(wrong(many))
        .containsExactly(new Violation("steps", "must be 1 to 6 steps, but is 7"));
    assertThat(fields("")).isEqualTo("steps");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/input",
        "/input/text/0/~1",
        "/steps/a/result",
        "/steps/a/result/text",
        "/steps/a/result/inner/deeper/inner/deeper/list/3/counts/any",
      })
  void aPlaceThatMayHaveAValueIsTaken(String pointer) {
    assertThat(wrong(from(pointer))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "input/text",
        "/inputs",
        "/input/~",
        "/steps",
        "/steps/a",
        "/steps/a/input/text",
        "/steps/a/result/nope",
        "/steps/a/result/text/0",
        "/steps/a/result/length/x",
        "/steps/a/result/list/x",
        "/steps/a/result/list/-",
        "/steps/a/result/list/01",
        "/steps/a/result/inner/counts/x/y",
        "/steps/a/result/inner/deeper/inner/deeper/list/3/count",
        "/steps/none/result",
        "/steps/b/result",
      })
  void aPlaceThatNeverHasOneIsRefused(String pointer) {
    assertThat(wrong(from(pointer)))
        .extracting(Violation::field)
        .containsExactly("steps[1].input.text");
  }

  @Test
  void aServiceOfAnyResultMayHaveAnything() {
    assertThat(
            wrong(
                "{'id': 'a', 'service': 'free', 'input': {'any': 1}}, {'id': 'b', 'service': 'say',"
                    + " 'input': {'text': {'$from': '/steps/a/result/x/0/y'}}}"))
        .isEmpty();
  }

  @Test
  void aStepTakesOnlyFromThoseBeforeIt() {
    assertThat(
            wrong(
                "{'id': 'a', 'service': 'say', 'input': {'text': {'$from':"
                    + " '/steps/b/result/text'}}}, {'id': 'b', 'service': 'say', 'input': {'text':"
                    + " 'x'}}"))
        .containsExactly(
            new Violation(
                "steps[0].input.text",
                "takes /steps/b/result/text, but the step 'b' comes later: a step takes only from"
                    + " steps before it"));
  }

  @Test
  void aCycleIsCalledOne() {
    String step =
        "{'id': '%s', 'service': 'say', 'input': {'text': {'$from': '/steps/%s/result'}}}";

    assertThat(
            wrong(
                String.join(
                    ", ",
                    step.formatted("a", "c"),
                    step.formatted("b", "a"),
                    step.formatted("c", "b"))))
        .containsExactly(
            new Violation(
                "steps[0].input.text",
                "takes /steps/c/result, but that is a cycle: a → c → b → a each take from the"
                    + " next"));
  }

  @Test
  void nothingStandsBesideAReference() {
    assertThat(
            fields("{'id': 'a', 'service': 'free', 'input': {'any': {'$from': '/input', 'x': 1}}}"))
        .isEqualTo("steps[0].input.any");
    assertThat(fields("{'id': 'a', 'service': 'free', 'input': {'any': [1, {'$from': 7}]}}"))
        .isEqualTo("steps[0].input.any[1]");
  }

  @Test
  void aReferenceForAMemberThatIsUnknownIsRefused() {
    assertThat(
            fields(
                "{'id': 'a', 'service': 'say', 'input': {'text': 'x', 'txt': {'$from': '/input/t'},"
                    + " 'more': [{'text': 'x'}, {'times': {'$from': '/input/n'}, 'text': {'$from':"
                    + " '/input/t'}, 'no': {'$from': '/input/t'}}]}}"))
        .isEqualTo("steps[0].input.txt steps[0].input.more[1].no");
  }

  /** What is taken from elsewhere may be right, the rest is not. */
  @Test
  void whatStandsBesideReferencesIsChecked() {
    assertThat(
            fields(
                "{'id': 'a', 'service': 'say', 'input': {'times': {'$from': '/input/n'}, 'more':"
                    + " 1}}"))
        .isEqualTo("steps[0].input.more steps[0].input.text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'$from': '/input/x'}",
        "{'equals': 1}",
        "{'$from': '/input/x', 'equals': 1, 'or': 2}",
        "{'$from': '/steps/b/result/text', 'equals': 1}",
        "{'$from': '/steps/a/result/nope', 'equals': 1}",
        "{'$from': 1, 'equals': 1}",
      })
  void aConditionIsChecked(String when) {
    assertThat(
            fields(
                SAY
                    + ", {'id': 'b', 'service': 'say', 'input': {'text': 'x'}, 'when': "
                    + when
                    + "}"))
        .isEqualTo("steps[1].when");
  }

  @Test
  void anInputThatIsMissingIsEmpty() {
    assertThat(fields("{'id': 'a', 'service': 'say'}")).isEqualTo("steps[0].input.text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'steps': [{'id': 'a', 'service': 'say', 'inptu': {}}]}",
        "{'steps': [{'id': 'a', 'service': 'say', 'input': []}]}",
        "{'steps': [{'id': 'a', 'service': 'say', 'when': null}]}",
        "{'steps': [null]}",
        "{'steps': {}}",
        "{'input': 1, 'steps': []}",
        "{'input': {}}",
        "{'steps': [], 'x': 1}",
        "[]",
      })
  void aDocumentOfAnotherFormIsRefused(String json) {
    assertThatThrownBy(() -> PipelineFixture.document(json))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void whatShipsIsRight() {
    PipelinePlan plan =
        PipelineCheck.check(
            ShippedPipelines.textAnalysis(),
            PipelineFixture::shipped,
            PipelineFixture.INPUTS,
            PipelineFixture.MOST_STEPS);

    assertThat(plan.steps())
        .extracting(PlannedStep::hangsOn)
        .containsExactly(Set.of(), Set.of(0), Set.of(0));
  }

  // With the input.

  private static List<Violation> wrongInput(String steps, String input, boolean isNamed) {
    try {
      PipelineInput.check(
          plan(steps).with(PipelineFixture.object(input)), PipelineFixture.INPUTS, isNamed);
      return List.of();
    } catch (InvalidInputException e) {
      return e.violations();
    }
  }

  private static final String TAKES_INPUT =
      "{'id': 'a', 'service': 'say', 'input': {'text': {'$from': '/input/texts/1'}, 'more':"
          + " [{'text': {'$from': '/input/x'}}]}}";

  @Test
  void theInputMustHaveWhatStepsTake() {
    assertThat(wrongInput(TAKES_INPUT, "{'texts': ['a', 'b'], 'x': 'c'}", false)).isEmpty();
    assertThat(wrongInput(TAKES_INPUT, "{'texts': ['a']}", false))
        .extracting(Violation::field)
        .containsExactlyInAnyOrder("steps[0].input.text", "steps[0].input.more[0].text");
    assertThat(wrongInput(TAKES_INPUT, "{'texts': ['a']}", true))
        .extracting(Violation::field)
        .containsExactlyInAnyOrder("input.texts[1]", "input.x");
  }

  @Test
  void theInputMustBeWhatAStepThatSurelyRunsTakes() {
    assertThat(wrongInput(TAKES_INPUT, "{'texts': ['a', 7], 'x': 'c'}", false))
        .extracting(Violation::field)
        .containsExactly("steps[0].input.text");
    assertThat(wrongInput(TAKES_INPUT, "{'texts': ['a', ' '], 'x': 'c'}", true))
        .extracting(Violation::field)
        .containsExactly("input.texts[1]");
  }

  @Test
  void whatMayNotRunIsNotCheckedWithTheInput() {
    String conditional =
        "{'id': 'a', 'service': 'say', 'input': {'text': {'$from': '/input/x'}}, 'when': {'$from':"
            + " '/input/run', 'equals': true}}";

    assertThat(wrongInput(conditional, "{'x': 7}", false)).isEmpty();
  }
}

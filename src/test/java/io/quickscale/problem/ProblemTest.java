package io.quickscale.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.service.InsufficientCreditsException;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.ServiceNotFoundException;
import io.quickscale.service.ServiceUnavailableException;
import io.quickscale.service.UpstreamFailedException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemTest {
  /** The table of codes in the contract, and one within answers: what callers switch on. */
  private static final Map<String, Integer> CONTRACT =
      Map.ofEntries(
          Map.entry("malformed_json", 400),
          Map.entry("invalid_input", 400),
          Map.entry("unauthenticated", 401),
          Map.entry("insufficient_credits", 402),
          Map.entry("forbidden", 403),
          Map.entry("service_not_found", 404),
          Map.entry("not_found", 404),
          Map.entry("method_not_allowed", 405),
          Map.entry("not_acceptable", 406),
          Map.entry("request_in_progress", 409),
          Map.entry("conflict", 409),
          Map.entry("cancelled", 409),
          Map.entry("payload_too_large", 413),
          Map.entry("unsupported_media_type", 415),
          Map.entry("idempotency_key_reused", 422),
          Map.entry("rate_limited", 429),
          Map.entry("service_failed", 500),
          Map.entry("internal_error", 500),
          Map.entry("upstream_failed", 502),
          Map.entry("service_inactive", 503),
          Map.entry("service_unavailable", 503),
          Map.entry("service_timeout", 504));

  private static final Throwable CAUSE = new IllegalStateException("secret inside");

  static List<Problem> problems() {
    return List.of(
        new MalformedJsonProblem("Send JSON."),
        new InvalidInputException("No."),
        InvalidInputException.of("text", "is required"),
        new UnauthenticatedProblem("Send a key."),
        new InsufficientCreditsException(new BigDecimal("20"), new BigDecimal("5.5")),
        new ForbiddenProblem("Not yours."),
        new ServiceNotFoundException("echo"),
        new NotFoundProblem("Nothing."),
        HttpProblem.of(401),
        HttpProblem.of(403),
        HttpProblem.of(404),
        HttpProblem.of(405),
        HttpProblem.of(406),
        HttpProblem.of(415),
        HttpProblem.of(503),
        new RequestInProgressProblem(),
        new ConflictProblem("Again?"),
        new CancelledProblem("Nobody wanted it."),
        new OrderInterruptedProblem(),
        new PayloadTooLargeProblem(1000),
        new IdempotencyKeyReusedProblem(),
        new RateLimitedProblem("Slow down.", 7),
        new ServiceFailedProblem("echo", "0ABC", CAUSE),
        new InternalErrorProblem("0DEF"),
        new UpstreamFailedException("They said no.", CAUSE),
        new ServiceInactiveProblem("Off."),
        new ServiceUnavailableException("Down.", CAUSE),
        new ServiceTimeoutProblem("echo"));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void aProblemHasACodeOfTheContractWithItsStatus(Problem problem) {
    assertThat(CONTRACT).containsEntry(problem.code(), problem.status());
  }

  @ParameterizedTest
  @MethodSource("problems")
  void aProblemHasATitleAndADetailThatIsASentence(Problem problem) {
    assertThat(problem.title()).matches("[A-Z][A-Za-z ]+");
    assertThat(problem.detail()).isNotBlank().isEqualTo(problem.getMessage());
  }

  @ParameterizedTest
  @MethodSource("problems")
  void aProblemHasNoStackTrace(Problem problem) {
    assertThat(problem.getStackTrace()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("problems")
  void aProblemShowsNothingOfItsCause(Problem problem) {
    assertThat(problem.detail() + problem.members()).doesNotContain("secret inside");
  }

  @Test
  void everyCodeOfTheContractHasItsProblem() {
    assertThat(problems()).extracting(Problem::code).containsAll(CONTRACT.keySet());
  }

  @Test
  void oneCodeHasOneTitle() {
    Map<String, Set<String>> titles =
        problems().stream()
            .filter(problem -> !problem.code().equals("invalid_input"))
            .collect(
                Collectors.groupingBy(
                    Problem::code,
                    Collectors.mapping(Problem::title, Collectors.toCollection(TreeSet::new))));

    assertThat(titles).allSatisfy((code, title) -> assertThat(title).as(code).hasSize(1));
  }

  @Test
  void aRefusalForCreditsSaysWhatIsNeededWhatThereIsAndWhatIsMissing() {
    Problem problem = new InsufficientCreditsException(new BigDecimal("20"), new BigDecimal("5.5"));

    assertThat(problem.detail()).contains("20 credits", "5.5 are available", "14.5 are missing");
    assertThat(new InsufficientCreditsException(BigDecimal.ONE, BigDecimal.ZERO))
        .hasMessageStartingWith("This needs 1 credit and 0 are available: 1 is missing.");
    assertThat(problem.members())
        .containsExactly(
            Map.entry("required_credits", new BigDecimal("20")),
            Map.entry("available_credits", new BigDecimal("5.5")),
            Map.entry("shortfall", new BigDecimal("14.5")));
  }

  @Test
  void problemsCarryTheMembersOfTheContract() {
    assertThat(new PayloadTooLargeProblem(1000).members()).containsEntry("limit_bytes", 1000L);
    assertThat(new ServiceFailedProblem("echo", "0ABC", CAUSE).members())
        .containsEntry("usage_id", "0ABC");
    assertThat(new InternalErrorProblem("0DEF").members()).containsEntry("reference", "0DEF");
    assertThat(InvalidInputException.of("text", "is required").members())
        .containsEntry("violations", List.of(new Violation("text", "is required")));
  }

  @Test
  void whereItIsKnownAProblemSaysWhenToTryAgain() {
    assertThat(new RateLimitedProblem("Slow down.", 7).retryAfterSeconds()).contains(7);
    assertThat(new RequestInProgressProblem().retryAfterSeconds()).contains(1);
    assertThat(new ServiceUnavailableException("Down.").retryAfterSeconds()).isPresent();
    assertThat(new NotFoundProblem("Nothing.").retryAfterSeconds()).isEmpty();
  }

  @Test
  void severalViolationsAreAllInTheDetail() {
    assertThat(
            new InvalidInputException(
                    List.of(new Violation("text", "is required"), new Violation("", "is odd")))
                .detail())
        .isEqualTo("text: is required; is odd");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 406, 415, 503})
  void aStatusOfTheContainerKeepsItsMeaning(int status) {
    assertThat(HttpProblem.of(status).status()).isEqualTo(status);
    assertThat(CONTRACT).containsEntry(HttpProblem.of(status).code(), status);
  }

  @Test
  void anyOtherClientErrorIsAnInvalidRequest() {
    assertThat(IntStream.of(400, 411, 414, 417, 431).mapToObj(HttpProblem::of))
        .extracting(Problem::code)
        .containsOnly("invalid_input");
  }

  @Test
  void theMembersOfAProblemCannotBeChanged() {
    assertThat(new ConflictProblem("Again?").members()).isUnmodifiable();
  }
}

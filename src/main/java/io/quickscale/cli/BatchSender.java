package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.quickscale.cli.Api.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Sends one input at a time until it is known what became of it; used by several threads. */
final class BatchSender {
  /** Would be answered to every other line too. */
  private static final Set<String> ENDS_THE_BATCH =
      Set.of(
          "insufficient_credits",
          "unauthenticated",
          "forbidden",
          "service_not_found",
          "not_found",
          "service_inactive");

  /** Nothing was run, or it is still running: the same key again, later. */
  private static final Set<String> LATER = Set.of("rate_limited", "request_in_progress");

  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final Api api;
  private final String path;
  private final boolean failuresMayCost;
  private final BatchJournal journal;
  private final Pause pause;

  /**
   * A sender.
   *
   * @param service as the API describes it
   */
  BatchSender(Api api, JsonNode service, BatchJournal journal, Pause pause) {
    this.api = api;
    this.journal = journal;
    this.pause = pause;
    path = "/api/v1/services/" + Api.encode(service.path("name").asText()) + "/run";
    failuresMayCost = service.path("failure_policy").asText().equals("charge_on_failure");
  }

  /** It was stopped before it was known what became of the input. */
  static final class Stopped extends RuntimeException {
    Stopped() {
      super("stopped", null, false, false);
    }
  }

  /**
   * Runs the service with this input.
   *
   * @throws Stopped the batch is being stopped
   * @throws Failure the batch cannot go on
   */
  BatchResult send(BatchItem item) {
    int attempt = 1;
    int waits = 0;
    while (true) {
      pause.await();
      if (pause.isStopping()) {
        throw new Stopped();
      }
      Answer answer;
      try {
        answer = api.exchange("POST", path, item.body(), journal.idempotencyKey(item, attempt));
      } catch (IOException e) {
        waitForServer(new Failure(api.unreachable(e), e), Optional.empty(), waits++);
        continue;
      }
      if (answer.isSuccess()) {
        pause.succeeded();
        return BatchResult.succeeded(item, answer.jsonOrFail(api.server()));
      }
      JsonNode problem = answer.problem();
      String code = problem.path("code").asText();
      if (ENDS_THE_BATCH.contains(code)) {
        throw new ProblemFailure(problem, api.server());
      } else if (LATER.contains(code) || isServerTrouble(answer, problem)) {
        waitForServer(new ProblemFailure(problem, api.server()), retryAfter(answer), waits++);
      } else if (mayPass(answer) && attempt < ATTEMPTS) {
        // This run has ended without a charge, and its key will only say so again.
        pause.succeeded();
        pause.await(retryAfter(answer).orElseGet(() -> backoff(0)));
        attempt++;
      } else {
        pause.succeeded();
        return BatchResult.failed(item, problem, cost(problem));
      }
    }
  }

  /** The server could not even begin a run: a run that began and failed has a usage id. */
  private static boolean isServerTrouble(Answer answer, JsonNode problem) {
    return answer.status() >= 500 && !problem.has("usage_id");
  }

  /** What the service depends on was away. */
  private static boolean mayPass(Answer answer) {
    return answer.status() == 503 || answer.status() == 502;
  }

  private void waitForServer(Failure trouble, Optional<Duration> asked, int waits) {
    if (pause.isPatienceOver()) {
      throw trouble;
    }
    pause.askFor(asked.orElseGet(() -> backoff(waits)));
  }

  private static Duration backoff(int waits) {
    return FIRST_BACKOFF.multipliedBy(1L << Math.min(waits, 6));
  }

  private static Optional<Duration> retryAfter(Answer answer) {
    return answer
        .header("retry-after")
        .filter(value -> value.matches("\\d{1,9}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .map(time -> time.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : time);
  }

  /**
   * A failed run costs nothing, unless the operator has decided so, or it did not fail but its
   * answer was too large to be kept: then its record tells.
   */
  private BigDecimal cost(JsonNode problem) {
    boolean mayCost = failuresMayCost || problem.path("code").asText().equals("conflict");
    if (!mayCost || !problem.has("usage_id")) {
      return BigDecimal.ZERO;
    }
    return api.get("/api/v1/usage/" + Api.encode(problem.path("usage_id").asText()))
        .path("cost")
        .decimalValue();
  }
}

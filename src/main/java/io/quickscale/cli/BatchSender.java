package io.quickscale.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.quickscale.cli.Api.Answer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sends one group at a time until it is known what became of each of its inputs; used by several
 * threads.
 */
final class BatchSender {
  /** Would be answered to every other line too. */
  private static final Set<String> ENDS_THE_BATCH =
      Set.of(
          "insufficient_credits",
          "spending_limit_reached",
          "unauthenticated",
          "forbidden",
          "service_not_found",
          "not_found",
          "service_inactive");

  /** Nothing was run, or it is still running: the same key again, later. */
  private static final Set<String> LATER = Set.of("rate_limited", "request_in_progress");

  private static final int TOO_LARGE = 413;
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

  private final Api api;
  private final String service;
  private final boolean failuresMayCost;
  private final BatchJournal journal;
  private final Pause pause;
  private final Senders senders = new Senders();

  /**
   * A sender.
   *
   * @param service as the API describes it
   */
  BatchSender(Api api, JsonNode service, BatchJournal journal, Pause pause) {
    this.api = api;
    this.journal = journal;
    this.pause = pause;
    this.service = "/api/v1/services/" + Api.encode(service.path("name").asText());
    failuresMayCost = service.path("failure_policy").asText().equals("charge_on_failure");
  }

  /** It was stopped before it was known what became of the input. */
  static final class Stopped extends RuntimeException {
    Stopped() {
      super("stopped", null, false, false);
    }
  }

  /** The server says no to every line. */
  private static final class Refused extends RuntimeException {
    private final transient JsonNode problem;

    private Refused(JsonNode problem) {
      super("refused", null, false, false);
      this.problem = problem;
    }
  }

  /**
   * Runs the service with these inputs.
   *
   * @return what became of those that are wanted, in the order of the file
   * @throws Stopped the batch is being stopped
   * @throws Failure the batch cannot go on
   */
  List<BatchResult> send(BatchGroup group) {
    Map<Long, BatchResult> results = new HashMap<>();
    Deque<BatchGroup> left = new ArrayDeque<>(List.of(group));
    senders.begin();
    try {
      while (!left.isEmpty()) {
        BatchGroup next = left.remove();
        if (next.items().size() > 1) {
          left.addAll(together(next, results));
        } else {
          add(results, alone(next));
        }
      }
    } finally {
      senders.end();
    }
    return group.wantedItems().stream().map(item -> results.get(item.line())).toList();
  }

  private static void add(Map<Long, BatchResult> results, BatchResult result) {
    results.put(result.line(), result);
  }

  /** An input in a request of its own. */
  private BatchResult alone(BatchGroup group) {
    BatchItem item = group.items().get(0);
    for (int attempt = 1; ; attempt++) {
      Answer answer = ask(group, group.items(), "/run", item.body(), attempt);
      if (answer.isSuccess()) {
        return BatchResult.succeeded(item, answer.jsonOrFail(api.server()));
      }
      JsonNode problem = answer.problem();
      if (attempt == ATTEMPTS || !mayPass(answer.status())) {
        return BatchResult.failed(item, problem, cost(problem));
      }
      // This run has ended without a charge, and its key will only say so again.
      pause.await(retryAfter(answer).orElseGet(() -> backoff(0)));
    }
  }

  /**
   * Several inputs in one request.
   *
   * @param results where those are put that are known then
   * @return what is to be sent instead, if the server has refused the whole
   */
  private List<BatchGroup> together(BatchGroup group, Map<Long, BatchResult> results) {
    List<BatchItem> unfit = group.items().stream().filter(item -> !isJson(item)).toList();
    if (!unfit.isEmpty()) {
      // Within a list it would spoil the others: alone, the server says what is wrong with it.
      List<List<BatchItem>> parts = new ArrayList<>();
      unfit.forEach(item -> parts.add(List.of(item)));
      parts.add(without(group.wantedItems(), unfit));
      return instead(group, parts);
    }
    Answer answer = ask(group, group.items(), "/batch", BatchGroup.body(group.items()), 1);
    if (answer.isSuccess()) {
      settle(group, group.items(), answer, results);
      return List.of();
    }
    JsonNode problem = answer.problem();
    Map<Integer, JsonNode> wrong = BatchViolations.byItem(problem, group.items().size());
    if (!wrong.isEmpty()) {
      List<BatchItem> named = wrong.keySet().stream().map(group.items()::get).toList();
      wrong.forEach(
          (index, why) ->
              add(results, BatchResult.failed(group.items().get(index), why, BigDecimal.ZERO)));
      return instead(group, List.of(without(group.wantedItems(), named)));
    } else if (answer.status() == TOO_LARGE || answer.status() == 400) {
      return instead(group, halves(group.wantedItems()));
    }
    // Of what was run the answer is lost; no other key may run it again.
    group
        .wantedItems()
        .forEach(item -> add(results, BatchResult.failed(item, problem, BigDecimal.ZERO, "")));
    return List.of();
  }

  private static boolean isJson(BatchItem item) {
    try {
      Json.read(item.body());
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static List<BatchItem> without(List<BatchItem> items, List<BatchItem> some) {
    return items.stream().filter(item -> !some.contains(item)).toList();
  }

  private static List<List<BatchItem>> halves(List<BatchItem> items) {
    int middle = (items.size() + 1) / 2;
    return List.of(items.subList(0, middle), items.subList(middle, items.size()));
  }

  /** Other groups in place of one that the server has refused, or that cannot be sent. */
  private List<BatchGroup> instead(BatchGroup refused, List<List<BatchItem>> parts) {
    List<List<BatchItem>> filled = parts.stream().filter(part -> !part.isEmpty()).toList();
    int first =
        journal.groups().write(filled.stream().map(BatchGroup::lines).toList(), refused.number());
    List<BatchGroup> groups = new ArrayList<>();
    for (List<BatchItem> part : filled) {
      groups.add(BatchGroup.of(first + groups.size(), part));
    }
    return groups;
  }

  /** Takes the results, and tries again what failed for a reason that may pass. */
  private void settle(
      BatchGroup group, List<BatchItem> sent, Answer answer, Map<Long, BatchResult> results) {
    List<BatchItem> again = take(sent, answer, results);
    for (int attempt = 2; attempt <= ATTEMPTS && !again.isEmpty(); attempt++) {
      pause.await(backoff(0));
      Answer next = ask(group, again, "/batch", BatchGroup.body(again), attempt);
      if (!next.isSuccess()) {
        return;
      }
      again = take(again, next, results);
    }
  }

  /** What became of each; returns what may be tried again. */
  private List<BatchItem> take(
      List<BatchItem> sent, Answer answer, Map<Long, BatchResult> results) {
    JsonNode answers = answer.jsonOrFail(api.server()).path("items");
    if (answers.size() != sent.size()) {
      throw new Failure(
          "%s answered %d inputs with %d results: is there a QuickScale server behind this URL?"
              .formatted(api.server().url(), sent.size(), answers.size()));
    }
    List<BatchItem> again = new ArrayList<>();
    for (int i = 0; i < sent.size(); i++) {
      JsonNode item = answers.get(i);
      if (item.path("success").asBoolean()) {
        add(results, BatchResult.succeeded(sent.get(i), item));
        continue;
      }
      JsonNode problem = item.path("error");
      BigDecimal cost = item.path("credits_consumed").decimalValue();
      add(results, BatchResult.failed(sent.get(i), problem, cost, item.path("usage_id").asText()));
      boolean wasGivenBack = problem.path("code").asText().equals("cancelled");
      if (cost.signum() == 0 && (wasGivenBack || mayPass(problem.path("status").asInt()))) {
        again.add(sent.get(i));
      }
    }
    return again;
  }

  /** Asks until the server has said what became of it. */
  private Answer ask(
      BatchGroup group, List<BatchItem> items, String what, String body, int attempt) {
    try {
      return ask(service + what, body, journal.idempotencyKey(group, items, attempt));
    } catch (Refused refused) {
      if (group.number() > 0 && attempt == 1) {
        // Nothing of it has run: a later start may send it in another way.
        journal.groups().write(List.of(), group.number());
      }
      throw new ProblemFailure(refused.problem, api.server());
    }
  }

  private Answer ask(String path, String body, String key) {
    int waits = 0;
    while (true) {
      pause.await();
      if (pause.isStopping()) {
        throw new Stopped();
      }
      Answer answer;
      try {
        answer = api.exchange("POST", path, body, key);
      } catch (IOException e) {
        waitForServer(new Failure(api.unreachable(e), e), Optional.empty(), waits++);
        continue;
      }
      if (answer.isSuccess()) {
        pause.succeeded();
        return answer;
      }
      JsonNode problem = answer.problem();
      String code = problem.path("code").asText();
      if (answer.status() == 402 && senders.awaitAnother(pause)) {
        // The others may have held more than they cost.
        continue;
      } else if (ENDS_THE_BATCH.contains(code)) {
        throw new Refused(problem);
      } else if (code.equals("request_in_progress") && !pause.isPatienceOver()) {
        // Of this group only: the others need not wait for it.
        pause.await(retryAfter(answer).orElse(backoff(waits++)));
      } else if (LATER.contains(code) || isServerTrouble(answer, problem)) {
        waitForServer(new ProblemFailure(problem, api.server()), retryAfter(answer), waits++);
      } else {
        pause.succeeded();
        return answer;
      }
    }
  }

  /**
   * The server could not even begin a run: a run that began and failed has a usage id. What is no
   * answer of QuickScale's comes from something before it, or from a server that is still starting.
   */
  private static boolean isServerTrouble(Answer answer, JsonNode problem) {
    boolean isForeign = problem.path("code").asText().equals("not_quickscale");
    return answer.status() >= 500 && !problem.has("usage_id")
        || isForeign && answer.status() != TOO_LARGE;
  }

  /** What the service depends on was away. */
  private static boolean mayPass(int status) {
    return status == 503 || status == 502;
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

  /** How many are at work: while others are, credits that they hold may still come back. */
  private static final class Senders {
    private static final long LOOK_MILLIS = 200;

    private int working;
    private long ended;

    synchronized void begin() {
      working++;
    }

    synchronized void end() {
      working--;
      ended++;
      notifyAll();
    }

    /**
     * Waits until another one has come to its end.
     *
     * @return whether there was one
     */
    synchronized boolean awaitAnother(Pause pause) {
      if (working == 1) {
        return false;
      }
      long before = ended;
      working--;
      try {
        while (ended == before && working > 0 && !pause.isStopping()) {
          wait(LOOK_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        pause.stop();
      } finally {
        working++;
      }
      return true;
    }
  }
}

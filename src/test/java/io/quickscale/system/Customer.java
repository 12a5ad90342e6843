package io.quickscale.system;

import io.quickscale.system.QuickScale.Caller;
import io.quickscale.system.QuickScale.NoAnswer;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Buys one run after the other. Asks for each with a key of its own, and again with the same key
 * until it has been told how the run ended.
 */
final class Customer {
  private static final Duration PATIENCE = Duration.ofSeconds(100);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Caller caller;
  private final Offer offer;
  private final Tally tally;

  Customer(Caller caller, Offer offer, Tally tally) {
    this.caller = caller;
    this.offer = offer;
    this.tally = tally;
  }

  void buy() {
    String key = UUID.randomUUID().toString();
    Caller request = caller.with("Idempotency-Key", key).with("X-Request-Id", key);
    JsonObject input = offer.input().get();
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      Optional<Reply> receipt = ask(request, input);
      if (receipt.isPresent()) {
        tally.bought(Purchase.of(key, receipt.get()));
        LockSupport.parkNanos(offer.pause().toNanos());
        return;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    throw new AssertionError("No final answer for key " + key + " in " + PATIENCE);
  }

  private Optional<Reply> ask(Caller request, JsonObject input) {
    Instant asked = Instant.now();
    try {
      Reply reply = request.run(offer.service(), input);
      tally.waited(Duration.between(asked, Instant.now()));
      return read(reply);
    } catch (NoAnswer cut) {
      tally.count("none");
      return Optional.empty();
    }
  }

  private Optional<Reply> read(Reply reply) {
    if (reply.header("X-Request-Id").isEmpty()) {
      tally.countForeign(reply);
      return Optional.empty();
    }
    tally.count(
        reply.header("Idempotent-Replayed").map(yes -> "replayed ").orElse("") + reply.status());
    switch (reply.status()) {
      case 200 -> {
        return Optional.of(reply);
      }
      case 409 -> expectProblem(reply, "request_in_progress");
      case 503 -> expectProblem(reply, "service_unavailable");
      case 504 -> expectProblem(reply, "service_timeout");
      default -> tally.unclear(reply);
    }
    return Optional.empty();
  }

  private void expectProblem(Reply reply, String code) {
    try {
      reply.expectProblem(reply.status(), code);
    } catch (AssertionError wrong) {
      tally.unclear(reply);
    }
  }
}

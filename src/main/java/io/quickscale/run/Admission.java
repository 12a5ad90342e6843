package io.quickscale.run;

import io.quickscale.json.JsonCodec;
import io.quickscale.platform.Ids;
import io.quickscale.platform.LiveValue;
import io.quickscale.platform.Time;
import io.quickscale.problem.PayloadTooLargeProblem;
import io.quickscale.problem.Problem;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.Registry;
import io.quickscale.service.ServiceUser;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;

/**
 * The first part of a run's road: everything that can be said against an order is said here, before
 * anything is executed. What it lets through is open and its credits are held.
 */
@ApplicationScoped
class Admission {
  /** A run that has not ended after this time is given up and its credits are returned. */
  private static final long DEFAULT_DEADLINE_SECONDS = 900;

  private static final long MAX_DEADLINE_SECONDS = Duration.ofDays(365).toSeconds();

  @EJB Registry registry;
  @Inject JsonCodec codec;
  @Inject Idempotency idempotency;
  @Inject RunWriter writer;
  @Inject RunReport report;
  @Inject RunTrace trace;
  @Inject Time time;
  @Inject Ids ids;
  @Inject Config config;

  private LiveValue<Long> deadlineSeconds;

  @PostConstruct
  void configure() {
    deadlineSeconds =
        new LiveValue<>(
            config,
            "quickscale.run.deadline",
            Long.class,
            seconds -> seconds > 0 && seconds <= MAX_DEADLINE_SECONDS,
            "seconds, from 1 to " + MAX_DEADLINE_SECONDS);
  }

  /** What became of a request. */
  sealed interface Admitted {}

  /**
   * It is a run now.
   *
   * @param open the same, as it is stored
   * @param input bound and checked
   */
  record Begun(Run run, OpenRun open, Object input) implements Admitted {}

  /** An earlier request with the same idempotency key has been answered. */
  record AnsweredBefore(Answer answer) implements Admitted {}

  /**
   * Lets a client's request in.
   *
   * @throws Problem it is refused; nothing is held, nothing is recorded
   */
  Admitted admit(RunRequest request) {
    try {
      Optional<Answer> earlier = request.key().flatMap(idempotency::earlier);
      return earlier.isPresent() ? new AnsweredBefore(earlier.get()) : begin(request);
    } catch (Problem refusal) {
      // Only known names: a metric must not grow by what callers make up.
      boolean known = registry.find(request.service()).isPresent();
      report.refused(known ? request.service() : "unknown", refusal);
      throw refusal;
    }
  }

  private Admitted begin(RunRequest request) {
    try {
      RegisteredService service = registry.require(request.service());
      Object input = read(service, request.body());
      return start(run(service, request), input);
    } catch (RuntimeException refusal) {
      // An equal request may have been faster.
      return request
          .key()
          .flatMap(idempotency::earlier)
          .<Admitted>map(AnsweredBefore::new)
          .orElseThrow(() -> refusal);
    }
  }

  /**
   * Lets in what Java code runs, or a service within its own run.
   *
   * @param outer the run whose service asks, if one does
   * @throws Problem it is refused; nothing is held, nothing is recorded
   */
  Begun admit(RegisteredService service, ServiceUser user, Optional<Run> outer, Object input) {
    try {
      return (Begun) start(run(service, user, outer), input);
    } catch (Problem refusal) {
      report.refused(service.name(), refusal);
      throw refusal;
    }
  }

  /**
   * Binds and checks an input, as a run would.
   *
   * @throws Problem what is wrong with it
   */
  Object read(RegisteredService service, byte[] body) {
    Integer limit = service.settings().maxInputBytes();
    if (limit != null && body.length > limit) {
      throw new PayloadTooLargeProblem(limit);
    }
    return codec.read(body, service.inputType());
  }

  /** After how long a run that has not ended is given up. */
  Duration patience() {
    return Duration.ofSeconds(deadlineSeconds.orElse(DEFAULT_DEADLINE_SECONDS));
  }

  private Admitted start(Run run, Object input) {
    RunOutcome outcome =
        trace.hold(run, () -> writer.start(new RunCommand.Start(run.order(), List.of(run))));
    return outcome instanceof RunOutcome.Replayed replayed
        ? new AnsweredBefore(replayed.answer())
        : new Begun(run, ((RunOutcome.Started) outcome).runs().get(0), input);
  }

  private Run run(RegisteredService service, RunRequest request) {
    return run(
        service,
        request.user(),
        request.apiKeyId(),
        request.key(),
        request.correlationId(),
        Optional.empty());
  }

  private Run run(RegisteredService service, ServiceUser user, Optional<Run> outer) {
    return run(
        service,
        user,
        outer.flatMap(run -> run.order().apiKeyId()),
        Optional.empty(),
        outer.map(Run::correlationId).orElseGet(() -> UUID.randomUUID().toString()),
        outer);
  }

  private Run run(
      RegisteredService service,
      ServiceUser user,
      Optional<Long> apiKeyId,
      Optional<IdempotencyKey> key,
      String correlationId,
      Optional<Run> outer) {
    OffsetDateTime now = time.now();
    long id = ids.next();
    Order order =
        new Order(
            id,
            user,
            apiKeyId,
            key,
            correlationId,
            now,
            deadline(now, outer),
            outer,
            Optional.empty());
    return new Run(id, order, service);
  }

  /** What a service runs cannot outlast its own run. */
  private OffsetDateTime deadline(OffsetDateTime now, Optional<Run> outer) {
    OffsetDateTime latest = now.plus(patience());
    return outer
        .map(run -> run.order().deadline())
        .filter(end -> end.isBefore(latest))
        .orElse(latest);
  }
}

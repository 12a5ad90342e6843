package io.quickscale.pipeline;

import io.quickscale.credit.CreditStatement;
import io.quickscale.db.Writes;
import io.quickscale.json.JsonCodec;
import io.quickscale.json.JsonText;
import io.quickscale.platform.LiveValue;
import io.quickscale.platform.Parallel;
import io.quickscale.problem.Problem;
import io.quickscale.problem.ServiceInactiveProblem;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.Registry;
import io.quickscale.run.Answer;
import io.quickscale.run.OpenOrder;
import io.quickscale.run.OrderRequest;
import io.quickscale.run.OrderStart;
import io.quickscale.run.Orders;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.ServiceUser;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;

/**
 * Runs pipelines: each is checked as a whole, then the most that all its steps can cost is held,
 * then they are walked. Never inside a transaction.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
public class PipelineRunner {
  private static final int DEFAULT_MAX_STEPS = 20;
  private static final int MOST_STEPS = 1_000;

  @EJB Registry registry;
  @Inject StepInputs inputs;
  @Inject Orders orders;
  @Inject Parallel parallel;
  @Inject CreditStatement statement;
  @Inject JsonCodec codec;
  @Inject Config config;

  private LiveValue<Integer> maxSteps;

  @PostConstruct
  void configure() {
    maxSteps =
        new LiveValue<>(
            config,
            "quickscale.pipeline.max-steps",
            Integer.class,
            steps -> steps > 0 && steps <= MOST_STEPS,
            "from 1 to " + MOST_STEPS);
  }

  /**
   * Checks steps by themselves, without an input.
   *
   * @throws InvalidInputException with all that is wrong
   */
  public PipelinePlan check(List<StepDocument> steps) {
    return PipelineCheck.check(steps, registry::find, inputs, maxSteps.orElse(DEFAULT_MAX_STEPS));
  }

  /**
   * Checks a pipeline with its input, to be run now.
   *
   * @throws InvalidInputException with all that is wrong
   * @throws ServiceInactiveProblem one of its services cannot be run now
   */
  public PipelinePlan check(PipelineDocument document) {
    PipelinePlan plan = check(document.steps()).with(document.input());
    PipelineInput.check(plan, inputs, false);
    plan.services().forEach(RegisteredService::requireRunnable);
    return plan;
  }

  /**
   * Checks a stored pipeline with an input, to be run now.
   *
   * @param input null for none
   * @throws InvalidInputException with all that is wrong with the input
   * @throws ServiceInactiveProblem it cannot be run as it is stored
   */
  public PipelinePlan check(NamedPipeline stored, JsonObject input) {
    PipelinePlan plan = planOf(stored).with(input);
    PipelineInput.check(plan, inputs, true);
    plan.services().forEach(RegisteredService::requireRunnable);
    return plan;
  }

  /** It was right when it was stored; services come and go. */
  private PipelinePlan planOf(NamedPipeline stored) {
    try {
      return check(stored.steps()).of(stored);
    } catch (InvalidInputException wrong) {
      throw new ServiceInactiveProblem(
          "The pipeline '%s' cannot be run as it is stored: %s"
              .formatted(stored.name(), wrong.getMessage()));
    }
  }

  /**
   * Runs a pipeline for a client.
   *
   * @param check gives the plan; not asked if the request has been answered before
   * @param words puts the outcome into words; what it says is kept for the request's idempotency
   *     key
   * @throws Problem it was refused before it started; nothing is held, nothing is recorded
   */
  public Answer run(OrderRequest request, Supplier<PipelinePlan> check, PipelineWords words) {
    Optional<Answer> earlier = orders.earlier(request);
    return earlier.isPresent() ? earlier.get() : runNow(request, check, words);
  }

  private Answer runNow(OrderRequest request, Supplier<PipelinePlan> check, PipelineWords words) {
    PipelinePlan plan;
    OrderStart start;
    try {
      plan = check.get();
      start = orders.start(request, plan.services(), Optional.empty(), writes -> {});
    } catch (RuntimeException refusal) {
      // An equal request may have been faster.
      return orders.earlier(request).orElseThrow(() -> refusal);
    }
    if (start instanceof OrderStart.AnsweredEarlier before) {
      return before.answer();
    }
    OpenOrder order = ((OrderStart.Opened) start).order();
    PipelineResult result =
        walk(request.user(), plan, order, Map.of(), new Asker(words)).orElseThrow();
    return orders.keep(order, words.answer(result));
  }

  /**
   * Walks a pipeline whose runs are ordered, on this thread and others, until all steps have ended
   * or the follower says that it does not go on.
   *
   * @param order with one run for each step that has not ended, in their order
   * @param known how steps have ended before, by their ids
   * @return empty if it was left before its end
   */
  public Optional<PipelineResult> walk(
      ServiceUser user,
      PipelinePlan plan,
      OpenOrder order,
      Map<String, StepEnd> known,
      PipelineFollower follower) {
    Map<Integer, StepEnd> ends = new HashMap<>();
    known.forEach((id, end) -> ends.put(plan.step(id).index(), end));
    List<PlannedStep> open =
        plan.steps().stream().filter(step -> !ends.containsKey(step.index())).toList();
    PipelineWalk walk =
        new PipelineWalk(
            plan,
            ends,
            inputs,
            new OrderedSteps(order, open, follower),
            this::read,
            follower::goesOn);
    parallel.run(walk, order.width());
    return walk.ends()
        .map(
            all -> PipelineResult.of(plan, all, this::read, statement.available(user.accountId())));
  }

  private JsonValue read(JsonText text) {
    return codec.readOwn(text.text(), JsonValue.class);
  }

  /** Somebody who waits for the end. */
  private record Asker(PipelineWords words) implements PipelineFollower {
    @Override
    public JsonText error(Problem problem, long usageId) {
      return words.error(problem, usageId);
    }

    @Override
    public void stepEnds(String step, StepEnd end, Writes writes) {
      // What the steps' own records say is enough.
    }

    @Override
    public boolean goesOn() {
      return true;
    }
  }
}

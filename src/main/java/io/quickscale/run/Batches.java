package io.quickscale.run;

import io.quickscale.json.JsonCodec;
import io.quickscale.platform.LiveValue;
import io.quickscale.platform.Parallel;
import io.quickscale.problem.Problem;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.Registry;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.Config;

/**
 * One service for many inputs, as one order: all are checked before the first one runs, they run in
 * parallel, and each is settled by itself.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
public class Batches {
  private static final int DEFAULT_MAX_ITEMS = 1_000;

  @EJB Registry registry;
  @Inject JsonCodec codec;
  @Inject Orders orders;
  @Inject Parallel parallel;
  @Inject Config config;

  private LiveValue<Integer> maxItems;

  @PostConstruct
  void configure() {
    maxItems =
        new LiveValue<>(
            config, "quickscale.batch.max-items", Integer.class, items -> items > 0, "1 or more");
  }

  /**
   * Runs a batch for a client.
   *
   * @param body an object whose {@code items} are the inputs, JSON in UTF-8
   * @param words puts how the items ended, in their order, into the answer
   * @throws Problem it was refused before anything ran; nothing is held, nothing is recorded
   */
  public Answer answer(
      OrderRequest request,
      String serviceName,
      byte[] body,
      Function<List<RunAnswer>, Answer> words) {
    Optional<Answer> earlier = orders.earlier(request);
    return earlier.isPresent() ? earlier.get() : runNow(request, serviceName, body, words);
  }

  private Answer runNow(
      OrderRequest request,
      String serviceName,
      byte[] body,
      Function<List<RunAnswer>, Answer> words) {
    List<Object> inputs;
    OrderStart start;
    try {
      RegisteredService service = registry.require(serviceName);
      inputs = read(service, body);
      start =
          orders.start(
              request, Collections.nCopies(inputs.size(), service), Optional.empty(), writes -> {});
    } catch (RuntimeException refusal) {
      // An equal request may have been faster.
      return orders.earlier(request).orElseThrow(() -> refusal);
    }
    if (start instanceof OrderStart.AnsweredEarlier before) {
      return before.answer();
    }
    OpenOrder order = ((OrderStart.Opened) start).order();
    return orders.keep(order, words.apply(execute(order, inputs)));
  }

  private List<Object> read(RegisteredService service, byte[] body) {
    return codec.readMany(
        body,
        "items",
        maxItems.orElse(DEFAULT_MAX_ITEMS),
        service.settings().maxInputBytes(),
        service.inputType());
  }

  /** Executes all runs of an order, each with the input at its place. */
  List<RunAnswer> execute(OpenOrder order, List<?> inputs) {
    BatchWork work = new BatchWork(order, inputs);
    parallel.run(work, order.width());
    return work.answers();
  }
}

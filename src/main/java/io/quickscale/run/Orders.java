package io.quickscale.run;

import io.quickscale.db.Writes;
import io.quickscale.json.JsonCodec;
import io.quickscale.platform.Ids;
import io.quickscale.platform.LiveValue;
import io.quickscale.platform.Time;
import io.quickscale.problem.Problem;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.Registry;
import io.quickscale.service.ServiceUser;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.Config;

/**
 * Orders of many runs: what all of them can cost is held before the first one begins, each is
 * settled by itself, and the whole has one answer. Never inside a transaction.
 */
@ApplicationScoped
@Transactional(Transactional.TxType.NOT_SUPPORTED)
public class Orders {
  private static final int DEFAULT_WIDTH = 16;

  /** A job may wait for its turn for this long, and for a node to go on with it. */
  private static final Duration JOB_LEASE = Duration.ofDays(7);

  @EJB Registry registry;
  @Inject Admission admission;
  @Inject Execution execution;
  @Inject RunWriter writer;
  @Inject RunJournal journal;
  @EJB UnsureRuns unsure;
  @Inject RunReport report;
  @Inject Idempotency idempotency;
  @Inject Time time;
  @Inject Ids ids;
  @Inject JsonCodec codec;
  @Inject Config config;

  private LiveValue<Integer> width;

  @PostConstruct
  void configure() {
    width =
        new LiveValue<>(
            config, "quickscale.order.width", Integer.class, runs -> runs > 0, "1 or more");
  }

  /**
   * Looks for an earlier order with the same key, before anything is checked.
   *
   * @throws Problem it goes on, was another one, or its answer was not kept
   */
  public Optional<Answer> earlier(OrderRequest request) {
    return request.key().flatMap(idempotency::earlier);
  }

  /**
   * Binds and checks an input as a run would.
   *
   * @param body JSON in UTF-8
   * @throws Problem what is wrong with it
   */
  public Object read(RegisteredService service, byte[] body) {
    return admission.read(service, body);
  }

  /**
   * Holds the most that all runs can cost and opens them, in one transaction.
   *
   * @param services one run each, in this order; at least one
   * @param answer kept for the key at once; empty if it is {@link #keep kept} later
   * @param alongside adds rows to the same transaction; asked again if that is tried again
   * @throws Problem the whole is refused: nothing is held, nothing is recorded
   */
  public OrderStart start(
      OrderRequest request,
      List<RegisteredService> services,
      Optional<Answer> answer,
      Consumer<Writes> alongside) {
    return start(request, services, answer, (ids, writes) -> alongside.accept(writes));
  }

  /**
   * The same for rows that name the runs.
   *
   * @param alongside is given the usage ids, in the order of the services
   */
  public OrderStart start(
      OrderRequest request,
      List<RegisteredService> services,
      Optional<Answer> answer,
      BiConsumer<List<Long>, Writes> alongside) {
    return start(request, services, answer, alongside, codec::toText);
  }

  /**
   * The same for a caller in Java.
   *
   * @param sink takes the results
   */
  OrderStart start(
      OrderRequest request,
      List<RegisteredService> services,
      Optional<Answer> answer,
      BiConsumer<List<Long>, Writes> alongside,
      Execution.Sink sink) {
    try {
      Order order = order(request);
      List<Run> runs = runs(order, services);
      List<Long> usageIds = runs.stream().map(Run::usageId).toList();
      RunOutcome outcome =
          writer.start(
              new RunCommand.Start(
                  order, runs, answer, writes -> alongside.accept(usageIds, writes)));
      return outcome instanceof RunOutcome.Replayed replayed
          ? new OrderStart.AnsweredEarlier(replayed.answer())
          : new OrderStart.Opened(open(order, runs, ((RunOutcome.Started) outcome).runs(), sink));
    } catch (Problem refusal) {
      services.stream()
          .map(RegisteredService::name)
          .distinct()
          .forEach(service -> report.refused(service, refusal));
      throw refusal;
    }
  }

  /**
   * What goes on of a job's order, to be worked on here, at the prices at which it was held. What
   * has ended is not in it.
   */
  public OpenOrder resume(ServiceUser user, long jobId, long orderId) {
    List<OpenRun> open = journal.ofOrder(user.accountId(), orderId);
    OffsetDateTime deadline = open.isEmpty() ? time.now() : open.get(0).deadline();
    Order order =
        new Order(
            orderId,
            user,
            open.stream().findFirst().map(OpenRun::apiKeyId),
            Optional.empty(),
            open.isEmpty() ? "" : open.get(0).correlationId(),
            open.isEmpty() ? time.now() : open.get(0).startedAt(),
            deadline,
            Optional.empty(),
            Optional.of(jobId));
    List<Run> runs =
        open.stream()
            .flatMap(
                run -> service(run).map(service -> new Run(run.usageId(), order, service)).stream())
            .toList();
    return open(order, runs, open, codec::toText);
  }

  /**
   * Keeps an order's answer for its key, if it has one. What cannot be written now is later.
   *
   * @return the same answer
   */
  public Answer keep(OpenOrder order, Answer answer) {
    order
        .order()
        .key()
        .ifPresent(
            key -> {
              RunCommand.AnswerOrder command =
                  new RunCommand.AnswerOrder(
                      order.order().user().accountId(), order.id(), key, answer);
              try {
                writer.write(command).orThrow();
              } catch (RuntimeException failure) {
                unsure.keep(order.order(), () -> writer.write(command).orThrow());
              }
            });
    return answer;
  }

  private Optional<RegisteredService> service(OpenRun run) {
    return run.priceVersion() == null
        ? registry.find(run.service())
        : registry.find(run.service(), run.priceVersion());
  }

  private Order order(OrderRequest request) {
    OffsetDateTime now = time.now();
    return new Order(
        ids.next(),
        request.user(),
        request.apiKeyId(),
        request.key(),
        request.correlationId(),
        now,
        now.plus(request.jobId().isPresent() ? JOB_LEASE : OrderLease.length(admission.patience())),
        Optional.empty(),
        request.jobId());
  }

  private List<Run> runs(Order order, List<RegisteredService> services) {
    return IntStream.range(0, services.size())
        .mapToObj(i -> new Run(i == 0 ? order.id() : ids.next(), order, services.get(i)))
        .toList();
  }

  private OpenOrder open(Order order, List<Run> runs, List<OpenRun> open, Execution.Sink sink) {
    Map<Long, OpenRun> byId = new LinkedHashMap<>();
    open.forEach(run -> byId.put(run.usageId(), run));
    OrderLease lease = new OrderLease(order, admission.patience(), time, writer);
    return new OpenOrder(
        order,
        runs,
        byId,
        new OrderSettlement(writer, report),
        execution,
        sink,
        lease,
        width(runs));
  }

  private int width(List<Run> runs) {
    int most = width.orElse(DEFAULT_WIDTH);
    for (Run run : runs) {
      Integer limit = run.service().settings().maxConcurrentRuns();
      most = limit == null ? most : Math.min(most, limit);
    }
    return most;
  }
}

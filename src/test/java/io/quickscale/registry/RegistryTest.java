package io.quickscale.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.credit.Credits;
import io.quickscale.platform.AfterCommit;
import io.quickscale.platform.HealthResponses;
import io.quickscale.service.ServiceNotFoundException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry over definitions in memory, which tests can make slow or break. */
class RegistryTest {
  private static final String NAME = "echo";
  private static final int LOOKERS = 4;
  private static final int CHANGES = 100;

  private final Definitions definitions = new Definitions();
  private final Registry registry = new Registry();
  private final RegistryCheck check = new RegistryCheck();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void startRegistry() {
    registry.discovery = new ServiceDiscovery();
    registry.definitions = definitions;
    registry.afterCommit = new AtOnce();
    registry.check = check;
    definitions.setPrice(0);
    registry.start();
  }

  @AfterEach
  void endThreads() {
    definitions.goOn();
    threads.shutdownNow();
  }

  @Test
  void eachLookupSeesAllChangesThatWereCommittedBeforeItHoweverManyLookAtATime() throws Exception {
    definitions.dawdle = true;
    AtomicLong committed = new AtomicLong();
    AtomicBoolean done = new AtomicBoolean();
    List<Future<Long>> lookers = new ArrayList<>();
    for (int i = 0; i < LOOKERS; i++) {
      lookers.add(threads.submit(() -> lookUntil(done, committed)));
    }
    Future<?> timer =
        threads.submit(
            () -> {
              while (!done.get()) {
                registry.refresh();
              }
            });
    try {
      for (long price = 1; price <= CHANGES; price++) {
        changePrice(price);
        committed.set(price);
        assertThat(price()).isEqualTo(price);
      }
    } finally {
      done.set(true);
    }
    timer.get(1, TimeUnit.MINUTES);
    for (Future<Long> looker : lookers) {
      assertThat(looker.get(1, TimeUnit.MINUTES)).isLessThanOrEqualTo(CHANGES);
    }
    assertThat(price()).isEqualTo(CHANGES);
  }

  @Test
  void healthKnowsTheServicesAsSoonAsTheyAreRead() {
    HealthResponses.provide();

    assertThat(HealthResponses.text(check.call())).isEqualTo("UP {services=1}");
  }

  private long lookUntil(AtomicBoolean done, AtomicLong committed) {
    long last = 0;
    while (!done.get()) {
      long before = committed.get();
      long seen = price();
      assertThat(seen).isGreaterThanOrEqualTo(Math.max(before, last));
      last = seen;
    }
    return last;
  }

  @Test
  void lookupsDoNotWaitWhileTheDefinitionsAreReadByTheTimer() throws Exception {
    definitions.stop();
    Future<?> timer = threads.submit(registry::refresh);
    definitions.awaitReading();

    assertThat(threads.submit(this::price).get(1, TimeUnit.MINUTES)).isZero();
    assertThat(timer).isNotDone();
  }

  @Test
  void afterAChangeOneOfThoseWhoLookReadsAndTheOthersWaitForIt() throws Exception {
    changePrice(7);
    definitions.stop();
    int before = definitions.readings.get();
    List<Future<Long>> lookers = new ArrayList<>();
    for (int i = 0; i < LOOKERS; i++) {
      lookers.add(threads.submit(this::price));
    }
    definitions.awaitReading();
    assertThat(lookers).noneMatch(Future::isDone);
    definitions.goOn();

    for (Future<Long> looker : lookers) {
      assertThat(looker.get(1, TimeUnit.MINUTES)).isEqualTo(7);
    }
    assertThat(definitions.readings.get() - before).isEqualTo(1);
  }

  @Test
  void aChangeThatIsCommittedWhileAnotherIsReadIsSeenByTheNextLookup() throws Exception {
    changePrice(1);
    definitions.stop();
    Future<Long> first = threads.submit(this::price);
    definitions.awaitReading();
    changePrice(2);
    definitions.goOn();

    assertThat(first.get(1, TimeUnit.MINUTES)).isEqualTo(1);
    assertThat(price()).isEqualTo(2);
  }

  @Test
  void whatAnotherNodeChangedIsNotHiddenAgainByAReadingThatBeganBefore() throws Exception {
    definitions.stop();
    Future<?> older = threads.submit(registry::refresh);
    definitions.awaitReading();
    definitions.setPrice(5);
    Thread newer = new Thread(registry::reread);
    newer.start();
    while (newer.getState() != Thread.State.BLOCKED && newer.isAlive()) {
      Thread.onSpinWait();
    }
    definitions.goOn();
    older.get(1, TimeUnit.MINUTES);
    newer.join();

    assertThat(price()).isEqualTo(5);
  }

  @Test
  void theKnownServicesStayInUseWhileTheDatabaseIsAwayAndItIsNotAskedAtEachLookup() {
    changePrice(3);
    definitions.broken = true;
    int before = definitions.readings.get();

    assertThat(price()).isZero();
    assertThat(price()).isZero();
    assertThat(definitions.readings.get() - before).isEqualTo(1);

    registry.refresh();
    assertThat(price()).isZero();

    definitions.broken = false;
    registry.refresh();
    assertThat(price()).isEqualTo(3);
  }

  @Test
  void aForgottenServiceIsNotFoundAnyMore() {
    registry.forget(NAME);

    assertThat(registry.find(NAME)).isEmpty();
    assertThatThrownBy(() -> registry.require(NAME)).isInstanceOf(ServiceNotFoundException.class);
  }

  private void changePrice(long micros) {
    registry.change(
        NAME, settings -> settings.withPrice(new Price(Credits.ofMicros(micros), List.of())));
  }

  private long price() {
    return registry.require(NAME).price().perRun().micros();
  }

  private static final class AtOnce extends AfterCommit {
    @Override
    public void run(Runnable action) {
      action.run();
    }
  }

  private static final class Definitions extends ServiceDefinitions {
    private static final OffsetDateTime NOW =
        OffsetDateTime.of(2026, 11, 28, 8, 0, 0, 0, ZoneOffset.UTC);

    private static final CountDownLatch OPEN = new CountDownLatch(0);

    private final Map<String, ServiceSettings> rows = new ConcurrentHashMap<>();
    private final AtomicInteger readings = new AtomicInteger();
    private volatile boolean dawdle;
    private volatile boolean broken;
    private volatile CountDownLatch reading = new CountDownLatch(1);
    private volatile CountDownLatch mayGoOn = OPEN;
    private final AtomicReference<CountDownLatch> gate = new AtomicReference<>(OPEN);

    private void setPrice(long micros) {
      Price price = new Price(Credits.ofMicros(micros), List.of());
      rows.put(
          NAME, new ServiceSettings("", "test", price, true, FailurePolicy.NO_CHARGE, null, null));
    }

    /** Lets the next who has read wait before it returns. */
    private void stop() {
      reading = new CountDownLatch(1);
      mayGoOn = new CountDownLatch(1);
      gate.set(mayGoOn);
    }

    private void goOn() {
      mayGoOn.countDown();
    }

    private void awaitReading() throws InterruptedException {
      assertThat(reading.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Override
    public List<ServiceDefinition> all() {
      readings.incrementAndGet();
      if (broken) {
        throw new IllegalStateException("the database is away");
      }
      List<ServiceDefinition> read =
          rows.entrySet().stream()
              .map(row -> new ServiceDefinition(row.getKey(), row.getValue(), 1, NOW))
              .toList();
      reading.countDown();
      try {
        gate.getAndSet(OPEN).await();
        if (dawdle) {
          Thread.sleep(1);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return read;
    }

    @Override
    public void change(String name, UnaryOperator<ServiceSettings> change) {
      rows.computeIfPresent(name, (key, settings) -> change.apply(settings));
    }

    @Override
    public ServiceSettings remove(String name) {
      return rows.remove(name);
    }
  }
}

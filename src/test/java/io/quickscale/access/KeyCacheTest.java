package io.quickscale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.metrics.TestMetrics;
import io.quickscale.node.SettableClock;
import io.quickscale.platform.Time;
import io.quickscale.service.ServiceUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is asked of the database, and what is remembered, when much happens at the same time. */
class KeyCacheTest {
  private static final Duration REMEMBERED = Duration.ofSeconds(3);
  private static final int STRANGERS_AT_A_TIME = 4;

  private final List<Thread> threads = new CopyOnWriteArrayList<>();
  private final List<Future<?>> asked = new ArrayList<>();
  private final ExecutorService requests =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work);
            threads.add(thread);
            return thread;
          });
  private final SettableClock clock = new SettableClock();
  private final SlowDatabase database = new SlowDatabase();
  private final KeyCache cache = new KeyCache();

  /** Answers when it is let; what it answers with is what stood there when it was asked. */
  private static final class SlowDatabase extends KeyLookup {
    private final Map<String, KeyOwner> keys = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger atWork = new AtomicInteger();
    private volatile CountDownLatch answers = new CountDownLatch(0);
    private volatile RuntimeException trouble;

    @Override
    Optional<KeyOwner> byPrefix(String prefix) {
      Optional<KeyOwner> found = Optional.ofNullable(keys.get(prefix));
      CountDownLatch answersThis = answers;
      asked.incrementAndGet();
      atWork.incrementAndGet();
      try {
        answersThis.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      } finally {
        atWork.decrementAndGet();
      }
      if (trouble != null) {
        throw trouble;
      }
      return found;
    }

    void stall() {
      answers = new CountDownLatch(1);
    }

    void answer() {
      answers.countDown();
    }
  }

  @BeforeEach
  void start() {
    clock.set(Instant.parse("2026-11-22T08:00:00Z"));
    cache.lookup = database;
    cache.time = new Time(clock);
    cache.metrics = TestMetrics.configured(Map.of());
    database.keys.put("known", owner());
  }

  @AfterEach
  void stop() {
    database.answer();
    requests.shutdownNow();
  }

  @Test
  void requestsWithOneKeyShareOneQuery() throws Exception {
    database.stall();
    List<Future<Optional<KeyOwner>>> all = ask("known", 20);
    waitUntilAllWait();

    database.answer();

    for (Future<Optional<KeyOwner>> one : all) {
      assertThat(one.get()).isPresent();
    }
    assertThat(database.asked).hasValue(1);
  }

  @Test
  void aQueryThatFailsFailsForAllAndIsNotRemembered() throws Exception {
    database.stall();
    database.trouble = new IllegalStateException("no database");
    List<Future<Optional<KeyOwner>>> all = ask("known", 5);
    waitUntilAllWait();

    database.answer();

    for (Future<Optional<KeyOwner>> one : all) {
      assertThatThrownBy(one::get)
          .isInstanceOf(ExecutionException.class)
          .hasCause(database.trouble);
    }
    database.trouble = null;
    assertThat(cache.find("known")).isPresent();
  }

  @Test
  void aKeyThatIsRevokedWhileItIsReadIsNotRemembered() throws Exception {
    database.stall();
    Future<Optional<KeyOwner>> before = ask("known", 1).get(0);
    waitUntilAllWait();

    database.keys.remove("known");
    cache.changed();
    CountDownLatch answersBefore = database.answers;
    database.stall();
    Future<Optional<KeyOwner>> after = ask("known", 1).get(0);
    waitUntilAllWait();
    database.answer();

    assertThat(after.get()).as("does not join the query from before").isEmpty();
    answersBefore.countDown();
    assertThat(before.get()).as("was asked before").isPresent();
    assertThat(cache.find("known")).as("the late answer does not count").isEmpty();
  }

  @Test
  void aKeyThatIsRevokedElsewhereWhileItIsReadIsNotRememberedBeyondTheNextLook() throws Exception {
    look(1);
    database.stall();
    Future<Optional<KeyOwner>> before = ask("known", 1).get(0);
    waitUntilAllWait();

    database.keys.remove("known");
    look(2);
    database.answer();

    assertThat(before.get()).isPresent();
    assertThat(cache.find("known")).isEmpty();
  }

  @Test
  void aLookAtTheChangesThatTookLongConfirmsOnlyWhatWasTrueWhenItBegan() {
    look(1);
    assertThat(cache.find("known")).isPresent();

    OffsetDateTime asked = cache.time.now();
    database.keys.remove("known");
    clock.pass(REMEMBERED);
    cache.seen(1, asked);

    assertThat(cache.find("known")).isEmpty();
  }

  @Test
  void anAnswerThatTookLongerThanWhatIsRememberedIsNotShared() throws Exception {
    database.stall();
    List<Future<Optional<KeyOwner>>> first = ask("known", 1);
    waitUntilAllWait();
    List<Future<Optional<KeyOwner>>> second = ask("known", 1);
    waitUntilAllWait();

    database.keys.remove("known");
    clock.pass(REMEMBERED);
    database.answer();

    assertThat(first.get(0).get()).isPresent();
    assertThat(second.get(0).get()).isEmpty();
  }

  @Test
  void aKeyThatIsMadeWhileItIsLookedForInVainCountsAtOnce() throws Exception {
    database.stall();
    Future<Optional<KeyOwner>> before = ask("new", 1).get(0);
    waitUntilAllWait();

    database.keys.put("new", owner());
    cache.added("new");
    database.answer();

    assertThat(before.get()).isEmpty();
    assertThat(cache.find("new")).isPresent();
  }

  @Test
  void prefixesThatAreNoneTakeFewConnectionsAndKeepNoKnownKeyOut() throws Exception {
    assertThat(cache.find("known")).isPresent();
    database.stall();
    CountDownLatch answersStrangers = database.answers;
    for (int i = 0; i < 50; i++) {
      ask("stranger" + i, 1);
    }
    waitUntilAllWait();
    assertThat(database.atWork).hasValue(STRANGERS_AT_A_TIME);

    cache.changed();
    database.answers = new CountDownLatch(0);

    assertThat(cache.find("known")).as("is read again meanwhile").isPresent();
    assertThat(database.atWork).hasValue(STRANGERS_AT_A_TIME);
    answersStrangers.countDown();
  }

  @Test
  void whoCannotBeLookedForInTimeIsToldWhenToComeAgain() {
    database.stall();
    for (int i = 0; i < STRANGERS_AT_A_TIME; i++) {
      ask("stranger" + i, 1);
    }
    waitUntilAllWait();

    assertThatThrownBy(() -> cache.find("late"))
        .isInstanceOfSatisfying(
            ServiceUnavailableException.class,
            busy -> assertThat(busy.retryAfterSeconds()).isPresent())
        .hasMessageContaining("Too many API keys");
    assertThat(database.asked).hasValue(STRANGERS_AT_A_TIME);
  }

  @Test
  void onlySoManyWaitAndTheNextIsRefusedAtOnce() throws Exception {
    LookupGate gate = new LookupGate(1, 1, Duration.ofDays(1));
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < 2; i++) {
      asked.add(requests.submit(() -> gate.through(() -> await(end))));
    }
    waitUntilAllWait();

    assertThatThrownBy(() -> gate.through(() -> true))
        .isInstanceOf(ServiceUnavailableException.class);

    end.countDown();
    for (Future<?> one : asked) {
      assertThat(one.get()).isEqualTo(true);
    }
    assertThat(gate.through(() -> true)).as("all have left").isTrue();
  }

  @Test
  void prefixesThatAreNonePushNoKeyOut() {
    cache.find("known");
    for (int i = 0; i < 100_000; i++) {
      cache.find("stranger" + i);
    }
    int asked = database.asked.get();

    assertThat(cache.find("known")).isPresent();
    assertThat(database.asked).hasValue(asked);
    assertThat(cache.size()).isLessThanOrEqualTo(cache.capacity());
  }

  private static boolean await(CountDownLatch end) {
    try {
      return end.await(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      return false;
    }
  }

  private List<Future<Optional<KeyOwner>>> ask(String prefix, int times) {
    List<Future<Optional<KeyOwner>>> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.add(requests.submit(() -> cache.find(prefix)));
    }
    asked.addAll(all);
    return all;
  }

  /** Until nothing moves any more: every request has ended, or waits for something. */
  private void waitUntilAllWait() {
    Awaitility.await()
        .until(
            () ->
                asked.stream().filter(Predicate.not(Future::isDone)).count()
                    == threads.stream().filter(KeyCacheTest::waitsForKeys).count());
  }

  private static boolean waitsForKeys(Thread thread) {
    boolean waits =
        thread.getState() == Thread.State.WAITING
            || thread.getState() == Thread.State.TIMED_WAITING;
    return waits
        && Arrays.stream(thread.getStackTrace())
            .map(StackTraceElement::getClassName)
            .anyMatch(
                name ->
                    name.equals(KeyCache.class.getName())
                        || name.equals(LookupGate.class.getName()));
  }

  private void look(long revision) {
    cache.seen(revision, cache.time.now());
  }

  private static KeyOwner owner() {
    return new KeyOwner(new ApiKey(), new User());
  }
}

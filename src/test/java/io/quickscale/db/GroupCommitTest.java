package io.quickscale.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.quickscale.db.GroupCommit.Limits;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupCommitTest {
  private static final long KEY = 1;
  private static final Duration PATIENT = Duration.ofSeconds(20);
  private static final Duration LOCK_WAIT = Duration.ofMillis(2500);

  private final List<List<String>> transactions = new ArrayList<>();
  private final List<Duration> lockWaits = new ArrayList<>();
  private final Set<String> locked = ConcurrentHashMap.newKeySet();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch firstIsIn = new CountDownLatch(1);
  private GroupCommit<String, String> commits = commits(10, PATIENT, this::write);

  @AfterEach
  void close() {
    gate.countDown();
    commits.close();
  }

  @Test
  void oneCommandAloneIsWrittenAtOnceByItsOwnThread() {
    List<Thread> writers = new ArrayList<>();
    commits =
        commits(
            10,
            PATIENT,
            (commands, lockWait) -> {
              writers.add(Thread.currentThread());
              return write(commands, lockWait);
            });

    assertThat(commits.write(KEY, "a")).isEqualTo("written a");
    assertThat(transactions).containsExactly(List.of("a"));
    assertThat(writers).containsExactly(Thread.currentThread());
  }

  @Test
  void whatWaitsMeanwhileIsWrittenInOneTransactionInItsOrder() throws Exception {
    behindTheGate(10, PATIENT);
    Later first = later("first");
    firstIsIn.await();
    List<Later> others = List.of(laterInTurn("b", 1), laterInTurn("c", 2), laterInTurn("d", 3));

    gate.countDown();

    assertThat(first.result()).isEqualTo("written first");
    for (Later other : others) {
      other.result();
    }
    assertThat(transactions).containsExactly(List.of("first"), List.of("b", "c", "d"));
  }

  @Test
  void aWriterWritesForOthersOnceAndThenOneOfThemDoes() throws Exception {
    List<Thread> writers = new ArrayList<>();
    commits =
        commits(
            10,
            PATIENT,
            (commands, lockWait) -> {
              writers.add(Thread.currentThread());
              return writeBehindTheGate(commands, lockWait);
            });
    Later first = later("first");
    firstIsIn.await();
    Later second = laterInTurn("second", 1);
    Later third = laterInTurn("third", 2);

    gate.countDown();

    first.result();
    second.result();
    third.result();
    assertThat(writers).containsExactly(first.thread, second.thread);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 17, 62})
  void aPoisonedCommandFailsAloneAndIsFoundByHalves(int poisoned) throws Exception {
    behindTheGate(100, PATIENT);
    later("first");
    firstIsIn.await();
    List<Later> all = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      all.add(laterInTurn(i == poisoned ? "poison" : "good " + i, i + 1));
    }

    gate.countDown();

    for (int i = 0; i < 64; i++) {
      Later one = all.get(i);
      if (i == poisoned) {
        assertThatThrownBy(one::result).hasRootCauseMessage("poison");
      } else {
        assertThat(one.result()).isEqualTo("written good " + i);
      }
    }
    assertThat(lockWaits).as("transactions that were tried").hasSizeLessThanOrEqualTo(2 + 2 * 6);
    assertThat(transactions.stream().flatMap(List::stream))
        .containsExactlyElementsOf(
            IntStream.range(-1, 64)
                .filter(i -> i != poisoned)
                .mapToObj(i -> i < 0 ? "first" : "good " + i)
                .toList());
  }

  @Test
  void aFullQueueRefusesInsteadOfGrowing() throws Exception {
    behindTheGate(1, PATIENT);
    later("first");
    firstIsIn.await();
    laterInTurn("waiting", 1);

    assertThatThrownBy(() -> commits.write(KEY, "one too many"))
        .isInstanceOf(NotWrittenException.class);
  }

  @Test
  void theFullestQueueSaysHowNearRefusalsAre() throws Exception {
    behindTheGate(4, PATIENT);
    later("first");
    firstIsIn.await();
    assertThat(commits.fillPercent()).isEqualTo(0);

    laterInTurn("waiting", 1);

    assertThat(commits.fillPercent()).isEqualTo(25);
  }

  @Test
  void closingWritesWhatWaitsAndRefusesWhatComes() throws Exception {
    behindTheGate(10, PATIENT);
    later("first");
    firstIsIn.await();
    Later waiting = laterInTurn("waiting", 1);

    gate.countDown();
    commits.close();

    assertThat(transactions).containsExactly(List.of("first"), List.of("waiting"));
    assertThat(waiting.result()).isEqualTo("written waiting");
    assertThatThrownBy(() -> commits.write(KEY, "late")).isInstanceOf(NotWrittenException.class);
  }

  // Waits.

  @Test
  void whoWaitsTooLongInTheQueueLeavesItUnwritten() throws Exception {
    behindTheGate(10, Duration.ofMillis(200));
    Later first = later("first");
    firstIsIn.await();

    assertThatThrownBy(() -> commits.write(KEY, "impatient"))
        .isInstanceOf(NotWrittenException.class);

    gate.countDown();
    first.result();
    assertThat(transactions).containsExactly(List.of("first"));
    assertThat(commits.waiting()).isZero();
  }

  @Test
  void whoseCommandIsBeingWrittenForTooLongIsToldThatItsOutcomeIsUnknown() throws Exception {
    CountDownLatch firstMayEnd = new CountDownLatch(1);
    commits =
        commits(
            10,
            Duration.ofMillis(300),
            (commands, lockWait) -> {
              if (commands.contains("first")) {
                firstIsIn.countDown();
                awaitQuietly(firstMayEnd);
                return write(commands, lockWait);
              }
              return writeBehindTheGate(commands, lockWait);
            });
    later("first");
    firstIsIn.await();
    Later leader = laterInTurn("leader", 1);
    Later follower = laterInTurn("follower", 2);
    firstMayEnd.countDown();

    assertThatThrownBy(follower::result).hasCauseInstanceOf(OutcomeUnknownException.class);
    assertThat(commits.isWell()).as("with a transaction that does not end").isFalse();

    gate.countDown();
    assertThat(leader.result()).isEqualTo("written leader");
    assertThat(transactions).containsExactly(List.of("first"), List.of("leader", "follower"));
    await().untilAsserted(() -> assertThat(commits.isWell()).isTrue());
  }

  // Interrupts.

  @Test
  void whoIsInterruptedInTheQueueLeavesItAndIsStillInterrupted() throws Exception {
    behindTheGate(10, PATIENT);
    later("first");
    firstIsIn.await();
    Later waiting = laterInTurn("waiting", 1);

    waiting.thread.interrupt();

    assertThatThrownBy(waiting::result).hasCauseInstanceOf(NotWrittenException.class);
    assertThat(waiting.wasInterrupted).isTrue();
    gate.countDown();
    commits.close();
    assertThat(transactions).containsExactly(List.of("first"));
  }

  @Test
  void whoIsInterruptedWhileItsCommandIsWrittenGetsTheResultAndIsStillInterrupted()
      throws Exception {
    CountDownLatch firstMayEnd = new CountDownLatch(1);
    CountDownLatch groupIsIn = new CountDownLatch(1);
    commits =
        commits(
            10,
            PATIENT,
            (commands, lockWait) -> {
              boolean isFirst = commands.contains("first");
              (isFirst ? firstIsIn : groupIsIn).countDown();
              awaitQuietly(isFirst ? firstMayEnd : gate);
              return write(commands, lockWait);
            });
    later("first");
    firstIsIn.await();
    laterInTurn("leader", 1);
    Later follower = laterInTurn("follower", 2);
    firstMayEnd.countDown();
    groupIsIn.await();

    follower.thread.interrupt();
    gate.countDown();

    assertThat(follower.result()).isEqualTo("written follower");
    assertThat(follower.wasInterrupted).isTrue();
  }

  @Test
  void anInterruptOfTheWriterHarmsNobodyAndStaysItsOwn() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    commits =
        commits(
            10,
            PATIENT,
            (commands, lockWait) -> {
              firstIsIn.countDown();
              awaitQuietly(gate);
              if (interrupted.getCount() > 0) {
                interrupted.countDown();
                Thread.currentThread().interrupt();
                throw new PersistenceException(new SQLException("No connection: interrupted"));
              }
              return write(commands, lockWait);
            });
    Later first = later("first");
    firstIsIn.await();
    Later second = laterInTurn("second", 1);

    gate.countDown();

    assertThat(first.result()).isEqualTo("written first");
    assertThat(first.wasInterrupted).isTrue();
    assertThat(second.result()).isEqualTo("written second");
    assertThat(second.wasInterrupted).isFalse();
  }

  @Test
  void whoComesInterruptedIsWrittenAndIsStillInterrupted() {
    commits = commits(10, PATIENT, this::write);
    Thread.currentThread().interrupt();

    assertThat(commits.write(KEY, "a")).isEqualTo("written a");
    assertThat(Thread.interrupted()).isTrue();
  }

  // Errors and outages.

  @ParameterizedTest
  @ValueSource(classes = {OutOfMemoryError.class, StackOverflowError.class, LinkageError.class})
  void anErrorIsAnsweredToAllAndTheLaneLives(Class<? extends Error> type) throws Exception {
    Error error = type.getConstructor().newInstance();
    commits =
        commits(
            10,
            PATIENT,
            (commands, lockWait) -> {
              if (commands.contains("after")) {
                return write(commands, lockWait);
              }
              firstIsIn.countDown();
              awaitQuietly(gate);
              throw error;
            });
    Later first = later("first");
    firstIsIn.await();
    List<Later> others = List.of(laterInTurn("b", 1), laterInTurn("c", 2));

    gate.countDown();

    assertThatThrownBy(first::result).hasRootCause(error);
    for (Later other : others) {
      assertThatThrownBy(other::result).hasRootCause(error);
    }
    assertThat(commits.isWell()).as("after an error").isFalse();
    assertThat(commits.write(KEY, "after")).isEqualTo("written after");
    assertThat(commits.isWell()).isTrue();
  }

  @Test
  void aSizeOfGroupsThatCannotBeReadIsAnsweredAndTheLaneLives() {
    List<Integer> sizes = new ArrayList<>(List.of(10));
    commits =
        new GroupCommit<>(
            new Limits(
                1,
                10,
                () -> {
                  if (sizes.isEmpty()) {
                    return 10;
                  }
                  sizes.clear();
                  throw new IllegalStateException("no configuration");
                },
                () -> PATIENT,
                LOCK_WAIT,
                System::nanoTime),
            this::write);

    assertThatThrownBy(() -> commits.write(KEY, "a")).hasMessage("no configuration");
    assertThat(commits.write(KEY, "b")).isEqualTo("written b");
    assertThat(transactions).containsExactly(List.of("b"));
  }

  @Test
  void aDatabaseThatIsAwayIsAskedOnceForAll() throws Exception {
    List<List<String>> asked = new ArrayList<>();
    commits =
        commits(
            10,
            PATIENT,
            (commands, lockWait) -> {
              asked.add(commands);
              firstIsIn.countDown();
              awaitQuietly(gate);
              throw new PersistenceException(new SQLException("gone", "08006"));
            });
    later("first");
    firstIsIn.await();
    Later b = laterInTurn("b", 1);
    Later c = laterInTurn("c", 2);

    gate.countDown();

    assertThatThrownBy(b::result).hasRootCauseMessage("gone");
    assertThatThrownBy(c::result).hasRootCauseMessage("gone");
    assertThat(asked).containsExactly(List.of("first"), List.of("b", "c"));
  }

  @Test
  void whoWaitsBehindATransactionThatTookTooLongToFindTheDatabaseAwayIsAnsweredWithIt()
      throws Exception {
    List<List<String>> asked = new ArrayList<>();
    commits =
        commits(
            10,
            Duration.ofMillis(400),
            (commands, lockWait) -> {
              asked.add(commands);
              firstIsIn.countDown();
              awaitQuietly(gate);
              throw new PersistenceException(new SQLException("silent", "08006"));
            });
    later("first");
    firstIsIn.await();
    await().until(() -> !commits.isWell());
    Later behind = laterInTurn("behind", 1);

    gate.countDown();

    assertThatThrownBy(behind::result).hasRootCauseMessage("silent");
    assertThat(asked).containsExactly(List.of("first"));
  }

  // Locks of others.

  @Test
  void whatIsLockedIsRefusedAndItsNeighboursAreWritten() throws Exception {
    behindTheGate(100, PATIENT);
    later("first");
    firstIsIn.await();
    List<Later> all = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      // Several commands of the locked one, on different places.
      long key = i % 8 == 3 ? 1003 : i;
      all.add(laterInTurn(key, key + " command " + i, i + 1));
    }
    locked.add("1003");

    gate.countDown();

    for (int i = 0; i < 32; i++) {
      Later one = all.get(i);
      if (i % 8 == 3) {
        assertThatThrownBy(one::result).hasCauseInstanceOf(NotWrittenException.class);
      } else {
        assertThat(one.result()).startsWith("written ");
      }
    }
    assertThat(lockWaits.stream().skip(1).filter(LOCK_WAIT::equals))
        .as("transactions that waited for long")
        .hasSize(1);
    assertThat(commits.lockedKeys()).isEqualTo(1);
  }

  @Test
  void aLockedKeyIsRefusedAtOnceThenTriedByItselfAndForgottenWhenItIsFree() throws Exception {
    commits = commits(10, PATIENT, this::write);
    locked.add("7");
    assertThatThrownBy(() -> commits.write(7, "7 a")).isInstanceOf(NotWrittenException.class);
    int tried = lockWaits.size();

    assertThatThrownBy(() -> commits.write(7, "7 b")).isInstanceOf(NotWrittenException.class);
    assertThat(commits.write(8, "8 c")).isEqualTo("written 8 c");

    assertThat(lockWaits).hasSize(tried + 1);
    locked.clear();
    await()
        .ignoreException(NotWrittenException.class)
        .untilAsserted(() -> assertThat(commits.write(7, "7 d")).isEqualTo("written 7 d"));
    assertThat(lockWaits.get(lockWaits.size() - 1)).isLessThan(LOCK_WAIT);
    assertThat(commits.lockedKeys()).isZero();
  }

  @Test
  void aRefusalSaysWhenATryHasAChance() {
    commits = commits(10, PATIENT, this::write);
    locked.add("7");

    assertThatThrownBy(() -> commits.write(7, "7 a"))
        .isInstanceOfSatisfying(
            NotWrittenException.class,
            refused -> assertThat(refused.retryAfter()).isPositive().isLessThanOrEqualTo(PATIENT));
  }

  private GroupCommit<String, String> commits(
      int capacity, Duration maxWait, GroupTransaction<String, String> transaction) {
    return new GroupCommit<>(
        new Limits(1, capacity, () -> 100, () -> maxWait, LOCK_WAIT, System::nanoTime),
        transaction);
  }

  private void behindTheGate(int capacity, Duration maxWait) {
    commits = commits(capacity, maxWait, this::writeBehindTheGate);
  }

  private List<String> writeBehindTheGate(List<String> commands, Duration lockWait) {
    firstIsIn.countDown();
    awaitQuietly(gate);
    return write(commands, lockWait);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A command begins with its key, if that matters. */
  private synchronized List<String> write(List<String> commands, Duration lockWait) {
    lockWaits.add(lockWait);
    if (commands.contains("poison")) {
      throw new IllegalStateException("poison");
    }
    if (commands.stream().anyMatch(command -> locked.contains(command.split(" ")[0]))) {
      throw new PersistenceException(new SQLException("canceling statement", "55P03"));
    }
    transactions.add(List.copyOf(commands));
    return commands.stream().map(command -> "written " + command).toList();
  }

  /** A command that is written on a thread of its own. */
  private final class Later {
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private final Thread thread;
    private volatile boolean wasInterrupted;

    Later(long key, String command) {
      thread =
          new Thread(
              () -> {
                try {
                  String written = commits.write(key, command);
                  wasInterrupted = Thread.interrupted();
                  result.complete(written);
                } catch (Throwable e) {
                  wasInterrupted = Thread.interrupted();
                  result.completeExceptionally(e);
                }
              });
      thread.start();
    }

    String result() throws Exception {
      return result.get(20, TimeUnit.SECONDS);
    }
  }

  private Later later(String command) {
    return new Later(KEY, command);
  }

  private Later laterInTurn(String command, int n) {
    return laterInTurn(KEY, command, n);
  }

  /** Returns when the command is in the queue as the n-th. */
  private Later laterInTurn(long key, String command, int n) {
    Later later = new Later(key, command);
    while (commits.waiting() < n && !later.result.isDone()) {
      Thread.onSpinWait();
    }
    return later;
  }
}

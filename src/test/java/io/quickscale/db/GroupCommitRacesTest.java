package io.quickscale.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.db.GroupCommit.Limits;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Many threads write at once, are interrupted, wait too long, meet failures of all kinds: what each
 * is told is what was written, and in the end the lanes are as idle as in the beginning.
 */
class GroupCommitRacesTest {
  private static final int THREADS = 24;
  private static final int COMMANDS_PER_THREAD = 60;
  private static final int KEYS = 7;

  private record Command(long key, int thread, int number) {}

  @Property(tries = 10)
  void whatEverybodyIsToldIsWhatWasWritten(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int lanes) throws Exception {
    Database database = new Database(seed);
    GroupCommit<Command, Integer> commits =
        new GroupCommit<>(
            new Limits(
                lanes,
                8,
                () -> 5,
                () -> Duration.ofMillis(40),
                Duration.ofMillis(5),
                System::nanoTime),
            database);
    Map<Command, Boolean> told = new ConcurrentHashMap<>();

    together(
        thread -> {
          Random random = new Random(seed + thread);
          for (int i = 0; i < COMMANDS_PER_THREAD; i++) {
            Command command = new Command(random.nextInt(KEYS), thread, i);
            if (random.nextInt(10) == 0) {
              Thread.currentThread().interrupt();
            }
            write(commits, command, told);
            Thread.interrupted();
          }
        });

    commits.close();
    told.forEach(
        (command, written) ->
            assertThat(database.written.getOrDefault(command, 0))
                .as("%s, told %s", command, written)
                .isEqualTo(written ? 1 : 0));
    assertThat(database.written.values()).as("times that a command was written").containsOnly(1);
    assertThat(database.disorder).as("commands of a thread and key out of order").isEmpty();
    assertThat(database.mostAtOnce.get()).isLessThanOrEqualTo(lanes);
    assertThat(commits.waiting()).isZero();
    assertThat(commits.writingFor()).isZero();
  }

  /** Notes what the caller was told, if that is certain. */
  private static void write(
      GroupCommit<Command, Integer> commits, Command command, Map<Command, Boolean> told) {
    try {
      assertThat(commits.write(command.key(), command)).isEqualTo(command.number());
      told.put(command, true);
    } catch (NotWrittenException e) {
      told.put(command, false);
    } catch (OutcomeUnknownException e) {
      // It may be either.
    } catch (RuntimeException failed) {
      assertThat(failed).hasStackTraceContaining("database");
      told.put(command, false);
    }
  }

  private interface Work {
    void on(int thread);
  }

  private static void together(Work work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        all.add(threads.submit(() -> work.on(thread)));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Fails now and then, in every way there is. */
  private static final class Database implements GroupTransaction<Command, Integer> {
    private final Map<Command, Integer> written = new ConcurrentHashMap<>();
    private final Map<List<Long>, Integer> last = new ConcurrentHashMap<>();
    private final List<Command> disorder = new ArrayList<>();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();
    private final Random random;

    Database(long seed) {
      random = new Random(seed);
    }

    @Override
    public List<Integer> write(List<Command> commands, Duration lockWait) {
      mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
      try {
        int fate = fate();
        pause(fate);
        fail(fate, commands);
        commands.forEach(this::write);
        return commands.stream().map(Command::number).toList();
      } finally {
        atOnce.decrementAndGet();
      }
    }

    private synchronized int fate() {
      return random.nextInt(100);
    }

    private void write(Command command) {
      written.merge(command, 1, Integer::sum);
      Integer before = last.put(List.of(command.key(), (long) command.thread()), command.number());
      if (before != null && before > command.number()) {
        synchronized (disorder) {
          disorder.add(command);
        }
      }
    }

    private static void pause(int fate) {
      long end = System.nanoTime() + (fate == 0 ? 100_000_000 : fate * 3_000L);
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }

    private static void fail(int fate, List<Command> commands) {
      if (fate == 1) {
        throw new PersistenceException(new SQLException("database away", "08006"));
      } else if (fate == 2) {
        throw new OutOfMemoryError("database");
      } else if (fate < 6 && commands.stream().anyMatch(command -> command.key() == 3)) {
        throw new PersistenceException(new SQLException("database row locked", "HYT00"));
      } else if (commands.stream().anyMatch(command -> command.number() % 17 == 16)) {
        throw new IllegalStateException("database does not like it");
      }
    }
  }
}

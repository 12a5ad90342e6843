package io.quickscale.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.problem.HttpProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  private final List<List<String>> transactions = new ArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final CountDownLatch firstIsIn = new CountDownLatch(1);
  private GroupCommit<String, String> commits;

  @AfterEach
  void close() {
    gate.countDown();
    commits.close();
  }

  @Test
  void oneCommandAloneIsWrittenAtOnce() {
    commits = commits(10, this::write);

    assertThat(commits.write(1, "a")).isEqualTo("written a");
    assertThat(transactions).containsExactly(List.of("a"));
  }

  @Test
  void whatWaitsMeanwhileIsWrittenInOneTransactionInItsOrder() throws Exception {
    commits = commits(10, this::writeBehindTheGate);
    var first = later("first");
    firstIsIn.await();
    var others = List.of(laterInTurn("b", 1), laterInTurn("c", 2), laterInTurn("d", 3));

    gate.countDown();

    assertThat(first.get(5, TimeUnit.SECONDS)).isEqualTo("written first");
    for (var other : others) {
      other.get(5, TimeUnit.SECONDS);
    }
    assertThat(transactions).containsExactly(List.of("first"), List.of("b", "c", "d"));
  }

  @Test
  void aPoisonedCommandFailsAlone() throws Exception {
    commits = commits(10, this::writeBehindTheGate);
    var first = later("first");
    firstIsIn.await();
    var good = laterInTurn("good", 1);
    var poisoned = laterInTurn("poison", 2);
    var better = laterInTurn("better", 3);

    gate.countDown();

    first.get(5, TimeUnit.SECONDS);
    assertThat(good.get(5, TimeUnit.SECONDS)).isEqualTo("written good");
    assertThat(better.get(5, TimeUnit.SECONDS)).isEqualTo("written better");
    assertThatThrownBy(() -> poisoned.get(5, TimeUnit.SECONDS)).hasRootCauseMessage("poison");
  }

  @Test
  void aFullQueueRefusesInsteadOfGrowing() throws Exception {
    commits = commits(1, this::writeBehindTheGate);
    later("first");
    firstIsIn.await();
    laterInTurn("waiting", 1);

    assertThatThrownBy(() -> commits.write(1, "one too many")).isInstanceOf(HttpProblem.class);
  }

  @Test
  void theFullestQueueSaysHowNearRefusalsAre() throws Exception {
    commits = commits(4, this::writeBehindTheGate);
    later("first");
    firstIsIn.await();
    assertThat(commits.fillPercent()).isEqualTo(0);

    laterInTurn("waiting", 1);

    assertThat(commits.fillPercent()).isEqualTo(25);
  }

  @Test
  void closingWritesWhatWaitsAndRefusesWhatComes() throws Exception {
    commits = commits(10, this::writeBehindTheGate);
    later("first");
    firstIsIn.await();
    var waiting = laterInTurn("waiting", 1);

    gate.countDown();
    commits.close();

    assertThat(waiting.get(5, TimeUnit.SECONDS)).isEqualTo("written waiting");
    assertThatThrownBy(() -> commits.write(1, "late")).isInstanceOf(HttpProblem.class);
  }

  private GroupCommit<String, String> commits(
      int capacity, Function<List<String>, List<String>> batch) {
    return new GroupCommit<>(Thread::new, 1, capacity, () -> 100, batch);
  }

  private List<String> writeBehindTheGate(List<String> commands) {
    firstIsIn.countDown();
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return write(commands);
  }

  private synchronized List<String> write(List<String> commands) {
    if (commands.contains("poison")) {
      throw new IllegalStateException("poison");
    }
    transactions.add(List.copyOf(commands));
    return commands.stream().map(command -> "written " + command).toList();
  }

  private CompletableFuture<String> later(String command) {
    return CompletableFuture.supplyAsync(
        () -> commits.write(1, command), run -> new Thread(run).start());
  }

  /** Returns when the command is in the queue as the n-th. */
  private CompletableFuture<String> laterInTurn(String command, int n) {
    CompletableFuture<String> result = later(command);
    while (commits.waiting() < n) {
      Thread.onSpinWait();
    }
    return result;
  }
}

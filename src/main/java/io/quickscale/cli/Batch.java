package io.quickscale.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A batch at work: several groups of inputs are under way at once, their results are written in the
 * order of the inputs. ctrl-C lets what is under way come to its end, for a short while.
 */
final class Batch implements AutoCloseable {
  /** Groups that wait or are under way, for each sender: one slow one does not stop the others. */
  private static final int AHEAD = 16;

  /** What the texts of groups that wait or are under way may take of the memory. */
  private static final long MAX_BYTES_AHEAD = 64 << 20;

  private static final long LOOK_MILLIS = 200;
  private static final long GRACE_MILLIS = 5_000;

  private final Terminal terminal;
  private final BatchGrouping groups;
  private final BatchOutput output;
  private final BatchSender sender;
  private final Pause pause;
  private final long total;
  private final int parallel;
  private final Deque<UnderWay> underWay = new ArrayDeque<>();
  private long bytesUnderWay;
  private final CountDownLatch reported = new CountDownLatch(1);
  private final Thread onInterrupt = new Thread(this::interrupt, "interrupt");
  private final ExecutorService senders;

  private record UnderWay(Future<List<BatchResult>> results, long bytes) {}

  /** How it ended. */
  enum End {
    COMPLETE,
    INTERRUPTED
  }

  Batch(
      Terminal terminal,
      BatchGrouping groups,
      BatchOutput output,
      BatchSender sender,
      Pause pause,
      long total,
      int parallel) {
    this.terminal = terminal;
    this.groups = groups;
    this.output = output;
    this.sender = sender;
    this.pause = pause;
    this.total = total;
    this.parallel = parallel;
    senders = Executors.newFixedThreadPool(parallel, Batch::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "sender");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Works until all inputs have a result or it is interrupted.
   *
   * @throws Failure it cannot go on; the results up to there are written
   */
  End run() {
    Runtime.getRuntime().addShutdownHook(onInterrupt);
    ProgressBar bar = new ProgressBar(terminal, System::nanoTime, total, output.totals().done());
    try {
      return work(bar);
    } finally {
      pause.stop();
      keepWhatIsPaid();
      bar.end(output.totals());
    }
  }

  private End work(ProgressBar bar) {
    boolean more = true;
    while (true) {
      while (more && isRoom() && !pause.isStopping()) {
        Optional<BatchGroup> group = groups.next();
        more = group.isPresent();
        group.ifPresent(this::submit);
      }
      if (underWay.isEmpty()) {
        return more ? End.INTERRUPTED : End.COMPLETE;
      }
      bar.show(output.totals());
      try {
        Optional<List<BatchResult>> results = results(underWay.peekFirst().results());
        if (results.isPresent()) {
          bytesUnderWay -= underWay.removeFirst().bytes();
          output.write(results.get());
        }
      } catch (BatchSender.Stopped e) {
        return End.INTERRUPTED;
      }
    }
  }

  private boolean isRoom() {
    return underWay.size() < parallel * AHEAD
        && (underWay.size() < parallel || bytesUnderWay < MAX_BYTES_AHEAD);
  }

  private void submit(BatchGroup group) {
    long bytes = BatchGroup.bytes(group.items());
    underWay.add(new UnderWay(senders.submit(() -> sender.send(group)), bytes));
    bytesUnderWay += bytes;
  }

  /** Nothing if there are none yet. */
  private static Optional<List<BatchResult>> results(Future<List<BatchResult>> run) {
    try {
      return Optional.of(run.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BatchSender.Stopped();
    }
  }

  /** What is under way comes to its end: the server remembers it for a day or two only. */
  private void keepWhatIsPaid() {
    for (UnderWay group : underWay) {
      try {
        output.write(group.results().get());
      } catch (ExecutionException e) {
        // Stopped, or refused like the one that is being reported: the next start asks again.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Runs while the process ends, which waits for it. */
  private void interrupt() {
    pause.stop();
    try {
      if (!reported.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        terminal.err().println();
        terminal
            .err()
            .println("Interrupted, with runs still under way. The same command again goes on.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** To be called when all is said about it: a process that is being interrupted waits for that. */
  @Override
  public void close() {
    senders.shutdownNow();
    reported.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(onInterrupt);
    } catch (IllegalStateException e) {
      // The process is ending: the hook is what ended this batch.
    }
  }
}

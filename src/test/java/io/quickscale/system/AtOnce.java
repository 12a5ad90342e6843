package io.quickscale.system;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Something that goes on while the test does something else. */
final class AtOnce<T> {
  private static final long PATIENCE_SECONDS = 90;

  private final Future<T> future;

  AtOnce(Callable<T> task) {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    future = thread.submit(task);
    thread.shutdown();
  }

  /** Waits for its end. */
  T result() throws Exception {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Does the same thing many times from many threads and returns all the results. */
  static <T> List<T> times(int times, int threads, Callable<T> task) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Callable<T>> tasks = IntStream.range(0, times).mapToObj(i -> task).toList();
      List<Future<T>> futures = pool.invokeAll(tasks, 10, TimeUnit.MINUTES);
      List<T> results = new ArrayList<>(times);
      for (Future<T> done : futures) {
        results.add(done.get());
      }
      return results;
    } finally {
      pool.shutdownNow();
    }
  }
}

package io.quickscale.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Does many things at a time: on the thread that asks, and beside it on threads that all askers of
 * this node share. A shared thread does one thing and then stands at the end of the queue again, so
 * that a long work does not keep the others waiting. As the asker takes part, work within work
 * always goes on.
 */
@ApplicationScoped
public class Parallel {
  @Resource ManagedThreadFactory threads;

  /** How many threads this node has for it, beside those that ask. */
  @Inject
  @ConfigProperty(name = "quickscale.parallel.threads", defaultValue = "32")
  int size;

  private ThreadPoolExecutor shared;

  /** Something that consists of many things to do. Called by several threads. */
  public interface Work {
    /** The next thing to do, which throws nothing; empty while none can begin. */
    Optional<Runnable> next();

    /** Whether nothing is left to begin, now or when something has ended. */
    boolean isOver();
  }

  @PostConstruct
  void open() {
    shared =
        new ThreadPoolExecutor(
            size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
    shared.allowCoreThreadTimeOut(true);
  }

  @PreDestroy
  void close() {
    shared.shutdown();
  }

  /**
   * Does some work, and returns when all of it is done. An interrupt of the calling thread is left
   * to what it does.
   *
   * @param width the most things at a time, 1 or more
   */
  public void run(Work work, int width) {
    new Crew(work, width).run();
  }

  /** Those who do one work. */
  private final class Crew {
    private final Work work;
    private final int width;
    private int helpers;
    private int busy;

    Crew(Work work, int width) {
      this.work = work;
      this.width = width;
    }

    void run() {
      boolean interrupted = false;
      while (true) {
        Optional<Runnable> next = take();
        if (next.isPresent()) {
          perform(next.get());
        } else if (isDone()) {
          break;
        } else {
          interrupted |= await();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private synchronized Optional<Runnable> take() {
      Optional<Runnable> next = work.next();
      if (next.isPresent()) {
        busy++;
        recruit();
      }
      return next;
    }

    /** Where there was one thing to do there may be another. */
    private void recruit() {
      if (helpers < width - 1 && !work.isOver()) {
        try {
          shared.execute(this::help);
          helpers++;
        } catch (RejectedExecutionException stopping) {
          // The thread that asked does the rest.
        }
      }
    }

    private void help() {
      Optional<Runnable> next = take();
      if (next.isPresent()) {
        perform(next.get());
      }
      if (next.isEmpty() || !again()) {
        leave();
      }
    }

    private boolean again() {
      try {
        shared.execute(this::help);
        return true;
      } catch (RejectedExecutionException stopping) {
        return false;
      }
    }

    private synchronized void leave() {
      helpers--;
      notifyAll();
    }

    private void perform(Runnable task) {
      try {
        task.run();
      } finally {
        synchronized (this) {
          busy--;
          notifyAll();
        }
      }
    }

    private synchronized boolean isDone() {
      return busy == 0 && work.isOver();
    }

    private synchronized boolean await() {
      try {
        // Work that waits for something else than its own ends says so to nobody.
        wait(200);
        return false;
      } catch (InterruptedException e) {
        return true;
      }
    }
  }
}

package io.quickscale.rest;

import io.quickscale.job.Job;
import io.quickscale.job.JobDesk;
import io.quickscale.json.JsonCodec;
import io.quickscale.platform.DrainFile;
import io.quickscale.platform.Time;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Tells listeners how far jobs are. Once a second one query reads all jobs that this node has
 * listeners for; a job that has changed is sent, whatever node works on it. An event's id is the
 * job's revision, so that a listener may go on at another node where it stopped.
 */
@ApplicationScoped
class JobEvents {
  private static final Logger LOG = Logger.getLogger(JobEvents.class.getName());

  /** Shorter than the time after which proxies take a silent connection for dead. */
  private static final Duration SILENCE = Duration.ofSeconds(15);

  @Resource ManagedScheduledExecutorService scheduler;

  @Inject JobDesk jobs;
  @Inject JobReader reader;
  @Inject JsonCodec codec;
  @Inject DrainFile drain;
  @Inject Time time;

  private final Queue<Listener> listeners = new ConcurrentLinkedQueue<>();
  private Future<?> ticks;

  @PostConstruct
  void open() {
    ticks = scheduler.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  @PreDestroy
  void close() {
    ticks.cancel(false);
    listeners.forEach(listener -> listener.sink.close());
  }

  /**
   * Tells of a job until it has ended.
   *
   * @param lastEventId of the last event that the listener has seen elsewhere
   */
  void listen(Job job, Optional<String> lastEventId, SseEventSink sink, Sse sse) {
    Listener listener = new Listener(job.id(), sink, sse);
    lastEventId
        .filter(id -> !job.status().isEnded() && id.equals(String.valueOf(job.revision())))
        .ifPresent(id -> listener.seen = job.revision());
    // Something at once, so that the client knows that it is connected.
    listener.send(sse.newEventBuilder().comment("listening").build());
    if (listener.tell(job)) {
      listeners.add(listener);
    }
  }

  private void tick() {
    try {
      listeners.removeIf(listener -> listener.sink.isClosed());
      if (drain.exists()) {
        // Its client comes back at another node.
        listeners.forEach(listener -> listener.sink.close());
      } else if (!listeners.isEmpty()) {
        tell();
      }
    } catch (RuntimeException e) {
      // A task that throws is not called again.
      LOG.log(Level.WARNING, "Listeners of jobs cannot be told anything now", e);
    }
  }

  private void tell() {
    Map<Long, Job> now =
        jobs
            .find(listeners.stream().map(listener -> listener.jobId).collect(Collectors.toSet()))
            .stream()
            .collect(Collectors.toMap(Job::id, Function.identity()));
    listeners.removeIf(listener -> !listener.tell(now.get(listener.jobId)));
  }

  /** Somebody who listens. Told by one thread at a time. */
  private final class Listener {
    private final long jobId;
    private final SseEventSink sink;
    private final Sse sse;
    private CompletionStage<?> sending = CompletableFuture.completedStage(null);
    private long seen;
    private long sentAt = time.nanos();

    private Listener(long jobId, SseEventSink sink, Sse sse) {
      this.jobId = jobId;
      this.sink = sink;
      this.sse = sse;
    }

    /** Whether there may be more to tell. */
    private boolean tell(Job job) {
      if (!sending.toCompletableFuture().isDone()) {
        // It reads slowly: it is told the latest when it has read the last.
        return !sink.isClosed();
      }
      boolean isEnd = job.status().isEnded();
      if (job.revision() != seen) {
        seen = job.revision();
        send(
            sse.newEventBuilder()
                .id(String.valueOf(seen))
                .name(isEnd ? "end" : "progress")
                .data(codec.writeInOrder(reader.view(job)))
                .build());
      } else if (time.nanos() - sentAt >= SILENCE.toNanos()) {
        send(sse.newEventBuilder().comment("still going on").build());
      }
      if (isEnd) {
        sending.whenComplete((sent, failure) -> sink.close());
      }
      return !isEnd;
    }

    private void send(OutboundSseEvent event) {
      sentAt = time.nanos();
      try {
        sending = sink.send(event);
      } catch (IllegalStateException gone) {
        LOG.log(Level.FINE, "A listener has gone", gone);
      }
    }
  }
}

package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;

/**
 * Watches a job until its end, with a bar on a terminal. A connection that breaks is made again and
 * goes on behind the last event: the job may have moved to another node meanwhile.
 */
final class JobFollower {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Three times as long as a server is silent. */
  private static final Duration SILENCE = Duration.ofSeconds(45);

  private static final Duration FIRST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Set<String> PASSES =
      Set.of("rate_limited", "service_unavailable", "internal_error", "not_quickscale");

  private final Terminal terminal;
  private final Api api;
  private final Pause pause = new Pause(PATIENCE);
  private ProgressBar bar;
  private String lastEventId;
  private JsonNode job = Json.missing();
  private int waits;

  JobFollower(Terminal terminal, Api api) {
    this.terminal = terminal;
    this.api = api;
  }

  /**
   * Waits for the end.
   *
   * @param path of the job
   * @return the job as it is then
   * @throws Failure there is no such job, or the server has not answered for minutes
   */
  JsonNode follow(String path) {
    show(api.get(path));
    while (!isEnded()) {
      listen(path);
    }
    if (bar != null) {
      bar.end(
          job.path("progress").path("done").asLong(), job.path("progress").path("failed").asLong());
    }
    return job;
  }

  private void listen(String path) {
    try {
      api.events(path + "/events", lastEventId, SILENCE, this::read);
      if (!isEnded()) {
        // The node is going away; another one, or the same, goes on.
        waitAfter(new Failure(api.server().url() + " has stopped telling of the job."));
      }
    } catch (IOException e) {
      waitAfter(new Failure(api.unreachable(e), e));
    } catch (ProblemFailure refused) {
      if (!PASSES.contains(refused.problem().path("code").asText())) {
        throw refused;
      }
      waitAfter(refused);
    }
  }

  private void waitAfter(Failure trouble) {
    if (pause.isPatienceOver()) {
      throw trouble;
    }
    Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(waits++, 5));
    pause.await(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
  }

  private boolean read(Api.Event event) throws IOException {
    show(Json.read(event.data()));
    lastEventId = event.id();
    return event.name().equals("end");
  }

  private void show(JsonNode now) {
    if (!now.path("status").isTextual()) {
      throw new Failure(
          api.server().url()
              + " did not answer with a job: is there a QuickScale server behind this URL?");
    }
    job = now;
    waits = 0;
    pause.succeeded();
    JsonNode progress = now.path("progress");
    long done = progress.path("done").asLong();
    long total = progress.path("total").asLong();
    if (bar == null) {
      bar = new ProgressBar(terminal, System::nanoTime, total, done);
    }
    bar.show(done, progress.path("failed").asLong(), total);
  }

  private boolean isEnded() {
    String status = job.path("status").asText();
    return !status.equals("queued") && !status.equals("running");
  }
}

package io.quickscale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.cli.ScriptedServer.Request;
import io.quickscale.cli.ScriptedServer.Response;
import io.quickscale.cli.Shell.Result;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs on the command line: what is asked of the server, and how a job is watched to its end. */
class JobCommandsTest {
  private static final String EVENTS = "/api/v1/jobs/J1/events";

  @TempDir Path folder;
  private ScriptedServer server;
  private Shell shell;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    shell = Shell.at(server, folder);
    server.on("GET /api/v1/jobs/J1", job("running", 1));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String job(String status, int done) {
    return """
        {"id": "J1", "kind": "batch", "service": "echo", "status": "%s",
         "progress": {"done": %d, "failed": 1, "total": 4}, "credits_held": 1.5,
         "credits_consumed": 2, "created_at": "2026-11-22T08:00:00.123Z", "priority": 5}"""
        .formatted(status, done)
        .replace("\n", "");
  }

  private static String event(String name, int id, String status, int done) {
    return ": a comment\nid: %d\nevent: %s\ndata: %s\n\n".formatted(id, name, job(status, done));
  }

  private Request only(String method, String path) {
    List<Request> found = server.requests(method, path);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  // Submitting.

  @Test
  void a_run_is_handed_in_and_its_id_alone_stands_on_standard_output() {
    server.on("POST /api/v1/services/echo/jobs", job("queued", 0));
    Result submitted =
        shell.run("jobs", "submit", "echo", "--input", "{\"text\": \"hi\"}", "--priority", "7");

    assertThat(submitted.exitCode()).as(submitted.err()).isZero();
    assertThat(submitted.out()).isEqualToIgnoringNewLines("J1");
    Request request = only("POST", "/api/v1/services/echo/jobs");
    assertThat(request.body()).isEqualTo("{\"input\":{\"text\":\"hi\"},\"priority\":7}");
    assertThat(request.header("Idempotency-Key")).isNotBlank();
  }

  @Test
  void the_lines_of_a_file_are_items() {
    server
        .on("POST /api/v1/services/echo/jobs", job("queued", 0))
        .on(
            "GET /api/v1/services/echo",
            "{\"input_schema\": {\"properties\": {\"text\": {\"type\": \"string\"}, \"n\": {\"type\": \"integer\"}}}}");
    shell.write("in.jsonl", "{\"text\": \"a\"}\n\n{\"text\": \"b\"}\n");
    shell.write("in.csv", "text,n\nc,1\n");

    assertThat(shell.run("jobs", "submit", "echo", "--items", "in.jsonl", "--json").out())
        .contains("\"status\": \"queued\"");
    shell.run("jobs", "submit", "echo", "--items", "in.csv", "--idempotency-key", "mine");

    assertThat(server.requests("POST", "/api/v1/services/echo/jobs"))
        .satisfiesExactly(
            lines ->
                assertThat(lines.body())
                    .isEqualTo("{\"items\":[{\"text\":\"a\"},{\"text\":\"b\"}]}"),
            csv -> {
              assertThat(csv.body()).isEqualTo("{\"items\":[{\"text\":\"c\",\"n\":1}]}");
              assertThat(csv.header("Idempotency-Key")).isEqualTo("mine");
            });
  }

  @Test
  void wrong_items_are_named_by_their_lines() {
    server.on(
        "POST /api/v1/services/echo/jobs",
        any ->
            Response.problem(
                400,
                "invalid_input",
                ", \"violations\": [{\"field\": \"items[1].text\", \"message\": \"is required\"}]"));
    shell.write("in.jsonl", "{\"text\": \"a\"}\n\n{\"txt\": \"b\"}\n");
    shell.write("broken.jsonl", "{\"text\": \"a\"}\nno json\n");

    Result refused = shell.run("jobs", "submit", "echo", "--items", "in.jsonl");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("1 line of", "Line 3: text: is required");
    assertThat(shell.run("jobs", "submit", "echo", "--items", "broken.jsonl").err())
        .contains("Line 2, column");
    assertThat(shell.run("jobs", "submit", "echo", "--items", "none.jsonl").err())
        .contains("no file none.jsonl");
  }

  @Test
  void pipelines_are_jobs_too() {
    server
        .on("POST /api/v1/pipelines/moods/jobs", job("queued", 0))
        .on("POST /api/v1/pipelines/jobs", job("queued", 0));
    shell.write("doc.json", "{\"steps\": []}");

    shell.run("jobs", "submit", "moods", "--pipeline", "--input", "{\"text\": \"hi\"}");
    shell.run("jobs", "submit", "--document", "@doc.json", "--input", "{}");

    assertThat(only("POST", "/api/v1/pipelines/moods/jobs").body())
        .isEqualTo("{\"input\":{\"text\":\"hi\"}}");
    assertThat(only("POST", "/api/v1/pipelines/jobs").body())
        .isEqualTo("{\"steps\":[],\"input\":{}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jobs submit echo",
        "jobs submit",
        "jobs submit echo --input {} --items x",
        "jobs submit echo --document {} --input {}",
        "jobs submit echo --pipeline --items x",
        "jobs submit echo --input {} --priority 10",
        "jobs submit echo --input {} --timeout 0",
        "jobs list --limit 0",
        "jobs show",
        "pipelines run",
        "pipelines run moods --document {}",
        "pipelines run moods --timeout 0",
        "pipelines store moods"
      })
  void what_does_not_go_together_is_wrong_use(String command) {
    assertThat(shell.run(command.split(" ")).exitCode()).isEqualTo(2);
    assertThat(server.requests()).isEmpty();
  }

  // Watching.

  @ParameterizedTest
  @CsvSource({"succeeded, 0", "failed, 1", "cancelled, 1"})
  void the_exit_code_says_how_a_job_ended(String status, int exitCode) {
    server.on("GET " + EVENTS, event("progress", 1, "running", 2) + event("end", 2, status, 4));
    Result followed = shell.run("jobs", "follow", "J1");

    assertThat(followed.exitCode()).isEqualTo(exitCode);
    assertThat(followed.err()).contains("J1: " + status + ", 4 of 4 done, 1 failed; 2 credits.");
    assertThat(followed.err()).doesNotContain("\r");
  }

  @Test
  void on_a_terminal_a_bar_moves() {
    server.on(
        "GET " + EVENTS, event("progress", 1, "running", 2) + event("end", 2, "succeeded", 4));

    assertThat(shell.onTerminal().run("jobs", "follow", "J1").err())
        .contains("\r[######", "25%  1/4", "100%  4/4", "1 failed");
  }

  @Test
  void a_connection_that_breaks_is_made_again_behind_the_last_event() {
    AtomicInteger connections = new AtomicInteger();
    server.on(
        "GET " + EVENTS,
        request ->
            switch (connections.incrementAndGet()) {
              case 1 -> Response.ok(event("progress", 7, "running", 2) + "id: 8\nevent: prog");
              case 2 -> Response.BROKEN;
              case 3 -> Response.problem(503, "service_unavailable", "");
              default -> Response.ok(event("end", 9, "succeeded", 4));
            });
    Result followed = shell.run("jobs", "follow", "J1", "--json");

    assertThat(followed.exitCode()).as(followed.err()).isZero();
    assertThat(followed.out()).contains("\"status\": \"succeeded\"");
    assertThat(server.requests("GET", EVENTS))
        .extracting(request -> request.header("Last-Event-ID"))
        .containsExactly(null, "7", "7", "7");
    assertThat(server.requests("GET", EVENTS))
        .allMatch(request -> request.header("Accept").equals("text/event-stream"));
  }

  @Test
  void a_job_that_has_ended_is_not_listened_to() {
    server.on("GET /api/v1/jobs/J1", job("succeeded", 4));

    assertThat(shell.run("jobs", "follow", "J1").exitCode()).isZero();
    assertThat(server.requests("GET", EVENTS)).isEmpty();
  }

  @Test
  void a_job_that_is_not_there_is_not_waited_for() {
    assertThat(shell.run("jobs", "follow", "NONE").err()).contains("[not_found]");
    assertThat(shell.run("jobs", "follow", "J1").err()).contains("[not_found]");
  }

  @Test
  void a_job_can_be_handed_in_and_watched_in_one_command() {
    server
        .on("POST /api/v1/services/echo/jobs", job("queued", 0))
        .on(
            "GET /api/v1/jobs/J1",
            job("failed", 4)
                .replace(
                    "\"priority\"",
                    "\"error\": {\"code\": \"service_failed\", \"detail\": \"Broken.\"}, \"priority\""));
    Result followed = shell.run("jobs", "submit", "echo", "--input", "{}", "--follow");

    assertThat(followed.exitCode()).isEqualTo(1);
    assertThat(followed.err()).contains("J1: failed", "Broken. [service_failed]");
  }

  @Test
  void a_connection_on_which_nothing_is_heard_is_given_up() throws IOException {
    try (PipedOutputStream silent = new PipedOutputStream();
        InputStream body = closedAtOnce(new PipedInputStream(silent))) {
      EventLines lines = new EventLines(body, Duration.ofMillis(50));

      assertThatThrownBy(() -> lines.read(event -> false))
          .isInstanceOf(IOException.class)
          .hasMessage("nothing was heard any more");
    }
  }

  /** As a connection's: who reads it is told when it is closed. */
  private static InputStream closedAtOnce(InputStream body) {
    return new InputStream() {
      private volatile boolean isClosed;

      @Override
      public int read() throws IOException {
        while (body.available() == 0) {
          if (isClosed) {
            throw new IOException("closed");
          }
          Thread.onSpinWait();
        }
        return body.read();
      }

      @Override
      public void close() {
        isClosed = true;
      }
    };
  }

  // The rest.

  @Test
  void jobs_are_listed_and_narrowed() {
    server
        .on("GET /api/v1/jobs", "{\"items\": [" + job("running", 1) + "]}")
        .on("GET /api/v1/admin/jobs", "{\"items\": []}");

    assertThat(shell.run("jobs", "--status", "running").out())
        .contains(
            "J1  2026-11-22T08:00:00Z  batch  running     1       1      4   1.5        2  echo");
    assertThat(only("GET", "/api/v1/jobs").path()).contains("status=running", "limit=50");
    assertThat(shell.run("jobs", "list", "--everybody").err()).contains("There are no jobs.");
  }

  @Test
  void a_job_is_shown_and_cancelled() {
    server
        .on("DELETE /api/v1/jobs/J1", job("cancelled", 1))
        .on("DELETE /api/v1/admin/jobs/J1", job("cancelled", 1));

    assertThat(shell.run("jobs", "show", "J1").out())
        .contains("status            running", "progress          1 of 4 done, 1 failed");
    assertThat(shell.run("jobs", "cancel", "J1").out()).contains("cancelled");
    assertThat(shell.run("jobs", "cancel", "J1", "--anybody", "--json").out())
        .contains("\"status\": \"cancelled\"");
    assertThat(server.requests("DELETE", "/api/v1/admin/jobs/J1")).hasSize(1);
  }

  @Test
  void items_come_as_lines() {
    server.on("GET /api/v1/jobs/J1/items", "{\"index\":0}\n{\"index\":1}\n");

    assertThat(shell.run("jobs", "items", "J1").out()).isEqualTo("{\"index\":0}\n{\"index\":1}\n");
    assertThat(only("GET", "/api/v1/jobs/J1/items").header("Accept"))
        .isEqualTo("application/x-ndjson");
  }

  // Pipelines.

  private static final String PIPELINE =
      """
      {"name": "moods", "description": "How it sounds", "version": 2,
       "steps": [{"id": "mood", "service": "sentiment_analysis",
         "input": {"text": {"$from": "/input/text"}}}], "updated_at": "2026-11-22T08:00:00Z"}
      """;

  @Test
  void pipelines_are_listed_and_shown() {
    server
        .on("GET /api/v1/pipelines", "{\"items\": [" + PIPELINE + "]}")
        .on("GET /api/v1/pipelines/moods", PIPELINE);

    assertThat(shell.run("pipelines").out())
        .contains("moods        2      1  2026-11-22T08:00:00Z  How it sounds");
    assertThat(shell.run("pipelines", "show", "moods").out())
        .contains("moods, version 2: How it sounds", "mood  sentiment_analysis");
  }

  @Test
  void a_pipeline_shows_its_results_and_beside_them_what_they_cost() {
    server.on(
        "POST /api/v1/pipelines/moods/run",
        """
        {"success": true, "pipeline_result": {"mood": {"label": "positive"}}, "total_credits": 1.5,
         "steps": [{"id": "mood", "service": "sentiment_analysis", "status": "succeeded", "credits_consumed": 1.5}]}
        """);
    Result run = shell.run("pipelines", "run", "moods", "-i", "{\"text\": \"hi\"}");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("\"label\": \"positive\"");
    assertThat(run.err())
        .contains("mood (sentiment_analysis): succeeded, 1.5 credits", "1.5 credits in all");
    assertThat(only("POST", "/api/v1/pipelines/moods/run").body())
        .isEqualTo("{\"input\":{\"text\":\"hi\"}}");
  }

  @Test
  void a_step_that_failed_is_named_and_ends_with_1() {
    server.on(
        "POST /api/v1/pipelines/run",
        """
        {"success": false, "pipeline_result": {}, "total_credits": 0, "failed_step": "mood",
         "error": {"code": "service_failed", "detail": "Broken."}, "steps": []}
        """);
    shell.write("doc.json", "{\"steps\": [], \"input\": {\"a\": 1}}");

    Result failed = shell.run("pipelines", "run", "-d", "@doc.json");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("Step 'mood' failed: Broken. [service_failed]");
    assertThat(shell.run("pipelines", "run", "-d", "@doc.json", "--json").exitCode()).isEqualTo(1);
  }

  @Test
  void what_is_shown_of_a_pipeline_can_be_run_and_handed_in() {
    server
        .on("POST /api/v1/pipelines/run", "{\"success\": true}")
        .on("POST /api/v1/pipelines/jobs", job("queued", 0));
    shell.write("doc.json", PIPELINE);

    shell.run("pipelines", "run", "-d", "@doc.json");
    shell.run("jobs", "submit", "-d", "@doc.json");

    for (String path : List.of("/api/v1/pipelines/run", "/api/v1/pipelines/jobs")) {
      assertThat(only("POST", path).body()).startsWith("{\"steps\":[{").endsWith("}]}");
    }
  }

  @Test
  void what_is_shown_of_a_pipeline_can_be_stored() throws IOException {
    server
        .on("PUT /api/v1/admin/pipelines/moods", PIPELINE)
        .on("DELETE /api/v1/admin/pipelines/moods", "");
    shell.write("doc.json", PIPELINE);

    assertThat(
            shell
                .run("pipelines", "store", "moods", "-d", "@doc.json", "--description", "New")
                .out())
        .contains("version 2");
    assertThat(Json.read(only("PUT", "/api/v1/admin/pipelines/moods").body()).properties())
        .extracting(member -> member.getKey())
        .containsExactlyInAnyOrder("description", "steps");
    assertThat(shell.run("pipelines", "delete", "moods").out()).contains("Deleted: moods");
  }
}

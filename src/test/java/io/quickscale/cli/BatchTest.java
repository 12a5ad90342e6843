package io.quickscale.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quickscale.cli.ScriptedServer.Response;
import io.quickscale.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Batches line by line: results in order, interruptions, trouble on the way, and nothing paid
 * twice.
 */
class BatchTest {
  private static final int LINES = 300;
  private static final String RESULTS = "in.results.jsonl";

  @TempDir Path folder;
  private ScriptedServer server;
  private LedgerOfRuns ledger;
  private Shell shell;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    ledger = new LedgerOfRuns(server);
    shell = Shell.at(server, folder);
    shell.write("in.jsonl", texts(LINES));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String texts(int lines) {
    return IntStream.rangeClosed(1, lines)
        .mapToObj(i -> "{\"text\": \"text %d\"}\n".formatted(i))
        .collect(joining());
  }

  private Result batch(String... more) {
    return patientBatch(0, more);
  }

  private Result patientBatch(int seconds, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("batch", "echo", "in.jsonl", "--group-size=1", "--patience=" + seconds));
    arguments.addAll(List.of(more));
    return shell.run(arguments.toArray(String[]::new));
  }

  private List<JsonNode> rows() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : shell.read(RESULTS).lines().toList()) {
      rows.add(Json.read(line));
    }
    return rows;
  }

  private void assertThatAllIsDoneAndPaidOnce() throws IOException {
    assertThat(rows())
        .extracting(row -> row.path("line").asInt())
        .isEqualTo(IntStream.rangeClosed(1, LINES).boxed().toList());
    assertThat(rows()).allMatch(row -> row.path("success").asBoolean());
    assertThat(rows())
        .allMatch(
            row -> row.at("/result/text").asText().equals("text " + row.path("line").asInt()));
    assertThat(ledger.charged()).hasSize(LINES).doesNotHaveDuplicates();
  }

  @Test
  void every_line_has_its_result_in_the_order_of_the_lines() throws IOException {
    Result batch = batch("--parallel", "16");

    assertThat(batch.exitCode()).isZero();
    assertThat(batch.out()).contains("300 lines: 300 succeeded, 0 failed; 150 credits.");
    assertThatAllIsDoneAndPaidOnce();
  }

  @Test
  void scripts_get_the_sums_as_json() throws IOException {
    Result batch = batch("--json");

    assertThat(Json.read(batch.out()).path("succeeded").asInt()).isEqualTo(LINES);
    assertThat(Json.read(batch.out()).path("credits_consumed").decimalValue())
        .isEqualByComparingTo("150");
  }

  @Test
  void a_batch_that_lost_its_server_goes_on_where_it_was() throws IOException {
    ledger.trouble((number, request) -> number > 100 ? Response.BROKEN : null);
    Result cut = batch();
    assertThat(cut.exitCode()).isEqualTo(1);
    assertThat(cut.err()).contains("The connection to " + server.url() + " broke");
    assertThat(cut.out()).contains("left");

    ledger.trouble((number, any) -> null);
    Result rest = batch();

    assertThat(rest.exitCode()).isZero();
    assertThat(rest.err()).contains("Going on: ");
    assertThatAllIsDoneAndPaidOnce();
  }

  @Test
  void a_batch_that_was_killed_pays_nothing_twice() throws IOException {
    batch();
    // As if the last results had not reached the disk, and one in half.
    String results = shell.read(RESULTS);
    int cut = results.lines().limit(200).mapToInt(line -> line.length() + 1).sum() + 17;
    shell.write(RESULTS, results.substring(0, cut));

    assertThat(batch().exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce();
    assertThat(shell.read(RESULTS)).isEqualTo(results);
  }

  @Test
  void a_batch_that_is_complete_runs_nothing_again() throws IOException {
    batch();
    int requests = server.requests("POST", "/api/v1/services/echo/run").size();
    Result again = batch();

    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("300 succeeded");
    assertThat(server.requests("POST", "/api/v1/services/echo/run")).hasSize(requests);
  }

  @Test
  void lines_that_were_added_at_the_end_are_done() throws IOException {
    batch();
    shell.write("in.jsonl", texts(LINES + 5));

    assertThat(batch().out()).contains("305 lines: 305 succeeded");
    assertThat(ledger.charged()).hasSize(LINES + 5);
  }

  @Test
  void a_file_that_has_changed_is_another_batch() {
    batch();
    shell.write("in.jsonl", texts(LINES).replace("text 7\"", "another\""));
    Result refused = batch();

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("has changed", "--restart");
    assertThat(ledger.charged()).hasSize(LINES);
    assertThat(batch("--restart").exitCode()).isZero();
    assertThat(ledger.charged()).hasSize(2 * LINES);
  }

  @Test
  void another_users_key_does_not_go_on_with_a_batch() {
    batch();
    server.on("GET /api/v1/me", "{\"user\": {\"id\": \"EVE\"}}");

    assertThat(batch().err()).contains("another user id");
  }

  @Test
  void results_of_something_else_are_not_written_over() {
    shell.write(RESULTS, "precious\n");
    Result refused = batch();

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("is there already");
    assertThat(shell.read(RESULTS)).isEqualTo("precious\n");
  }

  @Test
  void after_a_day_it_is_said_that_the_server_may_have_forgotten() throws IOException {
    ledger.trouble((number, request) -> number > 10 ? Response.BROKEN : null);
    batch();
    assertThat(batch().err()).doesNotContain("Beware");
    Files.setLastModifiedTime(
        folder.resolve(RESULTS), FileTime.from(Instant.now().minus(Duration.ofHours(25))));

    assertThat(batch().err()).contains("Beware", "more than a day ago");
  }

  @Test
  void a_line_that_fails_fails_alone_and_the_batch_ends_with_1() throws IOException {
    shell.write(
        "in.jsonl", "{\"text\": \"one\"}\n\n{\"txt\": 2}\nnot json\n{\"text\": \"three\"}\n");
    Result batch = batch();

    assertThat(batch.exitCode()).isEqualTo(1);
    assertThat(batch.out()).contains("4 lines: 2 succeeded, 2 failed; 1 credit.");
    assertThat(rows()).extracting(row -> row.path("line").asInt()).containsExactly(1, 3, 4, 5);
    assertThat(rows().get(1).at("/error/code").asText()).isEqualTo("invalid_input");
    assertThat(rows().get(1).at("/error/violations/0/field").asText()).isEqualTo("text");
    assertThat(rows().get(2).at("/error/code").asText()).isEqualTo("malformed_json");
  }

  @Test
  void a_line_that_cannot_be_read_is_named_by_its_place_in_the_file() throws IOException {
    shell.write(
        "in.jsonl",
        "{\"text\": \"one\"}\n\n  {\"text\" 2}\n{\"text\": 1e2147483648}\n{\"text\": \"three\"}\n");
    Result batch = batch();

    assertThat(batch.exitCode()).isEqualTo(1);
    assertThat(batch.out()).contains("4 lines: 2 succeeded, 2 failed; 1 credit.");
    assertThat(rows().get(1).at("/error/detail").asText())
        .startsWith("Line 3, column 11: this is not JSON that can be sent: ");
    assertThat(rows().get(2).at("/error/detail").asText())
        .isEqualTo(
            "Line 4, column 10: this is not JSON that can be sent: a number has too many digits, or"
                + " too large an exponent.");
  }

  @Test
  void the_server_may_ask_to_wait() throws IOException {
    ledger.trouble(
        (number, request) ->
            number % 50 == 1
                ? Response.problem(429, "rate_limited", "").with("Retry-After", "0")
                : null);

    assertThat(patientBatch(60).exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce();
  }

  @Test
  void a_run_that_failed_for_a_reason_that_may_pass_is_tried_again_with_another_key()
      throws IOException {
    shell.write("in.jsonl", "{\"text\": \"one\"}\n");
    ledger.trouble(
        (number, request) ->
            number < 3
                ? Response.problem(503, "service_unavailable", ", \"usage_id\": \"U\"")
                    .with("Retry-After", "0")
                : null);

    assertThat(batch().exitCode()).isZero();
    assertThat(server.requests("POST", "/api/v1/services/echo/run"))
        .extracting(request -> request.header("Idempotency-Key"))
        .hasSize(3)
        .doesNotHaveDuplicates();
  }

  @Test
  void a_reason_that_does_not_pass_fails_the_line() throws IOException {
    shell.write("in.jsonl", "{\"text\": \"one\"}\n");
    ledger.trouble(
        (number, any) ->
            Response.problem(502, "upstream_failed", ", \"usage_id\": \"U\"")
                .with("Retry-After", "0"));

    assertThat(batch().exitCode()).isEqualTo(1);
    assertThat(rows().get(0).at("/error/code").asText()).isEqualTo("upstream_failed");
    assertThat(server.requests("POST", "/api/v1/services/echo/run")).hasSize(3);
  }

  @Test
  void what_a_failed_run_was_charged_is_counted() {
    shell.write("in.jsonl", "{\"text\": \"one\"}\n");
    server
        .on(
            "GET /api/v1/services/echo",
            "{\"name\": \"echo\", \"failure_policy\": \"charge_on_failure\"}")
        .on("GET /api/v1/usage/U", "{\"cost\": 2.5}");
    ledger.trouble(
        (number, any) -> Response.problem(500, "service_failed", ", \"usage_id\": \"U\""));

    assertThat(batch().out()).contains("1 failed; 2.5 credits");
  }

  @Test
  void what_was_paid_for_an_answer_that_the_server_has_not_kept_is_counted() throws IOException {
    shell.write("in.jsonl", "{\"text\": \"one\"}\n");
    server.on("GET /api/v1/usage/U", "{\"cost\": 2.5}");
    ledger.trouble((number, any) -> Response.problem(409, "conflict", ", \"usage_id\": \"U\""));

    assertThat(batch().out()).contains("1 failed; 2.5 credits");
    assertThat(rows().get(0).at("/error/code").asText()).isEqualTo("conflict");
    assertThat(server.requests("POST", "/api/v1/services/echo/run")).hasSize(1);
  }

  @Test
  void without_credits_the_batch_stops_and_keeps_what_is_paid() throws IOException {
    ledger.trouble(
        (number, request) ->
            number > 100
                ? Response.problem(
                    402,
                    "insufficient_credits",
                    ", \"required_credits\": 0.5, \"available_credits\": 0")
                : null);
    Result stopped = batch();

    assertThat(stopped.exitCode()).isEqualTo(1);
    assertThat(stopped.err()).contains("Required: 0.5, available: 0");
    assertThat(rows()).hasSize(100).allMatch(row -> row.path("success").asBoolean());

    ledger.trouble((number, any) -> null);
    assertThat(batch().exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce();
  }

  @Test
  void results_that_an_interruption_left_out_of_order_are_sorted_in_the_end() throws IOException {
    // The first line is refused, lines behind it are paid.
    ledger.trouble(
        (number, request) ->
            request.body().contains("text 1\"") ? Response.problem(403, "forbidden", "") : null);
    batch();
    assertThat(rows()).isNotEmpty().noneMatch(row -> row.path("line").asInt() == 1);

    ledger.trouble((number, any) -> null);
    assertThat(batch().exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce();
  }

  @Test
  void csv_goes_in_with_the_types_of_the_service() {
    shell.write(
        "in.csv",
        "\uFEFFtext,n,on,tags\r\n\"one, two\",12,true,\"[1]\"\r\n\"line\nbreak\",,no,x\r\n");
    Result batch = shell.run("batch", "echo", "in.csv", "--group-size=1", "--parallel", "1");

    assertThat(batch.exitCode()).isZero();
    assertThat(ledger.charged())
        .containsExactly(
            "{\"text\":\"one, two\",\"n\":12,\"on\":true,\"tags\":[1]}",
            "{\"text\":\"line\\nbreak\",\"on\":\"no\",\"tags\":\"x\"}");
  }

  @Test
  void csv_comes_out_with_a_column_for_each_member_of_the_result() {
    shell.write("in.csv", "text\none\ntwo\n");
    shell.run("batch", "echo", "in.csv", "--group-size=1", "--parallel", "1");

    assertThat(shell.read("in.results.csv").lines())
        .containsExactly(
            "line,success,result.text,result.parts,error_code,error_detail,credits_consumed,usage_id",
            "2,true,one,\"[1,\"\"a,b\"\"]\",,,0.5,U1",
            "3,true,two,\"[1,\"\"a,b\"\"]\",,,0.5,U2");
  }

  @Test
  void a_batch_with_csv_results_goes_on_too() throws IOException {
    batch("--output", "out.csv");
    String results = shell.read("out.csv");
    shell.write("out.csv", results.substring(0, results.length() / 2));
    Result rest = batch("--output", "out.csv");

    assertThat(rest.exitCode()).isZero();
    assertThat(rest.out()).contains("300 succeeded, 0 failed; 150 credits");
    assertThat(shell.read("out.csv")).isEqualTo(results);
    assertThat(ledger.charged()).hasSize(LINES);
  }

  @Test
  void columns_that_the_service_does_not_know_are_refused_before_anything_runs() {
    shell.write("in.csv", "txt\none\n");
    Result refused = shell.run("batch", "echo", "in.csv");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("text, n, on, tags", "these are none: 'txt'");
    assertThat(ledger.charged()).isEmpty();
  }

  @Test
  void a_bar_is_for_terminals_only() {
    assertThat(batch().err()).doesNotContain("\r");
    assertThat(shell.onTerminal().run("batch", "echo", "in.jsonl", "-o", "other.jsonl").err())
        .contains("\r[", "100%  300/300");
  }

  @Test
  void a_file_that_is_not_there_is_said_so() {
    assertThat(shell.run("batch", "echo", "nothing.jsonl").err()).contains("no file nothing.jsonl");
    assertThat(batch("--parallel", "0").exitCode()).isEqualTo(2);
  }
}

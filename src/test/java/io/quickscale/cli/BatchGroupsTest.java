package io.quickscale.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quickscale.cli.ScriptedServer.Request;
import io.quickscale.cli.ScriptedServer.Response;
import io.quickscale.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines that are sent together: whatever comes in between, a line has one result and is paid once.
 */
class BatchGroupsTest {
  private static final int LINES = 1_000;
  private static final String RESULTS = "in.results.jsonl";
  private static final String PASSES =
      "{\"status\": 503, \"code\": \"service_unavailable\", \"detail\": \"Away.\"}";
  private static final String STAYS =
      "{\"status\": 500, \"code\": \"service_failed\", \"detail\": \"Broken.\"}";

  @TempDir Path folder;
  private ScriptedServer server;
  private LedgerOfRuns ledger;
  private Shell shell;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    ledger = new LedgerOfRuns(server);
    shell = Shell.at(server, folder);
    shell.write("in.jsonl", texts(1, LINES));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String texts(int from, int to) {
    return IntStream.rangeClosed(from, to)
        .mapToObj(i -> "{\"text\": \"text %d\"}\n".formatted(i))
        .collect(joining());
  }

  private Result batch(String... more) {
    List<String> arguments = new ArrayList<>(List.of("batch", "echo", "in.jsonl", "--patience=0"));
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

  private JsonNode row(int line) throws IOException {
    return rows().stream()
        .filter(row -> row.path("line").asInt() == line)
        .findFirst()
        .orElseThrow();
  }

  private List<Request> groups() {
    return server.requests("POST", "/api/v1/services/echo/batch");
  }

  private static int inputs(Request request) {
    return request.body().split("\"text\":", -1).length - 1;
  }

  private void assertThatAllIsDoneAndPaidOnce(int lines) throws IOException {
    assertThat(rows())
        .extracting(row -> row.path("line").asInt())
        .isEqualTo(IntStream.rangeClosed(1, lines).boxed().toList());
    assertThat(rows())
        .allMatch(
            row -> row.at("/result/text").asText().equals("text " + row.path("line").asInt()));
    assertThat(ledger.charged()).hasSize(lines).doesNotHaveDuplicates();
  }

  @Test
  void a_thousand_lines_are_ten_requests() throws IOException {
    Result batch = batch();

    assertThat(batch.exitCode()).as(batch.err()).isZero();
    assertThat(batch.out()).contains("1000 lines: 1000 succeeded, 0 failed; 500 credits.");
    assertThat(groups()).hasSize(10);
    assertThatAllIsDoneAndPaidOnce(LINES);
  }

  @ParameterizedTest
  @CsvSource({"1, 0, 1000", "7, 143, 0", "1000, 1, 0"})
  void the_size_of_a_group_can_be_chosen(String size, int groups, int runs) throws IOException {
    assertThat(batch("--group-size", size).exitCode()).isZero();

    assertThat(groups()).hasSize(groups);
    assertThat(server.requests("POST", "/api/v1/services/echo/run")).hasSize(runs);
    assertThatAllIsDoneAndPaidOnce(LINES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1001", "-1", "x"})
  void a_size_that_cannot_be_is_wrong_use(String size) {
    assertThat(batch("--group-size", size).exitCode()).isEqualTo(2);
    assertThat(batch("--restart", "--retry-failed").exitCode()).isEqualTo(2);
  }

  @Test
  void a_thousand_lines_that_fail_are_a_thousand_failures() throws IOException {
    ledger.failures((input, times) -> STAYS);
    Result batch = batch();

    assertThat(batch.exitCode()).isEqualTo(1);
    assertThat(batch.out()).contains("1000 lines: 0 succeeded, 1000 failed; 0 credits.");
    assertThat(groups()).hasSize(10);
    assertThat(rows()).allMatch(row -> row.at("/error/code").asText().equals("service_failed"));
  }

  @Test
  void a_wrong_line_is_named_and_the_others_of_its_group_run() throws IOException {
    shell.write(
        "in.jsonl", texts(1, 3) + "{\"txt\": 4}\n" + texts(5, 6) + "not json\n" + texts(8, 150));
    Result batch = batch();

    assertThat(batch.exitCode()).isEqualTo(1);
    assertThat(batch.out()).contains("150 lines: 148 succeeded, 2 failed; 74 credits.");
    assertThat(row(4).at("/error/code").asText()).isEqualTo("invalid_input");
    assertThat(row(4).at("/error/violations/0/field").asText()).isEqualTo("text");
    assertThat(row(4).at("/error/detail").asText()).isEqualTo("text: is required");
    assertThat(row(7).at("/error/detail").asText()).startsWith("Line 7, column");
    assertThat(ledger.charged()).hasSize(148).doesNotHaveDuplicates();
    assertThat(rows())
        .extracting(row -> row.path("line").asInt())
        .isEqualTo(IntStream.rangeClosed(1, 150).boxed().toList());
  }

  @Test
  void a_group_that_is_too_large_for_the_server_is_sent_in_parts() throws IOException {
    ledger.trouble(
        (number, request) ->
            request.body().length() > 800
                ? Response.problem(413, "payload_too_large", ", \"limit_bytes\": 800")
                : null);

    assertThat(batch().exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce(LINES);
    assertThat(groups()).hasSizeBetween(60, 120);
  }

  @ParameterizedTest
  @CsvSource({"1, 20", "100, 1"})
  void a_server_that_is_still_starting_is_waited_for(String size, int requests) throws IOException {
    shell.write("in.jsonl", texts(1, 20));
    ledger.trouble(
        (number, request) ->
            number == 1 ? new Response(404, "<html>Nothing here</html>", Map.of()) : null);

    Result batch = shell.run("batch", "echo", "in.jsonl", "--group-size", size, "--parallel", "1");

    assertThat(batch.exitCode()).as(batch.err()).isZero();
    assertThatAllIsDoneAndPaidOnce(20);
    assertThat(server.requests().stream().filter(request -> request.method().equals("POST")))
        .hasSize(requests + 1);
    ledger.trouble((number, request) -> new Response(404, "<html>Nothing here</html>", Map.of()));
    shell.write("in.jsonl", texts(1, 21));
    assertThat(batch("--group-size", size).err()).contains("[not_quickscale]");
    assertThat(rows()).as("nothing is recorded as a failure").hasSize(20);
  }

  @Test
  void others_do_not_wait_for_a_group_that_is_still_in_progress() throws IOException {
    shell.write("in.jsonl", texts(1, 400));
    ledger.trouble(
        (number, request) ->
            request.body().contains("text 1\"") && ledger.charged().size() < 300
                ? Response.problem(409, "request_in_progress", "").with("Retry-After", "1")
                : null);

    assertThat(shell.run("batch", "echo", "in.jsonl", "--parallel", "2").exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce(400);
    assertThat(groups()).hasSizeBetween(5, 7);
  }

  @Test
  void a_proxy_that_finds_a_group_too_large_gets_it_in_parts() throws IOException {
    shell.write("in.jsonl", texts(1, 20));
    ledger.trouble(
        (number, request) ->
            request.body().length() > 200 ? new Response(413, "<html>", Map.of()) : null);

    assertThat(batch().exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce(20);
  }

  @Test
  void a_group_is_never_larger_than_servers_take() throws IOException {
    String large = "x".repeat(6 << 20);
    shell.write("in.jsonl", ("{\"text\": \"" + large + "\"}\n").repeat(3));

    assertThat(batch().exitCode()).isZero();
    assertThat(groups()).hasSize(1).allMatch(group -> group.body().length() < 16 << 20);
    assertThat(server.requests("POST", "/api/v1/services/echo/run")).hasSize(1);
    assertThat(rows()).hasSize(3);
  }

  @Test
  void a_group_that_is_refused_without_saying_which_line_is_sent_in_parts() throws IOException {
    ledger.trouble(
        (number, request) ->
            request.path().endsWith("/batch") && request.body().contains("text 7\"")
                ? Response.problem(400, "malformed_json", "")
                : null);
    shell.write("in.jsonl", texts(1, 20));

    assertThat(batch().exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce(20);
  }

  @Test
  void lines_that_failed_for_a_reason_that_may_pass_are_tried_again_together() throws IOException {
    shell.write("in.jsonl", texts(1, 50));
    ledger.failures(
        (input, times) -> input.path("text").asText().endsWith("7") && times < 3 ? PASSES : null);

    assertThat(batch().exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce(50);
    assertThat(groups())
        .hasSize(3)
        .extracting(request -> request.header("Idempotency-Key"))
        .doesNotHaveDuplicates();
    assertThat(Json.read(groups().get(1).body()).path("items")).hasSize(5);
  }

  @Test
  void a_reason_that_does_not_pass_fails_the_line() throws IOException {
    shell.write("in.jsonl", texts(1, 2));
    ledger.failures((input, times) -> input.path("text").asText().endsWith("2") ? PASSES : null);

    assertThat(batch().exitCode()).isEqualTo(1);
    assertThat(groups()).hasSize(3);
    assertThat(row(2).at("/error/code").asText()).isEqualTo("service_unavailable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"100", "30", "1000", "1"})
  void whatever_was_lost_and_however_it_goes_on_nothing_is_paid_twice(String size)
      throws IOException {
    ledger.loseAnswers(true);
    assertThat(batch().exitCode()).isEqualTo(1);
    int paid = ledger.charged().size();
    assertThat(paid).isPositive();
    ledger.loseAnswers(false);

    Result rest = batch("--group-size", size);

    assertThat(rest.exitCode()).as(rest.err()).isZero();
    assertThatAllIsDoneAndPaidOnce(LINES);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 100, 101, 250, 999})
  void a_batch_that_was_killed_while_it_wrote_pays_nothing_twice(int kept) throws IOException {
    batch();
    String results = shell.read(RESULTS);
    int cut = results.lines().limit(kept).mapToInt(line -> line.length() + 1).sum() + 9;
    shell.write(RESULTS, results.substring(0, cut));

    assertThat(batch("--group-size", "33").exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce(LINES);
    assertThat(shell.read(RESULTS)).isEqualTo(results);
  }

  @Test
  void lines_that_were_added_while_the_last_group_was_lost_are_sent_apart_from_it()
      throws IOException {
    shell.write("in.jsonl", texts(1, 50));
    batch();
    shell.write(RESULTS, "");
    shell.write("in.jsonl", texts(1, 80));

    assertThat(batch().exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce(80);
    assertThat(groups()).hasSize(3);
  }

  @Test
  void a_journal_whose_last_record_is_cut_goes_on() throws IOException {
    batch();
    String journal = shell.read(RESULTS + ".journal");
    shell.write(RESULTS + ".journal", journal + "{\"groups\":[{\"group\":11,\"lin");
    shell.write("in.jsonl", texts(1, LINES + 1));

    assertThat(batch().exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce(LINES + 1);
    shell.write(RESULTS + ".journal", journal + "something\n");
    assertThat(batch().err()).contains("is not the journal of a batch");
  }

  @Test
  void a_group_in_whose_place_others_were_sent_is_not_sent_again() throws IOException {
    shell.write("in.jsonl", texts(1, 3) + "{\"txt\": 4}\n" + texts(5, 20));
    batch();
    shell.write(RESULTS, "");
    // Now the server would take the line that it has refused.
    server.requests().clear();

    batch();

    assertThat(ledger.charged()).hasSize(19).doesNotHaveDuplicates();
    assertThat(groups())
        .noneMatch(group -> group.body().contains("text 3") && group.body().contains("txt"));
  }

  @Test
  void a_batch_that_an_earlier_version_began_goes_on_line_by_line() throws IOException {
    ledger.trouble((number, request) -> number > 100 ? Response.BROKEN : null);
    batch("--group-size", "1");
    ledger.trouble((number, request) -> null);

    assertThat(batch().exitCode()).isZero();
    assertThat(groups()).isEmpty();
    assertThatAllIsDoneAndPaidOnce(LINES);
  }

  @Test
  void without_credits_for_a_group_the_batch_stops_and_goes_on_later() throws IOException {
    ledger.trouble(
        (number, request) ->
            ledger.charged().size() + inputs(request) > 250
                ? Response.problem(
                    402,
                    "insufficient_credits",
                    ", \"required_credits\": 50, \"available_credits\": 25")
                : null);
    Result stopped = batch("--parallel", "1");

    assertThat(stopped.exitCode()).isEqualTo(1);
    assertThat(stopped.err())
        .contains("Required: 50, available: 25", "goes on from here", "--group-size");
    assertThat(stopped.out()).contains("200 succeeded", "800 left");

    assertThat(batch("--parallel", "1", "--group-size", "10").out()).contains("250 succeeded");
    ledger.trouble((number, any) -> null);
    assertThat(batch().exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce(LINES);
  }

  @Test
  void credits_that_another_group_gives_back_are_waited_for() throws IOException {
    shell.write("in.jsonl", texts(1, 200));
    // Each group holds more than it costs, so that two at once do not fit.
    ledger.oneAtATime(Response.problem(402, "insufficient_credits", ""));

    Result batch = batch("--group-size", "20", "--parallel", "8");

    assertThat(batch.exitCode()).as(batch.err()).isZero();
    assertThatAllIsDoneAndPaidOnce(200);
  }

  @Test
  void lines_that_failed_are_run_again_when_that_is_asked_for() throws IOException {
    ledger.failures((input, times) -> input.path("text").asText().endsWith("3") ? STAYS : null);
    assertThat(batch().out()).contains("900 succeeded, 100 failed");
    assertThat(batch().out()).as("of itself it does not").contains("100 failed");
    ledger.failures((input, times) -> null);
    int before = groups().size();

    Result again = batch("--retry-failed");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).contains("Once more: 100 lines that failed.");
    assertThat(again.out()).contains("1000 succeeded, 0 failed; 500 credits");
    assertThat(groups()).hasSize(before + 1);
    assertThatAllIsDoneAndPaidOnce(LINES);
    assertThat(batch("--retry-failed").exitCode()).isZero();
    assertThat(groups()).hasSize(before + 1);
  }

  @Test
  void lines_that_are_run_again_are_paid_once_too() throws IOException {
    ledger.failures((input, times) -> input.path("text").asText().endsWith("3") ? STAYS : null);
    batch();
    String failed = shell.read(RESULTS);
    ledger.failures((input, times) -> null);
    batch("--retry-failed");
    // As if it had been killed before the results were on the disk.
    shell.write(
        RESULTS, failed.lines().filter(row -> row.contains("true")).collect(joining("\n")) + "\n");

    assertThat(batch().exitCode()).isZero();
    assertThatAllIsDoneAndPaidOnce(LINES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "100"})
  void failures_are_run_again_also_in_csv_and_one_by_one(String size) {
    shell.write("in.jsonl", texts(1, 10));
    ledger.trouble(
        (number, request) ->
            request.path().endsWith("/run") && request.body().contains("text 3")
                ? Response.problem(500, "service_failed", ", \"usage_id\": \"U\"")
                : null);
    ledger.failures((input, times) -> input.path("text").asText().endsWith("3") ? STAYS : null);
    batch("-o", "out.csv", "--group-size", size);
    assertThat(shell.read("out.csv")).contains("3,false");
    ledger.trouble((number, request) -> null);
    ledger.failures((input, times) -> null);

    Result again = batch("-o", "out.csv", "--retry-failed");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(shell.read("out.csv").lines()).hasSize(11).noneMatch(row -> row.contains("false"));
    assertThat(ledger.charged()).hasSize(10);
  }

  @Test
  void an_answer_that_the_server_has_lost_fails_the_lines_and_nothing_is_run_again()
      throws IOException {
    shell.write("in.jsonl", texts(1, 3));
    ledger.trouble((number, request) -> Response.problem(409, "conflict", ""));

    assertThat(batch().exitCode()).isEqualTo(1);
    assertThat(groups()).hasSize(1);
    assertThat(rows())
        .hasSize(3)
        .allMatch(row -> row.at("/error/code").asText().equals("conflict"));
  }

  @Test
  void a_server_that_answers_something_else_is_not_believed() {
    server.on("POST /api/v1/services/echo/batch", "{\"items\": []}");

    assertThat(batch().err()).contains("answered 100 inputs with 0 results");
  }
}

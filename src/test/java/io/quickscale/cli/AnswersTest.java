package io.quickscale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.cli.ScriptedServer.Request;
import io.quickscale.cli.ScriptedServer.Response;
import io.quickscale.cli.Shell.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands ask of the server, and what they make of its answers. */
class AnswersTest {
  private static final String RUN =
      """
      {"success": true, "service": "echo", "result": {"text": "hi", "score": 0.10},
       "credits_consumed": 1, "credits_remaining": 99, "usage_id": "0SAEQQHS404F2", "duration_ms": 9}
      """;
  private static final String ECHO =
      """
      {"name": "echo", "description": "Says it again", "category": "text", "credit_cost": 0.5,
       "pricing": {"units": [{"unit": "word", "credits_per_unit": 0.001}], "maximum": 3},
       "active": true, "available": true, "failure_policy": "no_charge",
       "limits": {"max_input_bytes": 1000, "max_concurrent_runs": 5},
       "input_schema": {"properties": {"text": {"type": "string"}}, "required": ["text"]}}
      """;

  @TempDir Path folder;
  private ScriptedServer server;
  private Shell shell;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    shell = Shell.at(server, folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Request only(String method, String path) {
    List<Request> found = server.requests(method, path);
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  // Runs.

  @Test
  void a_run_shows_the_result_and_beside_it_what_it_cost() {
    server.on("POST /api/v1/services/echo/run", RUN);
    Result run = shell.run("run", "echo", "--input", "{\"text\": \"hi\"}");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .isEqualToIgnoringNewLines("{\n  \"text\": \"hi\",\n  \"score\": 0.10\n}\n");
    assertThat(run.err()).contains("1 credit, 99 left; 9 ms; usage 0SAEQQHS404F2");
  }

  @Test
  void a_run_that_ran_others_shows_what_all_of_it_cost() {
    server.on(
        "POST /api/v1/services/echo/run",
        "{\"success\": true, \"result\": {}, \"credits_consumed\": 1, \"credits_remaining\": 97.5,"
            + " \"usage_id\": \"U1\", \"duration_ms\": 9, \"inner_runs\": [{\"usage_id\": \"U2\","
            + " \"service\": \"word_count\", \"credits_consumed\": 1.5}], \"total_credits\": 2.50}");

    assertThat(shell.run("run", "echo", "--input", "{}").err())
        .contains("1 credit (2.5 with its inner runs), 97.5 left; 9 ms; usage U1");
  }

  @Test
  void for_scripts_a_run_shows_all_of_the_answer() {
    server.on("POST /api/v1/services/echo/run", RUN);
    Result run = shell.run("run", "echo", "--json", "--input", "{}");

    assertThat(run.out()).contains("\"credits_remaining\": 99");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void the_input_comes_from_a_file_or_from_standard_input_too() {
    server.on("POST /api/v1/services/echo/run", RUN);
    Path file = shell.write("input.json", "{\"text\": \"from a file\"}").toAbsolutePath();
    shell.input("{\"text\": \"from standard input\"}");

    shell.run("run", "echo", "--input", "@input.json");
    shell.run("run", "echo", "--input", "@" + file);
    shell.run("run", "echo", "--input", "-");

    assertThat(server.requests())
        .extracting(Request::body)
        .containsExactly(
            "{\"text\":\"from a file\"}",
            "{\"text\":\"from a file\"}",
            "{\"text\":\"from standard input\"}");
  }

  @Test
  void numbers_in_the_input_are_sent_as_they_were_written() {
    server.on("POST /api/v1/services/echo/run", RUN);
    shell.run("run", "echo", "--input", "{\"n\": 12345678901234567890.10}");

    assertThat(server.requests().get(0).body()).isEqualTo("{\"n\":12345678901234567890.10}");
  }

  @Test
  void an_input_that_is_not_json_is_not_sent() {
    Result run = shell.run("run", "echo", "--input", "{text: hi}");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is not JSON", "line 1, column 2");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void a_run_whose_connection_breaks_is_sent_again_with_the_same_key() {
    AtomicInteger count = new AtomicInteger();
    server.on(
        "POST /api/v1/services/echo/run",
        any -> count.incrementAndGet() < 3 ? Response.BROKEN : Response.ok(RUN));

    assertThat(shell.run("run", "echo", "--input", "{}").exitCode()).isZero();
    assertThat(server.requests())
        .extracting(r -> r.header("Idempotency-Key"))
        .hasSize(3)
        .doesNotContainNull()
        .containsOnly(server.requests().get(0).header("Idempotency-Key"));
  }

  @Test
  void where_it_stays_unknown_whether_it_happened_the_key_to_ask_again_is_shown() {
    server.on("POST /api/v1/services/echo/run", any -> Response.BROKEN);
    Result run = shell.run("run", "echo", "--input", "{}");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .contains("--idempotency-key " + server.requests().get(0).header("Idempotency-Key"));
  }

  @Test
  void a_dry_run_runs_nothing_and_fails_where_credits_are_missing() {
    server
        .on("POST /api/v1/services/echo/validate", "{\"valid\": true}")
        .on(
            "GET /api/v1/services/echo/credits",
            "{\"has_sufficient_credits\": false, \"required_credits\": 5, \"available_credits\": 3,"
                + " \"shortfall\": 2}");
    Result check = shell.run("run", "echo", "--input", "{}", "--dry-run");

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out()).contains("5 credits", "available: 3", "missing: 2");
    assertThat(server.requests("POST", "/api/v1/services/echo/run")).isEmpty();
  }

  // Problems.

  @Test
  void a_problem_is_one_line_with_its_code() {
    server.on(
        "GET /api/v1/usage",
        any -> Response.problem(500, "internal_error", ", \"reference\": \"R1\""));
    Result failed = shell.run("usage");

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err())
        .isEqualToIgnoringNewLines("quickscale: A detail. [internal_error, reference R1]\n");
  }

  @Test
  void violations_are_listed() {
    server.on(
        "POST /api/v1/services/echo/run",
        any ->
            Response.problem(
                400,
                "invalid_input",
                ", \"violations\": [{\"field\": \"text\", \"message\": \"is required\"}]"));

    assertThat(shell.run("run", "echo", "--input", "{}").err())
        .isEqualToIgnoringNewLines("quickscale: A title [invalid_input]\n  text: is required\n");
  }

  @Test
  void missing_credits_are_shown() {
    server.on(
        "POST /api/v1/services/echo/run",
        any ->
            Response.problem(
                402,
                "insufficient_credits",
                ", \"required_credits\": 5.50, \"available_credits\": 3"));

    assertThat(shell.run("run", "echo", "--input", "{}").err())
        .contains("Required: 5.5, available: 3.");
  }

  @Test
  void options_that_the_server_cannot_read_are_wrong_use() {
    server.on("GET /api/v1/usage", any -> refusedFor("status"));
    server.on("GET /api/v1/credits/transactions", any -> refusedFor("from"));
    Result narrowed = shell.run("usage", "--status", "paid");
    Result asCsv = shell.run("credits", "--transactions", "--from", "yesterday", "--csv");
    Result asJson = shell.run("usage", "--status", "paid", "--json");

    assertThat(List.of(narrowed, asCsv, asJson)).extracting(Result::exitCode).containsOnly(2);
    assertThat(narrowed.err()).contains("status: must be", "See: quickscale usage --help");
    assertThat(asCsv.err()).contains("from: must be");
    assertThat(asJson.err()).startsWith("{").hasLineCount(1);
  }

  @Test
  void an_input_that_the_service_refuses_is_no_wrong_use() {
    server.on("POST /api/v1/services/echo/run", any -> refusedFor("text"));

    assertThat(shell.run("run", "echo", "--input", "{}").exitCode()).isEqualTo(1);
  }

  private static Response refusedFor(String field) {
    return Response.problem(
        400,
        "invalid_input",
        ", \"violations\": [{\"field\": \"" + field + "\", \"message\": \"must be\"}]");
  }

  @Test
  void for_scripts_a_problem_stays_json() {
    server.on("GET /api/v1/usage", any -> Response.problem(429, "rate_limited", ""));
    Result failed = shell.run("usage", "--json");

    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).startsWith("{").contains("\"code\":\"rate_limited\"");
  }

  @Test
  void without_a_key_it_is_said_where_one_can_come_from() {
    server.on("GET /api/v1/credits", any -> Response.problem(401, "unauthenticated", ""));
    Result refused = new Shell(folder).run("credits", "--url", server.url());

    assertThat(refused.err()).contains("QUICKSCALE_API_KEY", "profile add");
  }

  @Test
  void where_nothing_answers_the_url_and_a_way_out_are_shown() {
    server.close();
    Result refused = shell.run("credits");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("Nothing answers at " + server.url(), "QUICKSCALE_URL", "./scripts/run");
  }

  @Test
  void another_kind_of_server_is_recognized() {
    server.on("GET /api/v1/credits", any -> new Response(404, "<html>nginx</html>", Map.of()));

    assertThat(shell.run("credits").err()).contains("HTTP 404", "QuickScale server");
  }

  @Test
  void what_a_server_says_cannot_move_the_cursor() {
    server.on(
        "GET /api/v1/services", "{\"items\": [{\"name\": \"a\\u001b[2Jb\", \"credit_cost\": 1}]}");

    assertThat(shell.run("list-services").out()).contains("a [2Jb").doesNotContain("\u001b");
    assertThat(shell.run("list-services", "--details").out()).doesNotContain("\u001b");
  }

  // Lists and tables.

  @Test
  void services_are_listed_with_their_prices() {
    server.on("GET /api/v1/services", "{\"items\": [" + ECHO + "]}");

    assertThat(shell.run("list-services").out().lines())
        .containsExactly(
            "NAME  CREDITS           STATE      DESCRIPTION",
            "echo  0.5 + 0.001/word  available  Says it again");
    assertThat(shell.run("list-services", "--details").out())
        .contains("at most 3 a run", "text: string, required", "1000");
  }

  @Test
  void a_table_is_no_wider_than_the_terminal() {
    server.on(
        "GET /api/v1/services",
        "{\"items\": [{\"name\": \"echo\", \"description\": \"" + "long ".repeat(40) + "\"}]}");

    assertThat(shell.run("list-services").out().lines()).anyMatch(line -> line.length() > 80);
    assertThat(shell.onTerminal().run("list-services").out().lines().skip(1))
        .allMatch(line -> line.length() <= 80)
        .anyMatch(line -> line.endsWith("…"));
  }

  @Test
  void a_list_is_read_page_by_page() {
    server.on(
        "GET /api/v1/usage",
        request ->
            Response.ok(
                request.path().contains("cursor=C1")
                    ? "{\"items\": [{\"id\": \"U3\"}]}"
                    : "{\"items\": [{\"id\": \"U1\"}, {\"id\": \"U2\"}], \"next_cursor\":"
                        + " \"C1\"}"));

    assertThat(shell.run("usage").out()).contains("U1", "U2", "U3");
    assertThat(server.requests())
        .extracting(Request::path)
        .containsExactly("/api/v1/usage?limit=50", "/api/v1/usage?limit=48&cursor=C1");
  }

  @Test
  void the_ledger_is_narrowed_by_period_service_and_status() {
    server.on("GET /api/v1/credits/transactions", "{\"items\": []}");

    assertThat(
            shell
                .run(
                    "credits",
                    "--transactions",
                    "--from",
                    "2026-11-01T00:00:00Z",
                    "--service",
                    "echo",
                    "--status",
                    "failed")
                .exitCode())
        .isZero();
    assertThat(server.requests())
        .extracting(Request::path)
        .containsExactly(
            "/api/v1/credits/transactions?from=2026-11-01T00%3A00%3A00Z&service=echo&status=failed"
                + "&limit=50");
  }

  @Test
  void the_balance_is_not_narrowed() {
    Result wrong = shell.run("credits", "--service", "echo");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("belong to --transactions");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void a_single_usage_is_shown_with_what_paid_it() {
    server.on(
        "GET /api/v1/usage/U1",
        "{\"id\": \"U1\", \"cost\": 2, \"paid_from\": [{\"grant_id\": \"G1\", \"kind\": \"admin\","
            + " \"credits\": 2}]}");

    assertThat(shell.run("usage", "U1").out()).contains("2 from grant G1 (admin)");
  }

  @Test
  void a_single_usage_is_shown_with_what_it_metered_and_ran() {
    server.on(
        "GET /api/v1/usage/U1",
        "{\"id\": \"U1\", \"cost\": 1.9, \"units\": [{\"unit\": \"tokens\", \"quantity\": 1500,"
            + " \"included\": 100, \"maximum\": 10000, \"credits_per_unit\": 0.001, \"credits\":"
            + " 1.4}], \"inner_runs\": [{\"usage_id\": \"U2\", \"service\": \"echo\","
            + " \"credits_consumed\": 0.50}], \"total_credits\": 2.4}");

    assertThat(shell.run("usage", "U1").out())
        .contains("1500 tokens (100 included), each 0.001: 1.4 credits")
        .contains("U2 echo: 0.5 credits")
        .containsPattern("total_credits +2.4");
  }

  @Test
  void a_summary_can_be_grouped() {
    server.on(
        "GET /api/v1/usage/summary",
        "{\"group_by\": [\"service\"],"
            + " \"items\": [{\"service\": \"echo\", \"runs\": 3, \"credits_consumed\": 3}]}");

    assertThat(shell.run("usage", "--summary", "--group-by", "service").out().lines())
        .hasSize(2)
        .first()
        .asString()
        .startsWith("SERVICE  RUNS");
    assertThat(server.requests().get(0).path()).endsWith("?group_by=service");
    assertThat(shell.run("usage", "--group-by", "service").exitCode()).isEqualTo(2);
  }

  // Operators.

  @Test
  void a_user_is_named_by_e_mail_address_too() {
    server
        .on(
            "GET /api/v1/admin/users",
            request ->
                Response.ok(
                    request.path().endsWith("?email=Ada%40example.org")
                        ? "{\"items\": [{\"id\": \"0SAEQMYKM041M\"}]}"
                        : "{\"items\": []}"))
        .on(
            "POST /api/v1/admin/users/0SAEQMYKM041M/grants",
            "{\"id\": \"G1\", \"amount\": 2.5, \"kind\": \"pay_as_you_go\"}");
    Result grant = shell.run("grant", "Ada@example.org", "2.50", "--idempotency-key", "invoice-1");

    assertThat(grant.out()).contains("2.5 credits more");
    Request sent = only("POST", "/api/v1/admin/users/0SAEQMYKM041M/grants");
    assertThat(sent.body()).isEqualTo("{\"kind\":\"pay_as_you_go\",\"amount\":2.50}");
    assertThat(sent.header("Idempotency-Key")).isEqualTo("invoice-1");
    assertThat(shell.run("grant", "eve@example.org", "1").err())
        .contains("no user 'eve@example.org'");
  }

  @Test
  void users_are_locked_and_let_in_again() {
    server.on("PATCH /api/v1/admin/users/0SAEQMYKM041M", request -> Response.ok(request.body()));

    assertThat(shell.run("users", "lock", "0SAEQMYKM041M").out()).contains("locked");
    assertThat(shell.run("users", "unlock", "0SAEQMYKM041M").out()).contains("active");
  }

  @Test
  void a_new_key_alone_stands_on_standard_output() {
    server.on("POST /api/v1/api-keys", "{\"id\": \"K1\", \"key\": \"qs_new_1\"}");
    Result key = shell.run("keys", "add", "--name", "laptop");

    assertThat(key.out()).isEqualToIgnoringNewLines("qs_new_1\n");
    assertThat(server.requests().get(0).body()).isEqualTo("{\"name\":\"laptop\"}");
  }

  @Test
  void keys_are_revoked_and_rotated() {
    server
        .on("DELETE /api/v1/api-keys/K1", any -> new Response(204, "", Map.of()))
        .on("POST /api/v1/api-keys/K2/rotate", "{\"id\": \"K3\", \"key\": \"qs_new_3\"}");

    assertThat(shell.run("keys", "revoke", "K1").out()).contains("Revoked: K1");
    assertThat(shell.run("keys", "rotate", "K2").out()).contains("qs_new_3");
  }

  @Test
  void what_is_not_said_of_a_services_limits_stays() {
    server
        .on("GET /api/v1/admin/services", "{\"items\": [" + ECHO + "]}")
        .on(
            "PUT /api/v1/admin/services/echo",
            ECHO.replace("\"max_concurrent_runs\": 5", "\"max_concurrent_runs\": 9"));
    Result changed = shell.run("configure-service", "echo", "--max-concurrent-runs", "9");

    assertThat(only("PUT", "/api/v1/admin/services/echo").body())
        .isEqualTo("{\"limits\":{\"max_input_bytes\":1000,\"max_concurrent_runs\":9}}");
    assertThat(changed.out()).contains("echo: max runs at once: 5 -> 9");
  }

  @Test
  void price_and_state_of_a_service_are_set() {
    server
        .on("GET /api/v1/admin/services", "{\"items\": [" + ECHO + "]}")
        .on("PUT /api/v1/admin/services/echo", ECHO);
    shell.run("configure-service", "echo", "--free", "--inactive", "--max-input-bytes", "none");

    assertThat(only("PUT", "/api/v1/admin/services/echo").body())
        .isEqualTo("{\"credit_cost\":0,\"active\":false,\"limits\":{\"max_concurrent_runs\":5}}");
  }

  @Test
  void a_service_is_shown_where_nothing_is_to_be_changed() {
    server.on("GET /api/v1/admin/services", "{\"items\": [" + ECHO + "]}");

    assertThat(shell.run("configure-service", "echo").out()).contains("no_charge");
    assertThat(shell.run("configure-service", "--list").out()).contains("echo");
    assertThat(shell.run("configure-service", "other").exitCode()).isEqualTo(1);
    assertThat(shell.run("configure-service").exitCode()).isEqualTo(2);
    assertThat(shell.run("configure-service", "--list", "--free").exitCode()).isEqualTo(2);
  }

  @Test
  void credits_are_taken_back_and_given_back_with_a_reason() {
    server
        .on(
            "POST /api/v1/admin/grants/G1/void",
            "{\"voided_credits\": 5, \"available_credits\": 0}")
        .on(
            "POST /api/v1/admin/usage/U1/refund",
            "{\"refunded_credits\": 1, \"available_credits\": 6}");

    assertThat(shell.run("void", "G1", "--reason", "cancelled").out())
        .contains("5 credits taken back");
    assertThat(shell.run("refund", "U1").out()).contains("1 credit given back", "has 6 now");
    assertThat(server.requests().get(0).body()).isEqualTo("{\"reason\":\"cancelled\"}");
  }

  @Test
  void what_goes_back_to_a_grant_that_cannot_pay_any_more_is_said() {
    server.on(
        "POST /api/v1/admin/usage/U1/refund",
        "{\"refunded_credits\": 2.50, \"forfeited_credits\": 1.50, \"available_credits\": 6}");

    assertThat(shell.run("refund", "U1").out())
        .contains("2.5 credits given back, but 1.5 of it to grants that have expired", "has 6 now");
  }

  @Test
  void another_users_keys_are_listed_and_revoked() {
    String keys = "/api/v1/admin/users/0SAEQMYKM041M/api-keys";
    server
        .on("GET " + keys, "{\"items\": [{\"id\": \"K1\", \"prefix\": \"abc\"}]}")
        .on("DELETE /api/v1/admin/api-keys/K1", any -> new Response(204, "", Map.of()));

    assertThat(shell.run("keys", "list", "--user", "0SAEQMYKM041M").out()).contains("K1", "abc");
    assertThat(shell.run("keys", "revoke", "K1", "--user", "0SAEQMYKM041M").out())
        .contains("Revoked: K1");
    Result mistaken = shell.run("keys", "revoke", "K2", "--user", "0SAEQMYKM041M");

    assertThat(mistaken.exitCode()).isEqualTo(1);
    assertThat(mistaken.err()).contains("has no key 'K2'");
    assertThat(server.requests("DELETE", "/api/v1/admin/api-keys/K2")).isEmpty();
  }

  @Test
  void a_service_is_forgotten() {
    server.on("DELETE /api/v1/admin/services/old", any -> new Response(204, "", Map.of()));

    assertThat(shell.run("forget-service", "old").out()).contains("Forgotten: old");
    assertThat(shell.run("forget-service", "other").exitCode()).isEqualTo(1);
  }

  @Test
  void the_audit_log_says_what_has_changed() {
    server.on(
        "GET /api/v1/admin/audit-log",
        "{\"items\": ["
            + "{\"id\": \"E2\", \"at\": \"2026-11-23T00:27:52.67Z\", \"actor\": \"admin@localhost\","
            + " \"action\": \"change_user\", \"target\": \"user/U1\","
            + " \"before\": {\"role\": \"user\", \"active\": true},"
            + " \"after\": {\"role\": \"admin\", \"active\": true}},"
            + "{\"id\": \"E1\", \"action\": \"create_user\", \"after\": {\"role\": \"user\"}}]}");

    assertThat(shell.run("audit-log", "--limit", "2", "--cursor", "E3").out())
        .contains("E2", "2026-11-23T00:27:52Z", "role user -> admin", "E1", "role user")
        .doesNotContain("active");
    assertThat(only("GET", "/api/v1/admin/audit-log").path()).endsWith("?limit=2&cursor=E3");
    assertThat(shell.run("audit-log", "--json").out()).contains("\"items\": [");
    assertThat(shell.run("audit-log", "--limit", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void a_ledger_that_does_not_add_up_fails_the_command() {
    server.on(
        "GET /api/v1/admin/ledger/verify",
        "{\"consistent\": true, \"accounts_checked\": 2, \"discrepancies\": []}");
    Result good = shell.run("verify");
    server.on(
        "GET /api/v1/admin/ledger/verify",
        "{\"consistent\": false, \"accounts_checked\": 2, \"discrepancies\": [{\"account_id\": \"A1\","
            + " \"kind\": \"grant_balance\", \"id\": \"G1\", \"recorded\": 5, \"computed\": 4.5}]}");
    Result bad = shell.run("verify");

    assertThat(good.exitCode()).isZero();
    assertThat(good.out()).contains("2 accounts checked");
    assertThat(bad.exitCode()).isEqualTo(1);
    assertThat(bad.out()).contains("A1", "grant_balance", "G1", "4.5");
    assertThat(shell.run("verify", "--json").exitCode()).isEqualTo(1);
  }

  @Test
  void lists_are_narrowed_and_printed_as_csv() {
    server
        .on("GET /api/v1/usage", "id,service\r\nU1,echo\r\n")
        .on("GET /api/v1/credits/transactions", "id,kind\r\nT1,grant\r\n");
    Result usage =
        shell.run(
            "usage",
            "--csv",
            "--from",
            "2026-11-01T00:00:00Z",
            "--status",
            "failed",
            "--service",
            "echo");
    Result ledger =
        shell.run("credits", "--transactions", "--csv", "--to", "2026-12-01T00:00:00+01:00");

    assertThat(usage.out()).isEqualTo("id,service\r\nU1,echo\r\n");
    assertThat(ledger.out()).isEqualTo("id,kind\r\nT1,grant\r\n");
    assertThat(server.requests())
        .extracting(r -> r.header("Accept") + " " + r.path())
        .containsExactly(
            "text/csv /api/v1/usage?from=2026-11-01T00%3A00%3A00Z&service=echo&status=failed",
            "text/csv /api/v1/credits/transactions?to=2026-12-01T00%3A00%3A00%2B01%3A00");
  }

  @Test
  void a_refusal_of_csv_is_a_problem_like_others() {
    server.on("GET /api/v1/usage", any -> Response.problem(400, "invalid_input", ""));
    Result refused = shell.run("usage", "--csv", "--from", "yesterday");

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("[invalid_input]");
    assertThat(refused.out()).isEmpty();
  }

  @Test
  void options_that_do_not_go_together_are_wrong_use() {
    for (String line :
        List.of(
            "usage --csv --json",
            "usage U1 --from 2026-11-01T00:00:00Z",
            "usage U1 --csv",
            "usage --summary --status failed",
            "usage --summary --user ada@example.org",
            "credits --csv",
            "credits --from 2026-11-01T00:00:00Z",
            "credits --transactions --csv --json")) {
      assertThat(shell.run(line.split(" ")).exitCode()).as(line).isEqualTo(2);
    }
    assertThat(server.requests()).isEmpty();
  }

  // Doctor.

  private void healthyServer() {
    server
        .on("GET /health/live", "{\"status\": \"UP\"}")
        .on(
            "GET /health/ready",
            "{\"checks\": [{\"name\": \"database\", \"status\": \"UP\", \"data\": {\"product\":"
                + " \"H2\"}}]}")
        .on("GET /openapi", "{\"info\": {\"version\": \"1.0.0\"}}")
        .on("GET /api/v1/services", "{\"items\": [" + ECHO + "]}")
        .on("GET /api/v1/me", "{\"user\": {\"email\": \"ada@example.org\"}, \"roles\": [\"user\"]}")
        .on("GET /api/v1/credits", "{\"available_credits\": 7}");
  }

  @Test
  void a_doctor_finds_a_healthy_server_healthy() {
    healthyServer();
    Result found = shell.run("doctor");

    assertThat(found.exitCode()).isZero();
    assertThat(found.out())
        .contains("product H2", "API 1.0.0", "ada@example.org (user)", "7 available", "yours agree")
        .doesNotContain("failed");
  }

  @Test
  void a_doctor_does_without_health_where_it_is_on_a_management_port() {
    healthyServer();
    server
        .on("GET /health/live", any -> Response.problem(404, "not_found", ""))
        .on("GET /health/ready", any -> Response.problem(404, "not_found", ""));
    Result found = shell.run("doctor");

    assertThat(found.exitCode()).isZero();
    assertThat(found.out()).contains("management port", "ada@example.org").doesNotContain("failed");
  }

  @Test
  void a_doctor_says_what_is_wrong_and_how_to_mend_it() {
    healthyServer();
    server
        .on("GET /health/ready", "{\"checks\": [{\"name\": \"database\", \"status\": \"DOWN\"}]}")
        .on("GET /api/v1/me", any -> Response.problem(401, "unauthenticated", ""));
    Result found = shell.run("doctor");

    assertThat(found.exitCode()).isEqualTo(1);
    assertThat(found.out().lines())
        .anyMatch(line -> line.matches("failed +database +not ready"))
        .anyMatch(
            line ->
                line.matches("failed +key +the server refuses the key from QUICKSCALE_API_KEY.*"))
        .anyMatch(line -> line.contains("keys add --user"));
  }

  @Test
  void a_doctor_sees_clocks_that_differ() {
    Instant asked = Instant.parse("2026-11-25T08:00:00Z");
    Instant answered = asked.plusSeconds(2);

    assertThat(DoctorCommand.skew("Wed, 25 Nov 2026 08:05:01 GMT", asked, answered))
        .contains(Duration.ofMinutes(5));
    assertThat(DoctorCommand.skew("Wed, 25 Nov 2026 07:00:01 GMT", asked, answered))
        .contains(Duration.ofHours(-1));
    assertThat(DoctorCommand.skew("yesterday", asked, answered)).isEmpty();
  }

  @Test
  void a_doctor_says_it_to_scripts_too() {
    server.close();
    Result found = shell.run("doctor", "--json");

    assertThat(found.exitCode()).isEqualTo(1);
    assertThat(found.out()).contains("\"ok\": false", "\"check\": \"server\"");
  }
}

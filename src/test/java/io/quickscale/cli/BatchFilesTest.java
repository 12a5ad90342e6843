package io.quickscale.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.cli.ScriptedServer.Response;
import io.quickscale.cli.Shell.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A batch's files: nothing is deleted, replaced or cut before all that can be checked is checked
 * and no other batch can be at work; and nobody's file but a batch's ever is. And what stands in
 * them: each cell reaches the service or stops the batch.
 */
class BatchFilesTest {
  private static final String INPUT = "{\"text\": \"good\"}\n{\"text\": \"bad\"}\n";

  @TempDir Path folder;
  private ScriptedServer server;
  private LedgerOfRuns ledger;
  private Shell shell;

  @BeforeEach
  void start() {
    server = new ScriptedServer();
    ledger = new LedgerOfRuns(server);
    shell = Shell.at(server, folder);
    shell.write("in.jsonl", INPUT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** What may stand where the results shall go. */
  enum Results {
    NONE,
    FINISHED,
    UNFINISHED,
    HALF_A_LINE,
    OVERWRITTEN_BY_NOTES,
    NOTES_BEHIND_THEM,
    SOMEBODYS_FILE,
    SOMEBODYS_FILE_LIKE_RESULTS
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, no, done",
    "NONE, yes, done",
    "FINISHED, no, done",
    "FINISHED, yes, done",
    "UNFINISHED, no, done",
    "UNFINISHED, yes, done",
    "HALF_A_LINE, no, done",
    "HALF_A_LINE, yes, done",
    "OVERWRITTEN_BY_NOTES, no, refused",
    "OVERWRITTEN_BY_NOTES, yes, refused",
    "NOTES_BEHIND_THEM, no, refused",
    "NOTES_BEHIND_THEM, yes, refused",
    "SOMEBODYS_FILE, no, refused",
    "SOMEBODYS_FILE, yes, refused",
    "SOMEBODYS_FILE_LIKE_RESULTS, no, refused",
    "SOMEBODYS_FILE_LIKE_RESULTS, yes, refused"
  })
  void only_results_of_a_batch_are_gone_on_with_or_replaced(
      Results results, String restart, String end) {
    for (String name : new String[] {"out.jsonl", "out.csv"}) {
      prepare(results, name);
      Map<String, String> before = files();
      int paid = ledger.charged().size();

      Result batch = batch(name, restart.equals("yes"));

      if (end.equals("refused")) {
        assertThat(batch.exitCode()).as(batch.err()).isEqualTo(1);
        assertThat(batch.err()).contains(name, "choose another file with --output");
        assertThat(files()).isEqualTo(before);
        assertThat(ledger.charged()).hasSize(paid);
      } else {
        assertThat(batch.exitCode()).as(batch.err()).isZero();
        assertThat(shell.read(name).lines().filter(line -> line.contains("true"))).hasSize(2);
        assertThat(ledger.charged())
            .hasSize(restart.equals("yes") ? paid + 2 : paidInAll(results, paid));
      }
    }
  }

  private static int paidInAll(Results results, int before) {
    return switch (results) {
      case NONE -> before + 2;
      case UNFINISHED -> before + 1;
      default -> before;
    };
  }

  private void prepare(Results results, String name) {
    switch (results) {
      case NONE -> {}
      case SOMEBODYS_FILE -> shell.write(name, "precious\n");
      case SOMEBODYS_FILE_LIKE_RESULTS ->
          shell.write(name, "{\"line\":1,\"success\":true,\"credits_consumed\":1}\n");
      case UNFINISHED -> {
        ledger.trouble(
            (number, request) -> number > 1 ? Response.problem(403, "forbidden", "") : null);
        batch(name, false, "--parallel", "1", "--group-size", "1");
        ledger.trouble((number, request) -> null);
      }
      default -> {
        batch(name, false);
        String whole = shell.read(name);
        shell.write(
            name,
            switch (results) {
              case HALF_A_LINE -> whole.substring(0, whole.length() - 7);
              case OVERWRITTEN_BY_NOTES -> "my notes, no newline";
              case NOTES_BEHIND_THEM -> whole + "my notes, no newline";
              default -> whole;
            });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"in.jsonl", "./in.jsonl", "link.jsonl", "hard.jsonl"})
  void a_batch_does_not_write_over_its_input(String output) throws IOException {
    Files.createSymbolicLink(folder.resolve("link.jsonl"), folder.resolve("in.jsonl"));
    Files.createLink(folder.resolve("hard.jsonl"), folder.resolve("in.jsonl"));

    for (boolean restart : new boolean[] {false, true}) {
      Result refused = batch(output, restart);

      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.err()).contains("its own input");
      assertThat(shell.read("in.jsonl")).isEqualTo(INPUT);
    }
    assertThat(ledger.charged()).isEmpty();
  }

  @Test
  void a_batch_does_not_write_its_journal_over_its_input() {
    shell.write("x.jsonl.journal", INPUT);

    for (boolean restart : new boolean[] {false, true}) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "batch", "echo", "x.jsonl.journal", "-o", "x.jsonl", "--input-format", "jsonl"));
      if (restart) {
        arguments.add("--restart");
      }
      assertThat(shell.run(arguments.toArray(String[]::new)).err())
          .contains("its own input", "journal");
      assertThat(shell.read("x.jsonl.journal")).isEqualTo(INPUT);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense\n1\n", "text,text\ngood,bad\n", "text\nI hate it, but I love you\n"})
  void a_wrong_input_leaves_earlier_results_alone(String wrong) {
    batch("out.jsonl", false);
    Map<String, String> before = files();
    shell.write("bad.csv", wrong);

    Result refused = shell.run("batch", "echo", "bad.csv", "-o", "out.jsonl", "--restart");

    assertThat(refused.exitCode()).isEqualTo(1);
    before.put("bad.csv", wrong);
    assertThat(files()).isEqualTo(before);
    assertThat(ledger.charged()).hasSize(2);
  }

  @Test
  void while_a_batch_is_at_work_no_other_touches_its_files() throws IOException {
    batch("out.jsonl", false);
    Map<String, String> before = files();
    try (FileChannel journal =
        FileChannel.open(folder.resolve("out.jsonl.journal"), StandardOpenOption.WRITE)) {
      journal.lock();

      for (boolean restart : new boolean[] {false, true}) {
        assertThat(batch("out.jsonl", restart).err()).contains("Another batch is at work");
      }
    }
    assertThat(files()).isEqualTo(before);
    assertThat(ledger.charged()).hasSize(2);
  }

  @Test
  void results_behind_a_link_are_those_of_one_batch() throws IOException {
    batch("out.jsonl", false);
    Files.createSymbolicLink(folder.resolve("link.jsonl"), folder.resolve("out.jsonl"));

    assertThat(batch("link.jsonl", false).exitCode()).isZero();

    assertThat(ledger.charged()).as("nothing is run again").hasSize(2);
    assertThat(folder.resolve("link.jsonl.journal")).doesNotExist();
  }

  @Test
  void a_folder_that_is_not_there_is_named() {
    Result refused = batch("nowhere/out.jsonl", false);

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("cannot be written to", "there is no ", "nowhere.");
  }

  @Test
  void a_folder_is_no_file_for_results() throws IOException {
    Files.createDirectory(folder.resolve("folder"));

    assertThat(batch("folder", true).err()).contains("is not a file");
  }

  @Test
  void standard_input_and_output_are_no_files() {
    assertThat(shell.run("batch", "echo", "-").exitCode()).isEqualTo(2);
    assertThat(batch("-", false).exitCode()).isEqualTo(2);
    assertThat(folder.resolve("-")).doesNotExist();
  }

  @Test
  void results_that_are_sorted_leave_other_files_alone() {
    shell.write("out.jsonl.sorted", "precious\n");
    ledger.trouble(
        (number, request) ->
            request.body().contains("good") ? Response.problem(403, "forbidden", "") : null);
    batch("out.jsonl", false);
    ledger.trouble((number, request) -> null);

    assertThat(batch("out.jsonl", false).exitCode()).isZero();

    assertThat(shell.read("out.jsonl.sorted")).isEqualTo("precious\n");
    assertThat(shell.read("out.jsonl")).startsWith("{\"line\":1");
    assertThat(files().keySet())
        .containsExactlyInAnyOrder(
            "in.jsonl", "out.jsonl", "out.jsonl.journal", "out.jsonl.sorted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "text%I hate it, but I love you%                | Line 2 | 2 cells, but the first line names 1",
        "text,n%good,1%bad%                             | Line 3 | 1 cell, but the first line names 2",
        "text,n%\"a%b\",1%bad%                          | Line 4 | 1 cell",
        "text,text%good,bad%                            | first line | 'text' more than once",
        "_text%good%                                    | first line | these are none: ' text'",
        "text,%good,%                                   | first line | these are none: ''",
        "text%\"good%                                   | is not CSV | quotation mark",
        "text%\"good\" or \"bad\"%                      | Line 2 | quotation mark"
      })
  void a_cell_that_would_be_lost_stops_the_batch_before_anything_runs(
      String csv, String where, String why) {
    shell.write("in.csv", csv.replace('%', '\n').replace('_', ' '));

    Result refused = shell.run("batch", "echo", "in.csv");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains(where, why).doesNotContain("Exception", "org.apache");
    assertThat(ledger.charged()).isEmpty();
  }

  @Test
  void a_record_of_csv_is_named_by_the_line_it_begins_on() {
    shell.write("in.csv", "text,n\n\"two\r\nlines\",1\n\nfour,4\n");

    assertThat(shell.run("batch", "echo", "in.csv", "-o", "out.jsonl").exitCode()).isZero();

    assertThat(shell.read("out.jsonl").lines())
        .satisfiesExactly(
            first -> assertThat(first).startsWith("{\"line\":2,"),
            second -> assertThat(second).startsWith("{\"line\":5,"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e999999999", "1e-999999999", "\u0661"})
  void a_number_that_cannot_be_is_sent_as_it_is_and_judged_by_the_server(String cell) {
    shell.write("in.csv", "text,n,tags\ngood," + cell + "," + cell + "\n");

    assertThat(shell.run("batch", "echo", "in.csv").exitCode()).isZero();

    assertThat(ledger.charged()).singleElement().asString().contains("\"" + cell + "\"");
  }

  @Test
  void a_line_that_is_not_utf_8_is_named() throws IOException {
    Files.write(
        folder.resolve("in.jsonl"),
        new byte[] {'{', '}', '\n', '\n', '{', '"', (byte) 0xc0, (byte) 0xaf, '"', '\n'});

    assertThat(batch("out.jsonl", false).err()).contains("line 3 is not UTF-8");
  }

  private Result batch(String output, boolean restart, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("batch", "echo", "in.jsonl", "--patience=0", "-o", output));
    if (restart) {
      arguments.add("--restart");
    }
    arguments.addAll(List.of(more));
    return shell.run(arguments.toArray(String[]::new));
  }

  /** All files by name. */
  private Map<String, String> files() {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> found = Files.list(folder)) {
      found
          .filter(Files::isRegularFile)
          .forEach(
              file ->
                  files.put(
                      file.getFileName().toString(), shell.read(file.getFileName().toString())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }
}

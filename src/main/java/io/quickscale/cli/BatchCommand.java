package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A service with each input of a file. */
@Command(
    name = "batch",
    description = "Run a service with each line of a file.",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale batch sentiment_analysis texts.jsonl",
      "  quickscale batch sentiment_analysis texts.csv --output moods.csv --parallel 16",
      "",
      "A JSONL file has an input on each line, a CSV file the input's members in its header.",
      "Lines are sent in groups; a line that fails does not stop the others.",
      "ctrl-C interrupts; the same command again goes on, and nothing is charged twice.",
      "Ends with 1 if a line failed. --retry-failed runs such lines once more.",
    })
final class BatchCommand extends ServerCommand {
  private static final int MAX_PARALLEL = 64;
  private static final int MAX_GROUP = 1_000;

  @Parameters(index = "0", paramLabel = "NAME", description = "The service.")
  String name;

  @Parameters(index = "1", paramLabel = "FILE", description = "The inputs, JSONL or CSV.")
  String file;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The results, JSONL or CSV (FILE.results.jsonl or .csv, beside the inputs).")
  String output;

  @Option(
      names = "--input-format",
      paramLabel = "FORMAT",
      description = "jsonl or csv, if the file's name does not say it.")
  BatchFormat inputFormat;

  @Option(
      names = "--output-format",
      paramLabel = "FORMAT",
      description = "jsonl or csv, if the file's name does not say it.")
  BatchFormat outputFormat;

  @Option(
      names = {"-p", "--parallel"},
      paramLabel = "N",
      defaultValue = "4",
      description = "How many requests at once, up to 64 (${DEFAULT-VALUE}).")
  int parallel;

  @Option(
      names = {"-g", "--group-size"},
      paramLabel = "N",
      defaultValue = "100",
      description =
          "How many lines in a request, up to 1000 (${DEFAULT-VALUE}). The credits for all of them must be there.")
  int groupSize;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description = "How long to wait for the answer to a request (${DEFAULT-VALUE}).")
  int timeout;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      defaultValue = "300",
      description =
          "How long to go on while the server is away or asks to wait (${DEFAULT-VALUE}).")
  int patience;

  @Option(
      names = "--restart",
      description =
          "Begin anew and replace the results of an earlier batch; what else stands there is not touched.")
  boolean restart;

  @Option(
      names = "--retry-failed",
      description =
          "Go on with an earlier batch, and run again the lines whose result is a failure; those that were charged are charged again.")
  boolean retryFailed;

  BatchCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    if (parallel < 1 || parallel > MAX_PARALLEL) {
      throw wrongUse("--parallel is a number from 1 to " + MAX_PARALLEL + ".");
    }
    if (groupSize < 1 || groupSize > MAX_GROUP) {
      throw wrongUse("--group-size is a number from 1 to " + MAX_GROUP + ".");
    }
    if (restart && retryFailed) {
      throw wrongUse("--restart or --retry-failed, not both.");
    }
    if (timeout < 1 || patience < 0) {
      throw wrongUse("--timeout must be at least 1, --patience at least 0.");
    }
    if (file.equals("-") || "-".equals(output)) {
      throw wrongUse(
          "A batch reads and writes files, since it may have to go on with them: - is none.");
    }
    Path input = terminal.resolve(file);
    if (!Files.isRegularFile(input)) {
      throw new Failure("There is no file " + file + ".");
    }
    BatchFormat inputs = inputFormat == null ? BatchFormat.of(input) : inputFormat;
    Path results =
        output == null
            ? (outputFormat == null ? inputs : outputFormat).besides(input)
            : terminal.resolve(output);
    BatchFormat outputs = outputFormat == null ? BatchFormat.of(results) : outputFormat;
    return run(input, inputs, results, outputs);
  }

  private int run(Path input, BatchFormat inputs, Path results, BatchFormat outputs) {
    Api api = api(Duration.ofSeconds(timeout));
    JsonNode service = api.get("/api/v1/services/" + Api.encode(name));
    String userId = api.get("/api/v1/me").at("/user/id").asText();
    InputSchema schema = new InputSchema(service.path("input_schema"));
    InputSchema resultSchema = new InputSchema(service.path("output_schema"));
    BatchFiles files = BatchFiles.of(input, results);
    long total;
    try (BatchInput all = BatchInput.open(input, inputs, schema.types())) {
      total = all.count();
    } catch (IOException e) {
      throw BatchInput.unreadable(input, e);
    }
    BatchJournal.Task task =
        new BatchJournal.Task(
            name, api.server().url().toString(), userId, input, inputs, groupSize > 1);
    BatchRows rows =
        BatchRows.of(
            outputs, resultSchema.members().stream().map(InputSchema.Member::name).toList());
    try (BatchJournal journal = BatchJournal.take(files, restart);
        BatchInput items = BatchInput.open(input, inputs, schema.types());
        BatchOutput written = open(files.results(), rows)) {
      begin(journal, written, task, total);
      Pause pause = new Pause(Duration.ofSeconds(patience));
      BatchSender sender = new BatchSender(api, service, journal, pause);
      BatchGrouping groups = new BatchGrouping(items, written, journal, groupSize);
      try (Batch batch = new Batch(terminal, groups, written, sender, pause, total, parallel)) {
        return run(batch, written, total, results);
      }
    } catch (IOException e) {
      throw new Failure("The batch could not be ended cleanly: " + FileTrouble.reason(e) + ".", e);
    }
  }

  private int run(Batch batch, BatchOutput written, long total, Path results) {
    try {
      if (batch.run() == Batch.End.COMPLETE) {
        written.sort();
      } else {
        terminal.err().println("Interrupted. The same command again goes on from here.");
      }
    } catch (Failure stopped) {
      report(written.totals(), total, results);
      terminal
          .err()
          .println("Stopped. The same command again goes on from here." + advice(stopped));
      throw stopped;
    }
    report(written.totals(), total, results);
    boolean good = written.totals().failed() == 0 && written.totals().done() >= total;
    return good ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** A group is paid for as a whole before any of it runs. */
  private String advice(Failure stopped) {
    boolean isPoor =
        stopped instanceof ProblemFailure refused
            && refused.problem().path("code").asText().equals("insufficient_credits");
    return isPoor && groupSize > 1
        ? " The credits did not suffice for the next lines together, and none of those has run; a smaller --group-size uses up what is left."
        : "";
  }

  private BatchOutput open(Path results, BatchRows rows) {
    return restart ? BatchOutput.restart(results, rows) : BatchOutput.resume(results, rows);
  }

  /**
   * All is checked and locked: only here earlier results are touched. Anew, they go first: killed
   * in between, the earlier batch goes on, whose keys pay nothing twice.
   */
  private void begin(
      BatchJournal journal, BatchOutput written, BatchJournal.Task task, long total) {
    if (journal.isNew()) {
      journal.begin(task);
      written.begin();
    } else if (restart) {
      written.begin();
      journal.begin(task);
    } else {
      journal.requireSame(task);
      if (retryFailed) {
        takeUpFailed(journal, written);
      }
      written.begin();
      remarkOnEarlierStart(journal, written.totals(), total);
    }
  }

  /** In groups of their own, under other keys; the old ones would only answer the same. */
  private void takeUpFailed(BatchJournal journal, BatchOutput written) {
    List<Long> failed = written.failed();
    if (failed.isEmpty()) {
      return;
    }
    int size = journal.isGrouped() ? groupSize : 1;
    List<List<Long>> groups = new ArrayList<>();
    for (int i = 0; i < failed.size(); i += size) {
      groups.add(failed.subList(i, Math.min(i + size, failed.size())));
    }
    journal.groups().write(groups, 0);
    written.dropFailed();
    terminal.err().printf("Once more: %s that failed.%n", Texts.count(failed.size(), "line"));
  }

  private void remarkOnEarlierStart(BatchJournal journal, BatchTotals before, long total) {
    terminal
        .err()
        .printf("Going on: %d of %s done before.%n", before.done(), Texts.count(total, "line"));
    if (before.done() < total && journal.isOlderThanKeys()) {
      terminal
          .err()
          .println(
              "Beware: this was interrupted more than a day ago. The server may have forgotten the runs"
                  + " that were under way then; those few may be run and charged again.");
    }
  }

  private void report(BatchTotals totals, long total, Path results) {
    if (json) {
      print(
          Json.object()
              .put("lines", total)
              .put("succeeded", totals.succeeded())
              .put("failed", totals.failed())
              .put("left", total - totals.done())
              .put("credits_consumed", totals.credits())
              .put("output", results.toString()));
    } else {
      terminal
          .out()
          .printf(
              "%s: %d succeeded, %d failed%s; %s. Results: %s%n",
              Texts.count(total, "line"),
              totals.succeeded(),
              totals.failed(),
              totals.done() < total ? ", " + (total - totals.done()) + " left" : "",
              Texts.credits(totals.credits()),
              results);
    }
  }
}

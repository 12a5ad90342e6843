package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Work in the background. */
@Command(
    name = "jobs",
    description = "Submit, list, show, follow and cancel jobs.",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale jobs submit sentiment_analysis --items texts.jsonl --follow",
      "  quickscale jobs list --status running",
      "  quickscale jobs follow 0SAEQQHS404F2",
      "  quickscale jobs items 0SAEQQHS404F2 > results.jsonl",
    })
final class JobsCommand extends CommandGroup {
  private static final String JOBS = "/api/v1/jobs";

  JobsCommand(Terminal terminal) {
    super(
        terminal,
        new ListJobs(terminal),
        new Submit(terminal),
        new Show(terminal),
        new Follow(terminal),
        new Cancel(terminal),
        new Items(terminal));
  }

  private abstract static class OnJobs extends ServerCommand {
    OnJobs(Terminal terminal) {
      super(terminal);
    }

    protected static String path(String id) {
      return JOBS + "/" + Api.encode(id);
    }

    /** All that is known of a job; the result alone is on standard output. */
    protected void show(JsonNode job) {
      if (json) {
        print(job);
        return;
      }
      job.properties()
          .forEach(
              member -> {
                if (!member.getValue().isContainerNode() && !member.getValue().isNull()) {
                  terminal
                      .out()
                      .printf(
                          "%-17s %s%n", Texts.clean(member.getKey()), Texts.of(member.getValue()));
                }
              });
      terminal.out().printf("%-17s %s%n", "progress", progress(job));
      if (job.path("error").isObject()) {
        terminal.out().printf("%-17s %s%n", "error", ProblemFailure.text(job.path("error")));
      }
      if (job.has("result") && !job.path("result").isNull()) {
        print(job.path("result"));
      }
    }

    protected static String progress(JsonNode job) {
      JsonNode progress = job.path("progress");
      return "%s of %s done, %s failed"
          .formatted(
              Texts.of(progress.path("done")),
              Texts.of(progress.path("total")),
              Texts.of(progress.path("failed")));
    }

    /** Waits for a job's end and says how it was. */
    protected int follow(Api api, String id) {
      JsonNode job = new JobFollower(terminal, api).follow(path(id));
      String status = job.path("status").asText();
      if (json) {
        print(job);
      } else {
        if (job.has("result") && !job.path("result").isNull()) {
          print(job.path("result"));
        }
        terminal
            .err()
            .printf(
                "%s: %s, %s; %s.%n",
                Texts.of(job.path("id")),
                Texts.clean(status),
                progress(job),
                Texts.credits(job.path("credits_consumed")));
        if (job.path("error").isObject()) {
          throw new Failure(ProblemFailure.text(job.path("error")));
        }
      }
      return status.equals("succeeded") ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  private abstract static class OnOneJob extends OnJobs {
    @Parameters(paramLabel = "ID", description = "The job's id, see 'jobs list'.")
    String id;

    OnOneJob(Terminal terminal) {
      super(terminal);
    }
  }

  @Command(
      name = "list",
      description = "List your jobs, or everybody's, newest first.",
      footerHeading = Subcommand.EXAMPLES,
      footer = {
        "  quickscale jobs list --status running",
        "  quickscale jobs list --everybody      (admin)"
      })
  private static final class ListJobs extends OnJobs {
    @Option(
        names = "--status",
        paramLabel = "STATUS",
        description = "Jobs that are so only: queued, running, succeeded, failed or cancelled.")
    String status;

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "50",
        description = "The most jobs (${DEFAULT-VALUE}).")
    Integer limit;

    @Option(names = "--everybody", description = "The jobs of all users (admin).")
    boolean everybody;

    ListJobs(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      requireLimit(limit);
      String path = everybody ? "/api/v1/admin/jobs" : JOBS;
      JsonNode jobs = items(api(), path + new Query().add("status", status), limit);
      if (json) {
        print(Json.object().set("items", jobs));
        return ExitCode.DONE;
      }
      Table table =
          new Table(
              "ID",
              "CREATED",
              "KIND",
              "STATUS",
              ">DONE",
              ">FAILED",
              ">TOTAL",
              ">HELD",
              ">CREDITS",
              "OF");
      for (JsonNode job : jobs) {
        JsonNode progress = job.path("progress");
        table.row(
            job.path("id").asText(),
            Texts.time(job.path("created_at")),
            job.path("kind").asText(),
            job.path("status").asText(),
            progress.path("done").asText(),
            progress.path("failed").asText(),
            progress.path("total").asText(),
            Json.amount(job.path("credits_held")),
            Json.amount(job.path("credits_consumed")),
            job.path("service").asText(job.path("pipeline").asText()));
      }
      table.print(terminal, "There are no jobs.");
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "submit",
      description = "Have a service or a pipeline run in the background.",
      footerHeading = Subcommand.EXAMPLES,
      footer = {
        "  quickscale jobs submit sentiment_analysis --input '{\"text\": \"I love it\"}'",
        "  quickscale jobs submit sentiment_analysis --items texts.csv --priority 7 --follow",
        "  quickscale jobs submit text_analysis --pipeline --input @input.json",
        "  quickscale jobs submit --document @moods.json",
        "",
        "Prints the job's id. With --follow it waits for the end, as 'jobs follow' does.",
      })
  private static final class Submit extends OnJobs {
    private static final int MAX_PRIORITY = 9;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The service, or the pipeline.")
    String name;

    @Option(names = "--pipeline", description = "The name is a pipeline's.")
    boolean pipeline;

    @Option(
        names = {"-d", "--document"},
        paramLabel = "JSON|@FILE|-",
        description = "A pipeline itself, with its steps, if it is not stored.")
    String document;

    @Option(
        names = {"-i", "--input"},
        paramLabel = "JSON|@FILE|-",
        description = "The input of one run: JSON, a file with it, or standard input.")
    String input;

    @Option(
        names = "--items",
        paramLabel = "FILE",
        description = "The inputs of many runs: JSONL, or CSV if its name ends so.")
    String items;

    @Option(
        names = "--priority",
        paramLabel = "0-9",
        description = "Before your other jobs that have less.")
    Integer priority;

    @Option(
        names = "--idempotency-key",
        paramLabel = "KEY",
        converter = IdempotencyKey.class,
        description = "The same key and inputs once more are the same job.")
    Optional<String> idempotencyKey;

    @Option(
        names = {"-f", "--follow"},
        description = "Wait for the end and show how far it is.")
    boolean follow;

    @Option(
        names = "--timeout",
        paramLabel = "SECONDS",
        defaultValue = "300",
        description = "How long to wait until it is taken (${DEFAULT-VALUE}).")
    int timeout;

    Submit(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      requireSense();
      Api api = api(Duration.ofSeconds(timeout));
      JsonNode job = submit(api);
      if (follow) {
        return follow(api, job.path("id").asText());
      }
      if (json) {
        print(job);
      } else {
        terminal.err().println("The job's id; 'quickscale jobs follow' waits for it:");
        terminal.out().println(Texts.of(job.path("id")));
      }
      return ExitCode.DONE;
    }

    /** The inputs are the service's to judge. */
    @Override
    boolean isWrongUse(Failure failure) {
      return false;
    }

    private void requireSense() {
      if (timeout < 1) {
        throw wrongUse("--timeout must be at least 1.");
      }
      if (priority != null && (priority < 0 || priority > MAX_PRIORITY)) {
        throw wrongUse("--priority is a number from 0 to " + MAX_PRIORITY + ".");
      }
      if ((name == null) == (document == null)) {
        throw wrongUse("Say what to run: a name, or --document.");
      }
      boolean isPipeline = pipeline || document != null;
      if (document == null && (input == null) == (items == null)) {
        throw wrongUse("Say with what: --input or --items.");
      }
      if (isPipeline && items != null) {
        throw wrongUse("A pipeline has one --input.");
      }
    }

    private JsonNode submit(Api api) {
      if (items != null) {
        return new JobItems(terminal, api, name, items).submit(priority, idempotencyKey);
      }
      ObjectNode body =
          document == null ? Json.object() : argument("--document").readPipeline(document);
      // A pipeline that is run once has no use for it.
      body.remove("description");
      if (input != null) {
        body.set("input", argument("--input").read(input));
      }
      if (priority != null) {
        body.put("priority", priority);
      }
      return api.postOnce(path(), body, idempotencyKey);
    }

    private JsonArgument argument(String option) {
      return new JsonArgument(terminal, option, this::wrongUse);
    }

    private String path() {
      String of = pipeline || name == null ? "/api/v1/pipelines" : "/api/v1/services";
      return of + (name == null ? "" : "/" + Api.encode(name)) + "/jobs";
    }
  }

  @Command(
      name = "show",
      description = "Show a job, with the result of its run.",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale jobs show 0SAEQQHS404F2 --json | jq .status")
  private static final class Show extends OnOneJob {
    Show(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      show(api().get(path(id)));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "follow",
      description = "Wait for a job's end and show how far it is.",
      footerHeading = Subcommand.EXAMPLES,
      footer = {
        "  quickscale jobs follow 0SAEQQHS404F2",
        "  quickscale jobs follow 0SAEQQHS404F2 --json | jq .progress",
        "",
        "Ends with 0 if the job succeeded, with 1 if it failed or was cancelled.",
        "ctrl-C ends the watching; the job goes on."
      })
  private static final class Follow extends OnOneJob {
    Follow(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      return follow(api(), id);
    }
  }

  @Command(
      name = "cancel",
      description = "Cancel a job: what has not begun is given back.",
      footerHeading = Subcommand.EXAMPLES,
      footer = {
        "  quickscale jobs cancel 0SAEQQHS404F2",
        "  quickscale jobs cancel 0SAEQQHS404F2 --anybody     (admin)"
      })
  private static final class Cancel extends OnOneJob {
    @Option(names = "--anybody", description = "Also another user's job (admin).")
    boolean anybody;

    Cancel(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      String path = anybody ? "/api/v1/admin/jobs/" + Api.encode(id) : path(id);
      Api api = api();
      show(api.send("DELETE", path, null, null).jsonOrFail(api.server()));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "items",
      description = "Print how the items of a job ended: JSON, a line each.",
      footerHeading = Subcommand.EXAMPLES,
      footer = {
        "  quickscale jobs items 0SAEQQHS404F2 > results.jsonl",
        "  quickscale jobs items 0SAEQQHS404F2 | jq -r 'select(.success | not) | .error.detail'"
      })
  private static final class Items extends OnOneJob {
    @Option(names = "--limit", paramLabel = "N", description = "The most items (all).")
    Integer limit;

    Items(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      requireLimit(limit);
      api()
          .copy(
              path(id) + "/items" + new Query().add("limit", limit),
              "application/x-ndjson",
              terminal.out());
      return ExitCode.DONE;
    }
  }
}

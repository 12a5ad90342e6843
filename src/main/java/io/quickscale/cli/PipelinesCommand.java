package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Services that run in a row. */
@Command(
    name = "pipelines",
    description = "List, show, run, store and delete pipelines.",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale pipelines list",
      "  quickscale pipelines run text_analysis --input '{\"text\": \"I love it\"}'",
      "  quickscale pipelines store moods --document @moods.json     (admin)",
    })
final class PipelinesCommand extends CommandGroup {
  private static final String PIPELINES = "/api/v1/pipelines";

  PipelinesCommand(Terminal terminal) {
    super(
        terminal,
        new ListPipelines(terminal),
        new Show(terminal),
        new Run(terminal),
        new Store(terminal),
        new Delete(terminal));
  }

  private abstract static class OnPipelines extends ServerCommand {
    OnPipelines(Terminal terminal) {
      super(terminal);
    }

    protected JsonArgument argument(String option) {
      return new JsonArgument(terminal, option, this::wrongUse);
    }

    protected void show(JsonNode pipeline) {
      if (json) {
        print(pipeline);
        return;
      }
      terminal
          .out()
          .printf(
              "%s, version %s: %s%n",
              Texts.of(pipeline.path("name")),
              Texts.of(pipeline.path("version")),
              Texts.of(pipeline.path("description")));
      Table table = new Table("STEP", "SERVICE", "WHEN", "INPUT");
      for (JsonNode step : pipeline.path("steps")) {
        table.row(
            step.path("id").asText(),
            step.path("service").asText(),
            line(step.path("when")),
            line(step.path("input")));
      }
      table.print(terminal, "It has no steps.");
    }

    private static String line(JsonNode value) {
      return value.isObject() ? Json.line(value) : "";
    }
  }

  @Command(
      name = "list",
      description = "List the pipelines that are stored.",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale pipelines list")
  private static final class ListPipelines extends OnPipelines {
    ListPipelines(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      JsonNode pipelines = api().get(PIPELINES);
      if (json) {
        print(pipelines);
        return ExitCode.DONE;
      }
      Table table = new Table("NAME", ">VERSION", ">STEPS", "UPDATED", "DESCRIPTION");
      for (JsonNode pipeline : pipelines.path("items")) {
        table.row(
            pipeline.path("name").asText(),
            pipeline.path("version").asText(),
            String.valueOf(pipeline.path("steps").size()),
            Texts.time(pipeline.path("updated_at")),
            pipeline.path("description").asText());
      }
      table.print(terminal, "There are no pipelines.");
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "show",
      description = "Show the steps of a pipeline.",
      footerHeading = Subcommand.EXAMPLES,
      footer = {
        "  quickscale pipelines show text_analysis",
        "  quickscale pipelines show text_analysis --json > text_analysis.json"
      })
  private static final class Show extends OnPipelines {
    @Parameters(paramLabel = "NAME", description = "The pipeline.")
    String name;

    Show(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      show(api().get(PIPELINES + "/" + Api.encode(name)));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "run",
      description = "Run a pipeline that is stored, or one from a file.",
      footerHeading = Subcommand.EXAMPLES,
      footer = {
        "  quickscale pipelines run text_analysis --input '{\"text\": \"I love it\"}'",
        "  quickscale pipelines run --document @moods.json --input @input.json",
        "",
        "The results of the steps are on standard output, what each cost beside it.",
        "Ends with 1 if a step failed.",
      })
  private static final class Run extends OnPipelines {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The pipeline.")
    String name;

    @Option(
        names = {"-d", "--document"},
        paramLabel = "JSON|@FILE|-",
        description = "The pipeline itself, with its steps, if it is not stored.")
    String document;

    @Option(
        names = {"-i", "--input"},
        paramLabel = "JSON|@FILE|-",
        description = "The input: JSON, a file with it, or standard input.")
    String input;

    @Option(
        names = "--idempotency-key",
        paramLabel = "KEY",
        converter = IdempotencyKey.class,
        description = "A second run with the same key and input is not charged again.")
    Optional<String> idempotencyKey;

    @Option(
        names = "--timeout",
        paramLabel = "SECONDS",
        defaultValue = "300",
        description = "How long to wait for the result (${DEFAULT-VALUE}).")
    int timeout;

    Run(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      if (timeout < 1) {
        throw wrongUse("--timeout must be at least 1.");
      }
      if ((name == null) == (document == null)) {
        throw wrongUse("Say which: the name of a pipeline, or --document.");
      }
      ObjectNode body =
          document == null ? Json.object() : argument("--document").readPipeline(document);
      // A pipeline that is run once has no use for it.
      body.remove("description");
      if (input != null) {
        body.set("input", argument("--input").read(input));
      }
      String path = PIPELINES + (name == null ? "" : "/" + Api.encode(name)) + "/run";
      return showEnd(api(Duration.ofSeconds(timeout)).postOnce(path, body, idempotencyKey));
    }

    /** What the pipeline is and gets is its services' to judge. */
    @Override
    boolean isWrongUse(Failure failure) {
      return false;
    }

    private int showEnd(JsonNode answer) {
      boolean good = answer.path("success").asBoolean();
      if (json) {
        print(answer);
        return good ? ExitCode.DONE : ExitCode.FAILED;
      }
      print(answer.path("pipeline_result"));
      for (JsonNode step : answer.path("steps")) {
        terminal
            .err()
            .printf(
                "%s (%s): %s, %s%n",
                Texts.of(step.path("id")),
                Texts.of(step.path("service")),
                Texts.of(step.path("status")),
                Texts.credits(step.path("credits_consumed")));
      }
      terminal.err().printf("%s in all%n", Texts.credits(answer.path("total_credits")));
      if (good) {
        return ExitCode.DONE;
      }
      throw new Failure(
          "Step '%s' failed: %s"
              .formatted(
                  Texts.of(answer.path("failed_step")), ProblemFailure.text(answer.path("error"))));
    }
  }

  @Command(
      name = "store",
      description = "Store a pipeline under a name, or a new version of it (admin).",
      footerHeading = Subcommand.EXAMPLES,
      footer = {
        "  quickscale pipelines store moods --document @moods.json",
        "  quickscale pipelines store moods -d '{\"steps\": [{\"id\": \"mood\", \"service\": \"sentiment_analysis\","
            + " \"input\": {\"text\": {\"$from\": \"/input/text\"}}}]}'",
        "",
        "What 'pipelines show --json' prints can be stored again.",
      })
  private static final class Store extends OnPipelines {
    @Parameters(paramLabel = "NAME", description = "A name for it.")
    String name;

    @Option(
        names = {"-d", "--document"},
        paramLabel = "JSON|@FILE|-",
        required = true,
        description = "Required. The pipeline: an object with steps, and a description.")
    String document;

    @Option(
        names = "--description",
        paramLabel = "TEXT",
        description = "Instead of the document's.")
    String description;

    Store(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      ObjectNode pipeline = argument("--document").readPipeline(document);
      if (description != null) {
        pipeline.put("description", description);
      }
      show(api().put("/api/v1/admin/pipelines/" + Api.encode(name), pipeline));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "delete",
      description = "Delete a stored pipeline; what runs goes on (admin).",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale pipelines delete moods")
  private static final class Delete extends OnPipelines {
    @Parameters(paramLabel = "NAME", description = "The pipeline.")
    String name;

    Delete(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      api().delete("/api/v1/admin/pipelines/" + Api.encode(name));
      if (json) {
        print(Json.object().put("name", name).put("deleted", true));
      } else {
        terminal.out().println("Deleted: " + Texts.clean(name));
      }
      return ExitCode.DONE;
    }
  }
}

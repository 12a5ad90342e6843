package io.quickscale.cli;

import io.quickscale.cli.dev.DevServer;
import io.quickscale.cli.dev.JavaBuild;
import io.quickscale.cli.dev.MavenBuild;
import io.quickscale.cli.dev.Saves;
import io.quickscale.cli.dev.SourceTree;
import io.quickscale.cli.dev.UnpackedWar;
import io.quickscale.cli.generate.TargetProject;
import io.quickscale.cli.source.Pom;
import io.quickscale.cli.source.SourceProject;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The author's loop: save, and the running server answers with what was saved. */
@Command(
    name = "dev",
    description = "Start the server, and rebuild and redeploy at each save.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  quickscale dev",
      "  quickscale dev --server wildfly",
      "  QUICKSCALE_HTTP_PORT=8081 quickscale dev --project ../shop",
    })
final class DevCommand extends Subcommand {
  /** How long nothing must change for a burst of saves to be over. */
  private static final long REST = TimeUnit.MILLISECONDS.toNanos(150);

  /** Many short deployments: the quick compiler beats the one that pays off after minutes. */
  private static final String JVM = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  @Option(
      names = "--server",
      paramLabel = "SERVER",
      defaultValue = "micro",
      description = "micro, payara or wildfly, as for ./scripts/run (${DEFAULT-VALUE}).")
  String serverName;

  @Option(
      names = "--project",
      paramLabel = "DIR",
      description = "The Maven project (the one around the working directory).")
  String project;

  private Path root;
  private MavenBuild maven;
  private Predicate<Path> belongs;
  private UnpackedWar war;
  private JavaBuild build;

  DevCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    try {
      return loop();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new Failure(e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new Failure(e.getMessage() + ": " + FileTrouble.reason(e.getCause()), e);
    }
  }

  private int loop() {
    TargetProject target = TargetProject.at(SourceFolders.project(terminal, project));
    target
        .problem()
        .ifPresent(
            problem -> {
              throw new Failure(problem);
            });
    root = target.root();
    if (!List.of("micro", "payara", "wildfly").contains(serverName)) {
      throw wrongUse("--server is micro, payara or wildfly, not " + serverName);
    }
    Path commandLine = root.resolve("src/main/java/io/quickscale/cli");
    Path itsResources = root.resolve("src/main/resources/io/quickscale/cli");
    belongs = file -> !file.startsWith(commandLine) && !file.startsWith(itsResources);
    maven = new MavenBuild(root, root.resolve("target/dev"));
    Saves saves = new Saves(() -> SourceTree.of(root), () -> LockSupport.parkNanos(REST));
    SourceTree built = buildAll(saves);
    while (true) {
      Optional<DevServer> server = startServer();
      if (server.isEmpty()) {
        say("waiting", "for the next save, to start again");
        built = awaitBuild(saves, built);
      } else {
        try (DevServer running = server.get()) {
          say("watching", shown(root.resolve("src/main")) + " and the pom.xml");
          built = serve(running, saves, built);
        }
      }
    }
  }

  private String shown(Path path) {
    return SourceFolders.shown(terminal, path);
  }

  /** The project as it was when all of it compiled. */
  private SourceTree buildAll(Saves saves) {
    prepare();
    SourceTree sources = SourceTree.of(root);
    List<String> errors = war.update(sources, build);
    if (errors.isEmpty()) {
      return sources;
    }
    sayEach("failed", errors);
    return awaitBuild(saves, sources);
  }

  private SourceTree awaitBuild(Saves saves, SourceTree from) {
    SourceTree sources = from;
    while (true) {
      sources = saves.after(sources);
      List<String> errors = war.update(sources, build);
      if (errors.isEmpty()) {
        return sources;
      }
      sayEach("failed", errors);
    }
  }

  private void prepare() {
    if (!maven.isCurrent()) {
      say("building", "all of it, with Maven");
      buildWithMaven();
    }
    war = UnpackedWar.of(maven.war(), root.resolve("target/dev"), maven.classes(), belongs);
    String release =
        Pom.read(root.resolve("pom.xml")).property("maven.compiler.release").orElse("17");
    build = new JavaBuild(root, maven.classPath(), release);
  }

  private void buildWithMaven() {
    if (!maven.run(line -> terminal.out().println(line))) {
      throw new Failure("the build failed; Maven says why above");
    }
  }

  private Optional<DevServer> startServer() {
    String options = terminal.environment("QUICKSCALE_JAVA_OPTS").orElse("");
    return DevServer.start(
        root,
        serverName,
        war.folder(),
        Map.of("QUICKSCALE_JAVA_OPTS", (JVM + " " + options).strip()),
        line -> terminal.out().println(line));
  }

  /** Redeploys at each save, until the server is gone. */
  private SourceTree serve(DevServer server, Saves saves, SourceTree from) {
    SourceTree built = from;
    while (server.runs()) {
      SourceTree sources = saves.after(built);
      long begun = System.nanoTime();
      Set<Path> changed = sources.changesSince(built);
      built = sources;
      changed.forEach(file -> say(sources.has(file) ? "changed" : "deleted", shown(file)));
      if (changed.stream().anyMatch(belongs)) {
        rebuild(server, sources, changed, begun);
      }
    }
    say("stopped", "the server has ended; it starts again");
    return built;
  }

  private void rebuild(DevServer server, SourceTree sources, Set<Path> changed, long begun) {
    boolean wholly = changed.contains(root.resolve("pom.xml"));
    if (wholly && !prepareAnew()) {
      return;
    }
    List<String> errors = war.update(sources, build);
    String compiled = seconds(begun);
    if (!errors.isEmpty()) {
      sayEach("failed", errors);
      say("", "The version before goes on.");
      return;
    }
    List<String> reasons = server.redeploy();
    if (reasons.isEmpty()) {
      say("ready", "in %s s, %s of them to compile".formatted(seconds(begun), compiled));
      changed.forEach(file -> showCall(server, file));
      return;
    }
    sayEach("failed", reasons);
    if (server.runs()) {
      goBack(server, wholly);
    }
  }

  private boolean prepareAnew() {
    say("building", "all of it, with Maven, since the pom.xml has changed");
    try {
      prepare();
      return true;
    } catch (Failure e) {
      say("failed", e.getMessage());
      say("", "The version before goes on.");
      return false;
    }
  }

  private void goBack(DevServer server, boolean wholly) {
    if (wholly) {
      say("", "Nothing is deployed until this is mended.");
      return;
    }
    war.takeBack();
    say(
        "",
        server.redeploy().isEmpty()
            ? "The version before is back."
            : "Nothing is deployed until this is mended.");
  }

  /** How to call what was changed, if it is a service. */
  private void showCall(DevServer server, Path file) {
    SourceProject.at(root).services().stream()
        .filter(service -> service.path().equals(file))
        .flatMap(service -> service.name().stream())
        .forEach(name -> terminal.out().println(call(server, name)));
  }

  private String call(DevServer server, String name) {
    String service = server.url() + "/api/v1/services/" + name;
    Path example = root.resolve("src/examples").resolve(name + ".json");
    if (!Files.exists(example)) {
      return "curl -s " + service;
    }
    String key =
        terminal
            .environment("QUICKSCALE_BOOTSTRAP_DEMO_KEY")
            .or(server::key)
            .orElse("$QUICKSCALE_API_KEY");
    return "curl -s %s/run -H \"Authorization: Bearer %s\" -H 'Content-Type: application/json' -d @%s"
        .formatted(service, key, shown(example));
  }

  private static String seconds(long begun) {
    return String.format(Locale.ROOT, "%.1f", (System.nanoTime() - begun) / 1e9);
  }

  private void sayEach(String what, List<String> lines) {
    say(what, String.join("\n", lines).replace("\n", "\n          "));
  }

  private void say(String what, String more) {
    terminal.out().printf("%-8s  %s%n", what, more);
  }
}

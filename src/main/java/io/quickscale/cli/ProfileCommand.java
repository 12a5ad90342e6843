package io.quickscale.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Servers by name. */
@Command(
    name = "profile",
    description = "List, add, use and remove servers with their keys.",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale profile add local --url http://localhost:8080       (asks for the key)",
      "  quickscale profile add prod --url https://quickscale.example.org --key-file prod.key",
      "  quickscale profile use prod",
      "  quickscale credits --profile local",
    })
final class ProfileCommand extends CommandGroup {
  ProfileCommand(Terminal terminal) {
    super(
        terminal,
        new ListProfiles(terminal),
        new Add(terminal),
        new Use(terminal),
        new Remove(terminal));
  }

  @Command(
      name = "list",
      description = "List the profiles, without their keys.",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale profile list")
  private static final class ListProfiles extends Subcommand {
    @Option(names = "--json", description = "Print JSON, for scripts.")
    boolean json;

    ListProfiles(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      Profiles profiles = Profiles.of(terminal);
      if (json) {
        ArrayNode items = Json.array();
        profiles
            .all()
            .forEach(
                profile ->
                    items
                        .addObject()
                        .put("name", profile.name())
                        .put("url", profile.url().toString())
                        .put("has_key", profile.key().isPresent())
                        .put("current", profile.current()));
        terminal.out().println(Json.pretty(Json.object().set("items", items)));
        return ExitCode.DONE;
      }
      Table table = new Table("", "NAME", "KEY", "URL");
      profiles
          .all()
          .forEach(
              profile ->
                  table.row(
                      profile.current() ? "*" : "",
                      profile.name(),
                      profile.key().isPresent() ? "yes" : "none",
                      profile.url().toString()));
      table.print(terminal, "There are no profiles: add one with 'quickscale profile add'.");
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "add",
      description =
          "Add a server, or change one. The key is kept in a file that only you can read.",
      footerHeading = Subcommand.EXAMPLES,
      footer =
          "  quickscale profile add prod --url https://quickscale.example.org --key-file prod.key")
  private static final class Add extends Subcommand {
    @Parameters(paramLabel = "NAME", description = "What you call it.")
    String name;

    @Option(
        names = "--url",
        paramLabel = "URL",
        required = true,
        description = "Required. The server, such as https://quickscale.example.org.")
    URI url;

    @Option(
        names = "--key-file",
        paramLabel = "FILE",
        description = "Read the key from this file; - is standard input. Else it is asked for.")
    String keyFile;

    @Option(names = "--no-key", description = "A profile without a key.")
    boolean noKey;

    Add(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
        throw wrongUse("A profile's name has letters, digits, '.', '_' and '-'.");
      }
      Optional<String> key = noKey ? Optional.empty() : Optional.of(readKey());
      Profiles profiles = Profiles.of(terminal);
      profiles.put(name, url, key);
      terminal
          .out()
          .printf(
              "Profile %s: %s%s, in %s%n",
              name, url, key.isPresent() ? " with a key" : "", profiles.file());
      if (key.isPresent() && Server.isUnprotected(url)) {
        terminal
            .err()
            .println(
                "Beware: http:// sends the key unencrypted. Use https:// if the server has it.");
      }
      return ExitCode.DONE;
    }

    private String readKey() {
      if (keyFile != null) {
        return Secrets.readKey(terminal, keyFile);
      }
      return Secrets.check(
          terminal
              .readSecret("API key (not shown): ")
              .orElseThrow(
                  () ->
                      wrongUse(
                          "There is no terminal to ask for the key: give --key-file FILE"
                              + " (- for standard input), or --no-key.")),
          "what you typed");
    }
  }

  @Command(
      name = "use",
      description = "Use this profile where nothing else is said.",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale profile use prod")
  private static final class Use extends Subcommand {
    @Parameters(paramLabel = "NAME", description = "The profile.")
    String name;

    Use(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      Profiles profiles = Profiles.of(terminal);
      profiles.use(name);
      terminal.out().printf("Using %s: %s%n", name, profiles.require(name).url());
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "remove",
      description = "Forget a profile and its key.",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale profile remove prod")
  private static final class Remove extends Subcommand {
    @Parameters(paramLabel = "NAME", description = "The profile.")
    String name;

    Remove(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      Profiles.of(terminal).remove(name);
      terminal.out().println("Removed: " + name);
      return ExitCode.DONE;
    }
  }
}

package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** API keys. */
@Command(
    name = "keys",
    description = "List, add, revoke and rotate API keys.",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale keys list",
      "  quickscale keys add --name laptop --expires-at 2027-01-01T00:00:00Z",
      "  quickscale keys add --user ada@example.org --json | jq -r .key > ada.key     (admin)",
      "  quickscale keys rotate 0SAEQMYKM041M",
      "  quickscale keys list --user ada@example.org                                  (admin)",
    })
final class KeysCommand extends CommandGroup {
  KeysCommand(Terminal terminal) {
    super(
        terminal,
        new ListKeys(terminal),
        new Add(terminal),
        new Revoke(terminal),
        new Rotate(terminal));
  }

  private abstract static class OnKeys extends ServerCommand {
    OnKeys(Terminal terminal) {
      super(terminal);
    }

    /** One's own keys, or those of a user who is named. */
    protected static String path(Api api, String user) {
      return user == null ? "/api/v1/api-keys" : UserReference.path(api, user) + "/api-keys";
    }

    /** The only moment at which a key can be seen. */
    protected void showOnce(JsonNode made) {
      if (json) {
        print(made);
        return;
      }
      terminal
          .err()
          .println("The new key, shown this once (id " + Texts.of(made.path("id")) + "):");
      terminal.out().println(Texts.of(made.path("key")));
    }
  }

  @Command(
      name = "list",
      description = "List your keys, or another user's, without their secrets.",
      footerHeading = Subcommand.EXAMPLES,
      footer = {"  quickscale keys list", "  quickscale keys list --user ada@example.org"})
  private static final class ListKeys extends OnKeys {
    @Option(
        names = "--user",
        paramLabel = "USER",
        description = "The keys of this user, by id or e-mail address (admin).")
    String user;

    ListKeys(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      Api api = api();
      JsonNode keys = api.get(path(api, user));
      if (json) {
        print(keys);
        return ExitCode.DONE;
      }
      Table table = new Table("ID", "PREFIX", "CREATED", "EXPIRES", "REVOKED", "NAME");
      for (JsonNode key : keys.path("items")) {
        table.row(
            key.path("id").asText(),
            key.path("prefix").asText(),
            Texts.time(key.path("created_at")),
            Texts.time(key.path("expires_at")),
            Texts.time(key.path("revoked_at")),
            key.path("name").asText());
      }
      table.print(terminal, "There are no keys.");
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "add",
      description = "Make a key. It is shown once.",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale keys add --name laptop --expires-at 2027-01-01T00:00:00Z")
  private static final class Add extends OnKeys {
    @Option(names = "--name", paramLabel = "NAME", description = "What it is for.")
    String name;

    @Option(
        names = "--expires-at",
        paramLabel = "TIME",
        description = "Such as 2027-01-01T00:00:00Z.")
    String expiresAt;

    @Option(
        names = "--user",
        paramLabel = "USER",
        description = "A key for this user, by id or e-mail address (admin).")
    String user;

    Add(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      ObjectNode wanted = Json.object();
      if (name != null) {
        wanted.put("name", name);
      }
      if (expiresAt != null) {
        wanted.put("expires_at", expiresAt);
      }
      Api api = api();
      showOnce(api.post(path(api, user), wanted));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "revoke",
      description = "Make one of your keys, or another user's, worthless at once.",
      footerHeading = Subcommand.EXAMPLES,
      footer = {
        "  quickscale keys revoke 0SAEQMYKM041M",
        "  quickscale keys revoke 0SAEQMYKM041M --user ada@example.org"
      })
  private static final class Revoke extends OnKeys {
    @Parameters(paramLabel = "ID", description = "The key's id, see 'keys list'.")
    String id;

    @Option(
        names = "--user",
        paramLabel = "USER",
        description = "The key is this user's, by id or e-mail address (admin).")
    String user;

    Revoke(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      Api api = api();
      if (user == null) {
        api.delete("/api/v1/api-keys/" + Api.encode(id));
      } else {
        requireKeyOf(api);
        api.delete("/api/v1/admin/api-keys/" + Api.encode(id));
      }
      if (json) {
        print(Json.object().put("id", id).put("revoked", true));
      } else {
        terminal.out().println("Revoked: " + id);
      }
      return ExitCode.DONE;
    }

    /** An id that was mistaken must not take a key from somebody else. */
    private void requireKeyOf(Api api) {
      for (JsonNode key : api.get(path(api, user)).path("items")) {
        if (key.path("id").asText().equals(id)) {
          return;
        }
      }
      throw new Failure(
          "%s has no key '%s'. 'quickscale keys list --user %s' shows them."
              .formatted(Texts.clean(user), Texts.clean(id), Texts.clean(user)));
    }
  }

  @Command(
      name = "rotate",
      description = "Replace one of your keys by a new one, shown once.",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale keys rotate 0SAEQMYKM041M")
  private static final class Rotate extends OnKeys {
    @Parameters(paramLabel = "ID", description = "The key's id, see 'keys list'.")
    String id;

    Rotate(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      showOnce(api().post("/api/v1/api-keys/" + Api.encode(id) + "/rotate", Json.object()));
      return ExitCode.DONE;
    }
  }
}

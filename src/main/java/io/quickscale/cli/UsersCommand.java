package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Users, for admins. */
@Command(
    name = "users",
    description = "List, add, show, lock and unlock users (admin).",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale users list",
      "  quickscale users add ada@example.org",
      "  quickscale users lock ada@example.org",
    })
final class UsersCommand extends CommandGroup {
  UsersCommand(Terminal terminal) {
    super(
        terminal,
        new ListUsers(terminal),
        new Add(terminal),
        new Show(terminal),
        new Lock(terminal),
        new Unlock(terminal));
  }

  private abstract static class OnUsers extends ServerCommand {
    OnUsers(Terminal terminal) {
      super(terminal);
    }

    /** One user, or several. */
    protected void show(JsonNode answer, Iterable<JsonNode> users) {
      if (json) {
        print(answer);
        return;
      }
      Table table = new Table("ID", "EMAIL", "ROLE", "STATE", "CREATED");
      for (JsonNode user : users) {
        table.row(
            user.path("id").asText(),
            user.path("email").asText(),
            user.path("role").asText(),
            user.path("active").asBoolean() ? "active" : "locked",
            Texts.time(user.path("created_at")));
      }
      table.print(terminal, "There are no users.");
    }
  }

  private abstract static class OnOneUser extends OnUsers {
    @Parameters(paramLabel = "USER", description = "Id or e-mail address.")
    String user;

    OnOneUser(Terminal terminal) {
      super(terminal);
    }

    protected Integer change(ObjectNode change) {
      Api api = api();
      JsonNode changed = api.patch(UserReference.path(api, user), change);
      show(changed, List.of(changed));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "list",
      description = "List users, newest first.",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale users list --limit 200 --json")
  private static final class ListUsers extends OnUsers {
    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "50",
        description = "The most users (${DEFAULT-VALUE}).")
    int limit;

    ListUsers(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      requireLimit(limit);
      JsonNode users = items(api(), "/api/v1/admin/users", limit);
      show(Json.object().set("items", users), users);
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "add",
      description = "Add a user, with an account for credits.",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale users add ada@example.org --role admin")
  private static final class Add extends OnUsers {
    @Parameters(paramLabel = "EMAIL", description = "The e-mail address.")
    String email;

    @Option(
        names = "--role",
        paramLabel = "ROLE",
        defaultValue = "user",
        description = "user or admin (${DEFAULT-VALUE}).")
    String role;

    Add(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      JsonNode user =
          api().post("/api/v1/admin/users", Json.object().put("email", email).put("role", role));
      show(user, List.of(user));
      if (!json) {
        terminal
            .err()
            .println("A key for this user: " + terminal.command() + " keys add --user " + email);
      }
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "show",
      description = "Show a user.",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale users show ada@example.org")
  private static final class Show extends OnOneUser {
    Show(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      Api api = api();
      JsonNode found = api.get(UserReference.path(api, user));
      show(found, List.of(found));
      return ExitCode.DONE;
    }
  }

  @Command(
      name = "lock",
      description = "Lock a user out: no key of the user's works any more.",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale users lock ada@example.org")
  private static final class Lock extends OnOneUser {
    Lock(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      return change(Json.object().put("active", false));
    }
  }

  @Command(
      name = "unlock",
      description = "Let a locked user in again.",
      footerHeading = Subcommand.EXAMPLES,
      footer = "  quickscale users unlock ada@example.org")
  private static final class Unlock extends OnOneUser {
    Unlock(Terminal terminal) {
      super(terminal);
    }

    @Override
    public Integer call() {
      return change(Json.object().put("active", true));
    }
  }
}

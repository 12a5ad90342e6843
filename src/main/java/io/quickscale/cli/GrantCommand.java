package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Credits for a user. */
@Command(
    name = "grant",
    description = "Give credits to a user (admin).",
    footerHeading = Subcommand.EXAMPLES,
    footer = {
      "  quickscale grant ada@example.org 50 --description 'invoice 4711' --idempotency-key 4711",
      "  quickscale grant ada@example.org 100 --kind subscription --expires-at 2027-01-01T00:00:00Z",
    })
final class GrantCommand extends ServerCommand {
  @Parameters(index = "0", paramLabel = "USER", description = "Id or e-mail address.")
  String user;

  @Parameters(index = "1", paramLabel = "AMOUNT", description = "Credits.")
  BigDecimal amount;

  @Option(
      names = "--kind",
      defaultValue = "pay_as_you_go",
      paramLabel = "KIND",
      description = "subscription, pay_as_you_go, promotional or admin (${DEFAULT-VALUE}).")
  String kind;

  @Option(
      names = "--expires-at",
      paramLabel = "TIME",
      description = "Such as 2027-01-01T00:00:00Z; a subscription needs it.")
  String expiresAt;

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "What for; stands in the ledger.")
  String description;

  @Option(
      names = "--priority",
      paramLabel = "N",
      description = "0 to 1000; which of two like grants pays first.")
  Integer priority;

  @Option(
      names = "--idempotency-key",
      paramLabel = "KEY",
      converter = IdempotencyKey.class,
      description = "The same grant with the same key is given once.")
  Optional<String> idempotencyKey;

  GrantCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    Api api = api();
    JsonNode grant =
        api.postOnce(UserReference.path(api, user) + "/grants", wanted(), idempotencyKey);
    if (json) {
      print(grant);
    } else {
      terminal
          .out()
          .printf(
              "%s has %s more (%s): grant %s%s.%n",
              user,
              Texts.credits(grant.path("amount")),
              Texts.of(grant.path("kind")),
              Texts.of(grant.path("id")),
              grant.has("expires_at") ? ", until " + Texts.time(grant.path("expires_at")) : "");
    }
    return ExitCode.DONE;
  }

  private ObjectNode wanted() {
    ObjectNode wanted = Json.object().put("kind", kind).put("amount", amount);
    if (expiresAt != null) {
      wanted.put("expires_at", expiresAt);
    }
    if (description != null) {
      wanted.put("description", description);
    }
    if (priority != null) {
      wanted.put("priority", priority);
    }
    return wanted;
  }
}

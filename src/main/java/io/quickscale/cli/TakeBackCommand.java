package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What moves credits back, once, with a reason that stands in the ledger. */
abstract class TakeBackCommand extends ServerCommand {
  @Option(names = "--reason", paramLabel = "TEXT", description = "Why; stands in the ledger.")
  String reason;

  TakeBackCommand(Terminal terminal) {
    super(terminal);
  }

  /** Asks for it and gives the answer. */
  protected JsonNode ask(String path) {
    ObjectNode body = Json.object();
    if (reason != null) {
      body.put("reason", reason);
    }
    return api().postOnce(path, body, Optional.empty());
  }
}

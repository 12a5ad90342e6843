package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** The server refused or failed, and said why: {@code application/problem+json}. */
final class ProblemFailure extends Failure {
  private final transient JsonNode problem;

  ProblemFailure(JsonNode problem, Server server) {
    super(text(problem) + advice(problem, server));
    this.problem = problem;
  }

  JsonNode problem() {
    return problem;
  }

  /** One line; what is wrong with each field stands below it. */
  static String text(JsonNode problem) {
    // The detail of an invalid input is the list of violations, which stands below.
    boolean listed = problem.has("violations");
    StringBuilder text = new StringBuilder(Texts.of(problem.path(listed ? "title" : "detail")));
    if (problem.has("required_credits")) {
      text.append(" Required: ")
          .append(Json.amount(problem.path("required_credits")))
          .append(", available: ")
          .append(Json.amount(problem.path("available_credits")))
          .append('.');
    }
    text.append(" [").append(Texts.of(problem.path("code")));
    if (problem.has("usage_id")) {
      text.append(", usage ").append(Texts.of(problem.path("usage_id")));
    }
    if (problem.has("reference")) {
      text.append(", reference ").append(Texts.of(problem.path("reference")));
    }
    text.append(']');
    problem
        .path("violations")
        .forEach(
            violation ->
                text.append("\n  ")
                    .append(Texts.of(violation.path("field")))
                    .append(": ")
                    .append(Texts.of(violation.path("message"))));
    return text.toString();
  }

  private static String advice(JsonNode problem, Server server) {
    return switch (problem.path("code").asText()) {
      case "unauthenticated" ->
          server.key().isEmpty()
              ? "\nThere is no key: set QUICKSCALE_API_KEY, name a file with --key-file, or add a"
                  + " profile ('quickscale profile add')."
              : "\nThe key is from " + server.keyFrom() + ", for " + server.url() + ".";
      case "forbidden" -> "\nThe key is from " + server.keyFrom() + ".";
      default -> "";
    };
  }
}

package io.quickscale.service;

import io.quickscale.problem.Problem;
import io.quickscale.problem.Violation;
import java.util.List;

/** "Your input is wrong": 400, never charged, never retried. */
public final class InvalidInputException extends Problem {
  public InvalidInputException(String detail) {
    this(detail, List.of());
  }

  public InvalidInputException(String detail, List<Violation> violations) {
    super(400, "invalid_input", "Invalid input", detail);
    member("violations", List.copyOf(violations));
  }

  /** One wrong field. */
  public static InvalidInputException of(String field, String message) {
    return new InvalidInputException(List.of(new Violation(field, message)));
  }

  /** Several wrong fields; the detail lists them. */
  public InvalidInputException(List<Violation> violations) {
    this(summary(violations), violations);
  }

  private static String summary(List<Violation> violations) {
    return String.join("; ", violations.stream().map(InvalidInputException::sentence).toList());
  }

  private static String sentence(Violation violation) {
    return violation.field().isEmpty()
        ? violation.message()
        : violation.field() + ": " + violation.message();
  }
}

package io.quickscale.service;

import io.quickscale.problem.Problem;
import io.quickscale.problem.Violation;
import java.util.List;

/** "Your input is wrong": 400, never charged, never retried. */
public final class InvalidInputException extends Problem {
  private final List<Violation> violations;
  private final String innerService;

  public InvalidInputException(String detail) {
    this(detail, List.of());
  }

  public InvalidInputException(String detail, List<Violation> violations) {
    this(detail, violations, null);
  }

  private InvalidInputException(String detail, List<Violation> violations, String innerService) {
    super(400, "invalid_input", "Invalid input", detail);
    this.violations = List.copyOf(violations);
    this.innerService = innerService;
    member("violations", this.violations);
  }

  /** One wrong field. */
  public static InvalidInputException of(String field, String message) {
    return new InvalidInputException(List.of(new Violation(field, message)));
  }

  /** Several wrong fields; the detail lists them. */
  public InvalidInputException(List<Violation> violations) {
    this(summary(violations), violations);
  }

  /** What is wrong, and where. */
  public List<Violation> violations() {
    return violations;
  }

  /**
   * The same, said by an inner run of this service: the fields are those of an input that the
   * calling service made.
   */
  public InvalidInputException ofInnerRun(String service) {
    return new InvalidInputException(getMessage(), violations, service);
  }

  /**
   * For the caller of the outer run, who has sent none of the fields that an inner run refused: it
   * names the inner service, and no field.
   */
  public InvalidInputException forOuterCaller() {
    if (innerService == null) {
      return this;
    }
    String sentence =
        "the service '%s', which this one runs, refused what it was given: %s"
            .formatted(innerService, getMessage());
    return InvalidInputException.of("", sentence);
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

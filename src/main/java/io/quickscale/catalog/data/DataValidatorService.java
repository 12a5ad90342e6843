package io.quickscale.catalog.data;

import com.fasterxml.jackson.databind.JsonNode;
import io.quickscale.catalog.data.StrictJson.NotJsonException;
import io.quickscale.problem.Violation;
import io.quickscale.service.BaseService;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * Checks data before other services spend credits on it. Wrong data is an answer with {@code
 * is_valid: false}; wrong rules (an expression or a schema that cannot be used, a rule of another
 * data type) are an {@link InvalidInputException}.
 */
@RegisterService(
    name = "data_validator",
    description =
        "Checks text (length, form), an e-mail address, or JSON (with a JSON Schema if you give"
            + " one) and says what is wrong where.",
    category = "data",
    creditCost = "0.5")
public class DataValidatorService
    extends BaseService<DataValidatorService.Input, DataValidatorService.Report> {
  private static final int MOST_FINDINGS = BoundedExecution.MOST_ERRORS - 1;

  /**
   * What to check, and how.
   *
   * @param dataType {@code text}, {@code email} or {@code json}
   * @param data what to check, at most 100,000 characters; JSON as text
   * @param minLength only for text: least number of characters (code points); without it, a text
   *     must not be blank
   * @param maxLength only for text: greatest number of characters (code points)
   * @param pattern only for text: a regular expression in RE2 syntax that the whole text must match
   * @param schema only for JSON: a JSON Schema as text, draft 4 to 2020-12 (the default); {@code
   *     format} is checked, references to other documents are refused
   */
  public record Input(
      @NotNull @Pattern(regexp = "text|email|json", message = "must be text, email or json") String dataType,
      @NotNull @Size(max = 100_000) String data,
      @Min(0) @Max(100_000) Integer minLength,
      @Min(0) @Max(100_000) Integer maxLength,
      @Size(max = BoundedRegexes.MOST_CHARACTERS) String pattern,
      @Size(max = 20_000) String schema) {}

  /**
   * What was found.
   *
   * @param dataType as given
   */
  public record Report(String dataType, Validation validation, Statistics statistics) {}

  /**
   * Whether the data is as it should be.
   *
   * @param isValid there are no errors
   * @param errors what is wrong, at most 100
   * @param moreErrors there are more than 100
   */
  public record Validation(boolean isValid, List<Finding> errors, boolean moreErrors) {
    static Validation of(List<Finding> findings) {
      return new Validation(
          findings.isEmpty(),
          findings.stream().limit(MOST_FINDINGS).toList(),
          findings.size() > MOST_FINDINGS);
    }
  }

  /**
   * Figures about the data; those of other data types are absent.
   *
   * @param characters of the data, in code points
   * @param words of a text, separated by space
   * @param lines of a text
   * @param domain of an e-mail address: what follows the @
   * @param values of JSON: how many, arrays and objects included
   * @param nestingDepth of JSON: levels of arrays and objects
   */
  public record Statistics(
      int characters,
      Integer words,
      Integer lines,
      String domain,
      Integer values,
      Integer nestingDepth) {}

  @Override
  @Timeout(5000)
  protected Report executeService(RunContext context, Input input) {
    requireFittingRules(input);
    return switch (input.dataType()) {
      case "text" -> text(input);
      case "email" -> email(input);
      default -> json(input);
    };
  }

  private static void requireFittingRules(Input input) {
    boolean isText = input.dataType().equals("text");
    boolean isJson = input.dataType().equals("json");
    List<Violation> violations = new ArrayList<>();
    refuse(!isText && input.minLength() != null, "min_length", "only for text", violations);
    refuse(!isText && input.maxLength() != null, "max_length", "only for text", violations);
    refuse(!isText && input.pattern() != null, "pattern", "only for text", violations);
    refuse(!isJson && input.schema() != null, "schema", "only for json", violations);
    refuse(isMinAboveMax(input), "min_length", "must not be above max_length", violations);
    if (!violations.isEmpty()) {
      throw new InvalidInputException(violations);
    }
  }

  private static boolean isMinAboveMax(Input input) {
    return input.minLength() != null
        && input.maxLength() != null
        && input.minLength() > input.maxLength();
  }

  private static void refuse(
      boolean isWrong, String field, String message, List<Violation> violations) {
    if (isWrong) {
      violations.add(new Violation(field, message));
    }
  }

  private static Report text(Input input) {
    String text = input.data();
    TextCheck check = new TextCheck(input.minLength(), input.maxLength(), input.pattern());
    try {
      Statistics statistics =
          new Statistics(characters(text), words(text), lines(text), null, null, null);
      return report(input, check.check(text), statistics);
    } catch (BadRuleException e) {
      throw InvalidInputException.of("pattern", e.getMessage());
    }
  }

  private static Report email(Input input) {
    String address = input.data();
    Statistics statistics =
        new Statistics(characters(address), null, null, EmailCheck.domain(address), null, null);
    return report(input, EmailCheck.check(address), statistics);
  }

  private static Report json(Input input) {
    try {
      // First, so that a wrong schema is told whatever the data is.
      SchemaCheck schema = input.schema() == null ? null : schema(input.schema());
      return json(input, schema);
    } catch (BadRuleException e) {
      throw InvalidInputException.of("schema", e.getMessage());
    }
  }

  private static Report json(Input input, SchemaCheck schema) {
    int characters = characters(input.data());
    try {
      JsonNode value = StrictJson.parse(input.data());
      JsonShape shape = JsonShape.of(value);
      Statistics statistics =
          new Statistics(characters, null, null, null, shape.values(), shape.nestingDepth());
      return report(input, findings(schema, value, shape), statistics);
    } catch (NotJsonException e) {
      Statistics statistics = new Statistics(characters, null, null, null, null, null);
      return report(input, List.of(Finding.of(e.getMessage())), statistics);
    }
  }

  private static SchemaCheck schema(String text) {
    try {
      return SchemaCheck.with(StrictJson.parse(text));
    } catch (NotJsonException e) {
      throw new BadRuleException("is not JSON: " + e.getMessage());
    }
  }

  private static List<Finding> findings(SchemaCheck schema, JsonNode value, JsonShape shape) {
    // Infinity would break the arithmetic of a schema's "multipleOf".
    boolean isComputable = shape.findings().isEmpty();
    return schema == null || !isComputable ? shape.findings() : schema.check(value);
  }

  private static Report report(Input input, List<Finding> findings, Statistics statistics) {
    return new Report(input.dataType(), Validation.of(findings), statistics);
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  private static int lines(String text) {
    return (int) text.lines().count();
  }
}

package io.quickscale.catalog.data;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import java.util.Locale;

/**
 * One validation against a schema that can neither run for long nor fill the memory. References let
 * a short schema ask for endless work ("$ref" to itself) or exponential work (each definition twice
 * the next), which nothing but counting finds out.
 */
final class BoundedExecution extends ExecutionContext {
  /** One more than is shown tells that there are more. */
  static final int MOST_ERRORS = 101;

  private static final int MOST_STEPS = 1_000_000;
  private static final int MOST_NESTED_STEPS = 600;

  private int steps;
  private int nestedSteps;

  BoundedExecution() {
    super(ExecutionConfig.builder().locale(Locale.ENGLISH).formatAssertionsEnabled(true).build());
  }

  @Override
  public void evaluationPathAddLast(String token) {
    countNestedStep();
    super.evaluationPathAddLast(token);
  }

  @Override
  public void evaluationPathAddLast(int token) {
    countNestedStep();
    super.evaluationPathAddLast(token);
  }

  @Override
  public void evaluationPathRemoveLast() {
    nestedSteps--;
    super.evaluationPathRemoveLast();
  }

  @Override
  public void addError(Error error) {
    // One keyword can find thousands of errors, which cost time even when they are not kept.
    countStep();
    if (getErrors().size() < MOST_ERRORS) {
      super.addError(error);
    }
  }

  private void countNestedStep() {
    if (++nestedSteps > MOST_NESTED_STEPS) {
      throw new BadRuleException("its references are nested too deep, or refer to themselves");
    }
    countStep();
  }

  private void countStep() {
    if (++steps > MOST_STEPS) {
      throw new BadRuleException(
          "it takes more than %,d steps on this data: simplify it, or send less data"
              .formatted(MOST_STEPS));
    }
  }
}

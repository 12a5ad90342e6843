package «package»;

import io.quickscale.service.BaseService;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Sums up numbers: how many, how large, how far apart. Decimals are exact, nothing is a float. */
«annotation»
«class-header»
  private static final MathContext PRECISION = MathContext.DECIMAL64;

  /**
   * What callers send, as a JSON object. Add a component for each member, with its constraints;
   * they are checked before the service is called.
   *
   * @param values 1 to 10,000 numbers with up to 12 digits before and 6 after the point
   */
  public record Input(
      @NotEmpty @Size(max = 10_000) List<@Digits(integer = 12, fraction = 6) BigDecimal> values) {}

  /**
   * What callers get.
   *
   * @param count how many values
   * @param sum of all, exact
   * @param minimum the least
   * @param maximum the greatest
   * @param mean the sum by the count, 16 digits
   * @param median the one in the middle, or the mean of the two in the middle
   * @param standardDeviation of these values as a whole population, 16 digits
   */
  public record Result(
      int count,
      BigDecimal sum,
      BigDecimal minimum,
      BigDecimal maximum,
      BigDecimal mean,
      BigDecimal median,
      BigDecimal standardDeviation) {}

  @Override
  @Timeout(2000)
  protected Result executeService(RunContext context, Input input) {
    // Your own logic goes here. The input is valid and the credits are held: they are charged when
    // this returns, and given back when it throws.
    if (input.values().stream().anyMatch(Objects::isNull)) {
      // What the constraints let pass: 400 for the caller, nothing charged.
      throw InvalidInputException.of("values", "has a null, which is no number");
    }
    List<BigDecimal> sorted = input.values().stream().sorted().toList();
    BigDecimal sum = sum(sorted);
    BigDecimal mean = sum.divide(BigDecimal.valueOf(sorted.size()), PRECISION);
    return new Result(
        sorted.size(),
        sum,
        sorted.get(0),
        sorted.get(sorted.size() - 1),
        mean,
        median(sorted),
        standardDeviation(sorted, mean));
  }

  private static BigDecimal sum(List<BigDecimal> values) {
    return values.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static BigDecimal median(List<BigDecimal> sorted) {
    BigDecimal upper = sorted.get(sorted.size() / 2);
    BigDecimal lower = sorted.get((sorted.size() - 1) / 2);
    return lower.add(upper).divide(BigDecimal.valueOf(2), PRECISION);
  }

  private static BigDecimal standardDeviation(List<BigDecimal> values, BigDecimal mean) {
    List<BigDecimal> squares =
        values.stream().map(value -> value.subtract(mean).pow(2, PRECISION)).toList();
    return sum(squares).divide(BigDecimal.valueOf(values.size()), PRECISION).sqrt(PRECISION);
  }
}

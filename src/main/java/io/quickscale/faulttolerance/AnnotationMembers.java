package io.quickscale.faulttolerance;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * The members of an annotation of MicroProfile Fault Tolerance.
 *
 * @param annotation its simple name
 * @param given by name: a {@link Number}, or the name of a {@link ChronoUnit}. One that is left out
 *     has its default; one whose value cannot be told is there and empty.
 */
public record AnnotationMembers(String annotation, Map<String, Optional<Object>> given) {
  private static final String DEFAULT_UNIT = ChronoUnit.MILLIS.name();

  Optional<Number> number(String member, Number defaultValue) {
    return given
        .getOrDefault(member, Optional.of(defaultValue))
        .filter(Number.class::isInstance)
        .map(Number.class::cast);
  }

  Optional<ChronoUnit> unit(String member) {
    return given
        .getOrDefault(member, Optional.of(DEFAULT_UNIT))
        .map(name -> ChronoUnit.valueOf(name.toString()));
  }

  /**
   * The time that an amount and its unit are.
   *
   * @throws DateTimeException the unit has no exact length
   * @throws ArithmeticException it is too long to be counted
   */
  Optional<Duration> duration(String member, long defaultValue, String unitMember) {
    return number(member, defaultValue)
        .flatMap(amount -> unit(unitMember).map(unit -> Duration.of(amount.longValue(), unit)));
  }
}

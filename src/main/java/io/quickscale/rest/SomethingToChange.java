package io.quickscale.rest;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.validation.Constraint;
import jakarta.validation.Payload;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * On a record that is a change: at least one component has a value. A request that changes nothing
 * is a mistake, and would be noted as a change.
 */
@Target(TYPE)
@Retention(RUNTIME)
@Documented
@Constraint(validatedBy = SomethingToChangeValidator.class)
public @interface SomethingToChange {
  /** Names the members that there are. */
  String message() default "";

  /** See Jakarta Validation. */
  Class<?>[] groups() default {};

  /** See Jakarta Validation. */
  Class<? extends Payload>[] payload() default {};
}

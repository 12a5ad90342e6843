package io.quickscale.service;

import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * A price per metered unit. A run holds the price of {@link #maximum} units before it starts and
 * pays for what it metered, never for more than the maximum.
 */
@Documented
@Target({})
@Retention(RUNTIME)
public @interface UnitPrice {
  /** Name of the unit, {@code [a-z][a-z0-9_]{0,63}}, as given to {@link RunContext#meter}. */
  String unit();

  /** Credits for one unit, a decimal with at most six decimals. */
  String creditsPerUnit();

  /** Units that cost nothing. */
  long included() default 0;

  /** Most units one run can be charged for. */
  long maximum();
}

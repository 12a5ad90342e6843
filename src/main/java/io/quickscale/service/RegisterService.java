package io.quickscale.service;

import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Stereotype;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/**
 * Makes a {@link BaseService} known under a name. Nothing else is needed: the class is found at
 * deployment, gets a definition in the database (which belongs to the operator from then on) and a
 * REST endpoint.
 *
 * <p>The class becomes an application-scoped bean, one instance for all callers; it must not keep
 * state of a run.
 */
@Stereotype
@ApplicationScoped
@Attempt
@Documented
@Target(TYPE)
@Retention(RUNTIME)
public @interface RegisterService {
  /** Unique name, {@code [a-z][a-z0-9_]{0,63}}. */
  String name();

  /** One or two sentences for callers and operators. */
  String description() default "";

  /**
   * Groups services in lists: {@code text}, {@code image}, {@code data}, {@code language} or a word
   * of your own.
   */
  String category() default "general";

  /** Credits for one run, a decimal with at most six decimals; {@code "0"} is free. */
  String creditCost() default "1.0";

  /** What is paid for on top, by the units the run reports with {@link RunContext#meter}. */
  UnitPrice[] unitPrices() default {};
}

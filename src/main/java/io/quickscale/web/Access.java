package io.quickscale.web;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Who may call a resource; without it, every user with a key. */
@Target({TYPE, METHOD})
@Retention(RUNTIME)
public @interface Access {
  /** Who is let in. */
  Level value();

  /** From open to closed. */
  enum Level {
    ANYBODY,
    USER,
    ADMIN
  }
}

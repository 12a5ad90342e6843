package io.quickscale.cli.source;

import java.util.Locale;

/** How bad a finding is, worst first. */
public enum Severity {
  /** Does not compile, stops the deployment, or gives a secret or a lock away. */
  ERROR,
  /** Works, until it does not. */
  WARNING,
  /** Would be better. */
  SUGGESTION;

  /** The word in the report. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}

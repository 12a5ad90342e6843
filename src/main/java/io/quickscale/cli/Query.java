package io.quickscale.cli;

/** What stands behind a path: {@code ?from=...&to=...}, or nothing. */
final class Query {
  private final StringBuilder text = new StringBuilder();

  /** Adds a parameter; one that is null is not asked for. */
  Query add(String name, Object value) {
    if (value != null) {
      text.append(text.isEmpty() ? '?' : '&')
          .append(name)
          .append('=')
          .append(Api.encode(value.toString()));
    }
    return this;
  }

  /** Whether nothing is asked for. */
  boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

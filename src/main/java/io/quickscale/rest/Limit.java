package io.quickscale.rest;

/** The query parameter {@code limit}: the most rows. */
record Limit(int rows) {
  private static final int MAX = 500;

  static Limit of(String text) {
    if (!text.matches("0{0,9}[1-9][0-9]{0,2}") || Integer.parseInt(text) > MAX) {
      throw new IllegalArgumentException("must be a number from 1 to " + MAX);
    }
    return new Limit(Integer.parseInt(text));
  }
}

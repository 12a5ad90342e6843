package io.quickscale.rest;

import io.quickscale.platform.Ids;

/** The query parameter {@code cursor}: behind which row a page begins. */
record Cursor(long id) {
  static Cursor of(String text) {
    return new Cursor(
        Ids.parse(text)
            .orElseThrow(
                () -> new IllegalArgumentException("must be the next_cursor of an earlier page")));
  }
}

package io.quickscale.rest;

import io.quickscale.definition.NameForm;

/** The query parameter {@code service}: only what belongs to this one. */
record ServiceFilter(String name) {
  static ServiceFilter of(String text) {
    if (!NameForm.isValid(text)) {
      throw new IllegalArgumentException(
          "must be the name of a service: a lower-case letter, then up to 63 of a-z, 0-9 and _");
    }
    return new ServiceFilter(text);
  }
}

package io.quickscale.catalog.data;

/**
 * One thing that is wrong with the data.
 *
 * @param path where, as a JSON Pointer (RFC 6901); empty for the whole
 * @param message what is wrong, at most 300 characters
 */
public record Finding(String path, String message) {
  private static final int MOST_CHARACTERS = 300;

  /** A finding about the whole. */
  static Finding of(String message) {
    return at("", message);
  }

  /** A finding with its message cut to size, since it may quote the caller's data. */
  static Finding at(String path, String message) {
    return new Finding(path, shortened(message));
  }

  static String shortened(String message) {
    return message.length() <= MOST_CHARACTERS
        ? message
        : message.substring(0, MOST_CHARACTERS - 3) + "...";
  }
}

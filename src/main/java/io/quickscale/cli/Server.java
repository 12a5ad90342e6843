package io.quickscale.cli;

import java.net.URI;
import java.util.Optional;

/**
 * Which server a command speaks to.
 *
 * @param from where the URL was taken from, for messages
 * @param key the API key, if there is one; never shown
 * @param keyFrom where the key was taken from, for messages
 */
record Server(URI url, String from, Optional<String> key, String keyFrom) {
  static final URI DEFAULT_URL = URI.create("http://localhost:8080");

  private static final int MAX_PORT = 65_535;

  /**
   * A server's URL as a user wrote it.
   *
   * @throws Failure it is none
   */
  static URI url(String text) {
    try {
      URI url = URI.create(text.strip().replaceAll("/+$", ""));
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && isNothingButAPlace(url)) {
        return url;
      }
    } catch (IllegalArgumentException e) {
      // Answered below, like a URL of the wrong kind.
    }
    throw new Failure(
        "'%s' is not the URL of a server: write it like https://quickscale.example.org or %s."
            .formatted(Texts.clean(text), DEFAULT_URL));
  }

  private static boolean isNothingButAPlace(URI url) {
    return url.getQuery() == null
        && url.getFragment() == null
        && url.getUserInfo() == null
        && (url.getPort() == -1 || url.getPort() >= 1 && url.getPort() <= MAX_PORT);
  }

  /** Whether somebody on the way could read the key. */
  boolean isUnprotected() {
    return isUnprotected(url);
  }

  static boolean isUnprotected(URI url) {
    return url.getScheme().equals("http") && !url.getHost().matches("localhost|127\\..*|\\[::1\\]");
  }

  /** Without the key. */
  @Override
  public String toString() {
    return url + " (" + from + ")";
  }
}

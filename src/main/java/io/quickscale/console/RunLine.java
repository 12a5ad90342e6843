package io.quickscale.console;

/** The line for a shell that runs a service. */
final class RunLine {
  private RunLine() {}

  static String of(String origin, String service, String input) {
    return """
        curl %s \\
          -H "Authorization: Bearer $QUICKSCALE_API_KEY" \\
          -H 'Content-Type: application/json' \\
          -d %s"""
        .formatted(quoted(origin + "/api/v1/services/" + service + "/run"), quoted(input));
  }

  /** One word for a POSIX shell, whatever is in it. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}

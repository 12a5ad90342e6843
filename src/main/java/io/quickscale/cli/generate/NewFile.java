package io.quickscale.cli.generate;

/**
 * A file to be written.
 *
 * @param path relative to the project, with slashes
 * @param executable whether it is a script
 */
public record NewFile(String path, String content, boolean executable) {
  static NewFile of(String path, String content) {
    return new NewFile(path, content, false);
  }

  static NewFile script(String path, String content) {
    return new NewFile(path, content, true);
  }
}

package io.quickscale.cli;

/**
 * A command could not do what it was asked for: exit code 1. The message is for the user; it says
 * what is wrong and, where that is not plain, what to do.
 */
class Failure extends RuntimeException {
  Failure(String message) {
    super(message);
  }

  Failure(String message, Throwable cause) {
    super(message, cause);
  }
}

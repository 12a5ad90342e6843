package io.quickscale.rest;

import io.quickscale.problem.HttpProblem;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/**
 * A request's body as it comes in. That it ends too early is the caller's affair and no fault of
 * the server: a connection was cut, or its length or chunks are not what was said.
 */
final class RequestStream extends FilterInputStream {
  private final transient Consumer<IOException> onFailure;

  RequestStream(InputStream in, Consumer<IOException> onFailure) {
    super(in);
    this.onFailure = onFailure;
  }

  @Override
  public int read() {
    try {
      return super.read();
    } catch (IOException e) {
      throw incomplete(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    try {
      return super.read(bytes, offset, length);
    } catch (IOException e) {
      throw incomplete(e);
    }
  }

  private HttpProblem incomplete(IOException e) {
    onFailure.accept(e);
    return HttpProblem.incompleteBody();
  }
}

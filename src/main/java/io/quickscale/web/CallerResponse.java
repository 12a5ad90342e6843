package io.quickscale.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * An answer to a caller who may have gone away. What then cannot be written is dropped, with one
 * line in the log for those who ask for it: it is no fault of the server, which would otherwise log
 * it as one and answer it as one, to nobody. A stream that ends only when its reader leaves is
 * still told. (A writer drops what it cannot write by itself.) Which methods are allowed is said in
 * one way, whoever says it: the server, its JAX-RS or we.
 */
final class CallerResponse extends HttpServletResponseWrapper {
  private static final Logger LOG = Logger.getLogger(CallerResponse.class.getName());
  private static final String ENDLESS = "text/event-stream";

  private Output output;
  private boolean isGone;

  CallerResponse(HttpServletResponse response) {
    super(response);
  }

  @Override
  public void setHeader(String name, String value) {
    super.setHeader(name, isAllow(name) ? AllowedMethods.of(value) : value);
  }

  @Override
  public void addHeader(String name, String value) {
    if (isAllow(name)) {
      String before = String.join(",", getHeaders(name));
      super.setHeader(name, AllowedMethods.of(before + "," + value));
    } else {
      super.addHeader(name, value);
    }
  }

  private static boolean isAllow(String name) {
    return name.equalsIgnoreCase("Allow");
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (output == null) {
      output = new Output(super.getOutputStream());
    }
    return output;
  }

  @Override
  public void flushBuffer() throws IOException {
    attempt(super::flushBuffer);
  }

  /** Something that needs the caller. */
  private interface Step {
    void take() throws IOException;
  }

  private void attempt(Step step) throws IOException {
    if (isGone) {
      return;
    }
    try {
      step.take();
    } catch (IOException e) {
      if (getContentType() != null && getContentType().startsWith(ENDLESS)) {
        throw e;
      }
      isGone = true;
      LOG.log(Level.FINE, "caller gone before the end of the answer: {0}", e.getMessage());
    }
  }

  private final class Output extends ServletOutputStream {
    private final ServletOutputStream out;

    private Output(ServletOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      attempt(() -> out.write(octet));
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      attempt(() -> out.write(octets, offset, length));
    }

    @Override
    public void flush() throws IOException {
      attempt(out::flush);
    }

    @Override
    public void close() throws IOException {
      attempt(out::close);
    }

    @Override
    public boolean isReady() {
      return out.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      out.setWriteListener(listener);
    }
  }
}

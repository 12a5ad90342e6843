package io.quickscale.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CallerResponseTest {
  private final Wire wire = new Wire();

  @Test
  void whatIsWrittenArrives() throws IOException {
    OutputStream out = answer("application/json").getOutputStream();

    out.write(new byte[] {1, 2});
    out.write(3);

    assertThat(wire.written).isEqualTo(3);
  }

  @Test
  void whatACallerNoLongerReadsIsDropped() {
    CallerResponse answer = answer("application/json");
    wire.isCut = true;

    assertThatCode(
            () -> {
              answer.getOutputStream().write(new byte[10]);
              answer.getOutputStream().flush();
              answer.getOutputStream().close();
              answer.flushBuffer();
            })
        .doesNotThrowAnyException();
    assertThat(wire.attempts).isEqualTo(1);
  }

  @Test
  void whatIsAllowedIsSaidInOneLineHoweverItComes() {
    CallerResponse answer = answer("application/json");

    answer.addHeader("allow", "POST");
    answer.addHeader("Allow", "GET,TRACE");
    answer.setHeader("X-Other", "TRACE");

    assertThat(wire.headers)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("Allow", "GET, HEAD, POST, OPTIONS", "X-Other", "TRACE"));
  }

  @Test
  void aStreamWithoutEndIsToldThatItsReaderHasLeft() throws IOException {
    OutputStream out = answer("text/event-stream;charset=UTF-8").getOutputStream();
    wire.isCut = true;

    assertThatThrownBy(() -> out.write(new byte[10])).isInstanceOf(IOException.class);
    assertThatThrownBy(out::flush).isInstanceOf(IOException.class);
  }

  private CallerResponse answer(String contentType) {
    return new CallerResponse(
        (HttpServletResponse)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getOutputStream" -> wire;
                      case "getContentType" -> contentType;
                      case "getHeaders" ->
                          Optional.ofNullable(wire.headers.get((String) arguments[0]))
                              .map(List::of)
                              .orElse(List.of());
                      case "setHeader" -> {
                        wire.headers.put((String) arguments[0], (String) arguments[1]);
                        yield null;
                      }
                      case "flushBuffer" -> {
                        wire.flush();
                        yield null;
                      }
                      default -> throw new UnsupportedOperationException(method.getName());
                    }));
  }

  /** Counts what gets through, until it is cut. */
  private static final class Wire extends ServletOutputStream {
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private boolean isCut;
    private int written;
    private int attempts;

    private void use(int octets) throws IOException {
      attempts++;
      if (isCut) {
        throw new IOException("Connection is closed");
      }
      written += octets;
    }

    @Override
    public void write(int octet) throws IOException {
      use(1);
    }

    @Override
    public void write(byte[] octets, int offset, int length) throws IOException {
      use(length);
    }

    @Override
    public void flush() throws IOException {
      use(0);
    }

    @Override
    public void close() throws IOException {
      use(0);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}

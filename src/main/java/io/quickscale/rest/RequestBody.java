package io.quickscale.rest;

import io.quickscale.platform.LiveValue;
import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.PayloadTooLargeProblem;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.config.Config;

/** Reads request bodies up to a limit. */
@ApplicationScoped
class RequestBody {
  private static final int DEFAULT_MAX_BYTES = 1 << 20;
  private static final long DRAINED_BYTES = 32L << 20;

  @Inject Config config;
  @Inject HttpServletRequest request;

  private LiveValue<Integer> maxBytes;

  @PostConstruct
  void configure() {
    maxBytes =
        new LiveValue<>(
            config,
            "quickscale.request.max-bytes",
            Integer.class,
            bytes -> bytes > 0 && bytes < Integer.MAX_VALUE,
            "a number of bytes, 1 or more");
  }

  /**
   * The whole body.
   *
   * @throws PayloadTooLargeProblem it is over the server's limit
   */
  byte[] read(InputStream in) throws IOException {
    return read(in, null);
  }

  /**
   * The whole body.
   *
   * @param limit in bytes, instead of the server's; null for the server's
   * @throws PayloadTooLargeProblem it is over the limit
   * @throws HttpProblem it is said to be in another charset than UTF-8
   */
  byte[] read(InputStream in, Integer limit) throws IOException {
    requireUtf8();
    int most = limit == null ? maxBytes.orElse(DEFAULT_MAX_BYTES) : limit;
    byte[] body = in.readNBytes(most + 1);
    if (body.length > most) {
      drain(in);
      throw new PayloadTooLargeProblem(most);
    }
    return body;
  }

  /** JSON is UTF-8 (RFC 8259, 8.1); bytes of another charset would be misread in silence. */
  private void requireUtf8() {
    String type = request.getContentType();
    String charset =
        type == null
            ? null
            : MediaType.valueOf(type).getParameters().get(MediaType.CHARSET_PARAMETER);
    if (charset != null && !charset.equalsIgnoreCase(StandardCharsets.UTF_8.name())) {
      throw HttpProblem.unsupportedMediaType(
          "JSON must be sent as UTF-8: send it so, and leave out the charset '" + charset + "'.");
    }
  }

  /** Many clients read an answer only when they have sent everything: let them, up to a point. */
  private static void drain(InputStream in) throws IOException {
    byte[] unread = new byte[1 << 16];
    long left = DRAINED_BYTES;
    int read = in.read(unread);
    while (read >= 0 && left > 0) {
      left -= read;
      read = in.read(unread);
    }
  }
}

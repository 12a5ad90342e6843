package io.quickscale.rest;

import io.quickscale.problem.PayloadTooLargeProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads request bodies up to a limit. */
@ApplicationScoped
class RequestBody {
  private static final long DRAINED_BYTES = 32L << 20;

  @Inject
  @ConfigProperty(name = "quickscale.request.max-bytes", defaultValue = "1048576")
  int maxBytes;

  /**
   * The whole body.
   *
   * @throws PayloadTooLargeProblem it is over the server's limit
   */
  byte[] read(InputStream in) throws IOException {
    return read(in, maxBytes);
  }

  /**
   * The whole body.
   *
   * @param limit in bytes, instead of the server's; null for the server's
   * @throws PayloadTooLargeProblem it is over the limit
   */
  byte[] read(InputStream in, Integer limit) throws IOException {
    int most = limit == null ? maxBytes : limit;
    byte[] body = in.readNBytes(most + 1);
    if (body.length > most) {
      drain(in);
      throw new PayloadTooLargeProblem(most);
    }
    return body;
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

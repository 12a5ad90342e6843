package io.quickscale.rest;

import io.quickscale.platform.LiveValue;
import io.quickscale.problem.PayloadTooLargeProblem;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.Config;

/** Reads request bodies up to a limit. */
@ApplicationScoped
class RequestBody {
  private static final int DEFAULT_MAX_BYTES = 1 << 20;
  private static final int DEFAULT_MAX_BYTES_OF_MANY = 16 << 20;
  private static final long DRAINED_BYTES = 32L << 20;

  @Inject Config config;

  private LiveValue<Integer> maxBytes;
  private LiveValue<Integer> maxBytesOfMany;

  @PostConstruct
  void configure() {
    maxBytes = limit("quickscale.request.max-bytes");
    maxBytesOfMany = limit("quickscale.batch.max-bytes");
  }

  private LiveValue<Integer> limit(String name) {
    return new LiveValue<>(
        config,
        name,
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
   * The whole body of a request with the inputs of many runs.
   *
   * @throws PayloadTooLargeProblem it is over the limit for those
   */
  byte[] readMany(InputStream in) throws IOException {
    return read(in, maxBytesOfMany.orElse(DEFAULT_MAX_BYTES_OF_MANY));
  }

  /**
   * The whole body.
   *
   * @param limit in bytes, instead of the server's; null for the server's
   * @throws PayloadTooLargeProblem it is over the limit
   */
  byte[] read(InputStream in, Integer limit) throws IOException {
    int most = limit == null ? maxBytes.orElse(DEFAULT_MAX_BYTES) : limit;
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

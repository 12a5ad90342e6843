package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a service unit or a container calls before it stops a node. */
class DrainScriptTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @TempDir Path data;

  @Test
  void marksTheNodeAndWaitsUntilNothingIsInFlight() throws Exception {
    AtomicInteger inFlight = new AtomicInteger(3);
    HttpServer node = node(() -> inFlight.getAndUpdate(n -> Math.max(0, n - 1)));
    try {
      Ended script = drain(node.getAddress().getPort(), "20");

      assertThat(script.status()).as(script.output()).isZero();
      assertThat(inFlight).hasValue(0);
      assertThat(data.resolve("drain")).exists();
    } finally {
      node.stop(0);
    }
  }

  @Test
  void givesUpOnRequestsThatDoNotEndAndSaysHowMany() throws Exception {
    HttpServer node = node(() -> 2);
    try {
      Ended script = drain(node.getAddress().getPort(), "1");

      assertThat(script.status()).isEqualTo(1);
      assertThat(script.output()).contains("2 requests are still in flight");
    } finally {
      node.stop(0);
    }
  }

  @Test
  void aNodeTooBusyToAnswerIsNotTakenForOneWithNothingInFlight() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 10, HERE)) {
      assertThat(drain(silent.getLocalPort(), "1").status()).isEqualTo(1);
    }
  }

  @Test
  void aNodeThatIsGoneHasNothingInFlight() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
      free = socket.getLocalPort();
    }

    assertThat(drain(free, "1").status()).isZero();
  }

  private record Ended(int status, String output) {}

  private interface Count {
    int next();
  }

  private static HttpServer node(Count inFlight) throws IOException {
    HttpServer node = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    node.createContext(
        "/health/ready",
        exchange -> {
          try (exchange) {
            byte[] body =
                "{\"checks\":[{\"data\":{\"requests_in_flight\":\"%d\"}}]}"
                    .formatted(inFlight.next())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(503, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    node.start();
    return node;
  }

  private Ended drain(int port, String timeoutSeconds) throws Exception {
    ProcessBuilder script =
        new ProcessBuilder("server-config/drain.sh", String.valueOf(port))
            .redirectErrorStream(true);
    script.environment().put("QUICKSCALE_DATA_DIR", data.toString());
    script.environment().put("QUICKSCALE_DRAIN_DELAY", "0");
    script.environment().put("QUICKSCALE_DRAIN_TIMEOUT", timeoutSeconds);
    Process process = script.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ended(process.exitValue(), output);
  }
}

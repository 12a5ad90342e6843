package «package»;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The application as the launcher starts it, once for all in-container tests of a build. */
public final class QuickScaleServer {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private QuickScaleServer() {}

  /** Where the server is; starts it if this is the first test. */
  public static URI started() {
    return Started.ROOT;
  }

  /** Made when it is first asked for. */
  private static final class Started {
    private static final URI ROOT = start();

    private static URI start() {
      try {
        Path data = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "in-container");
        int port = freePort();
        Process launcher = launch(data, port);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(launcher)));
        awaitReady(launcher, data.resolve("launcher.log"));
        return URI.create("http://127.0.0.1:" + port);
      } catch (IOException e) {
        throw new IllegalStateException("the server could not be started", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the start of the server was interrupted", e);
      }
    }

    private static Process launch(Path data, int port) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder("scripts/run", "--no-build")
              .redirectErrorStream(true)
              .redirectOutput(data.resolve("launcher.log").toFile());
      // The embedded database, whatever yours is.
      builder.environment().remove("QUICKSCALE_DB_URL");
      builder.environment().put("QUICKSCALE_DATA_DIR", data.toString());
      builder.environment().put("QUICKSCALE_HTTP_ADDRESS", "127.0.0.1");
      builder.environment().put("QUICKSCALE_HTTP_PORT", Integer.toString(port));
      builder.environment().put("QUICKSCALE_START_TIMEOUT", Long.toString(PATIENCE.toSeconds()));
      return builder.start();
    }

    private static int freePort() throws IOException {
      try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      }
    }

    private static void awaitReady(Process launcher, Path log)
        throws IOException, InterruptedException {
      Instant deadline = Instant.now().plus(PATIENCE);
      while (!Files.readString(log).contains("QuickScale is ready")) {
        if (!launcher.isAlive() || Instant.now().isAfter(deadline)) {
          throw new IllegalStateException("the server is not ready:\n" + Files.readString(log));
        }
        TimeUnit.MILLISECONDS.sleep(200);
      }
    }

    private static void stop(Process launcher) {
      launcher.destroy();
      try {
        launcher.waitFor(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

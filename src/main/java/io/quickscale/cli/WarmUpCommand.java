package io.quickscale.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Command;

/**
 * Does what commands do, for nobody: the launcher records the classes that this needs, so that
 * later starts find them in an archive.
 */
@Command(name = "warm-up", hidden = true, description = "Used by the launcher.")
final class WarmUpCommand extends Subcommand {
  private static final String ANSWER =
      """
      {"items": [{"name": "any", "credit_cost": 1.5, "pricing": {"units": []}}],
       "user": {"email": "any"}, "available_credits": 1, "grants": [{"amount": 1}]}
      """;

  private static final String[][] COMMANDS = {
    {"--help"},
    {"credits", "--help"},
    {"list-services"},
    {"list-services", "--json"},
    {"credits"},
    {"usage"},
    {"run", "any", "--input", "{\"any\": 1.5}"},
    {"run", "any", "--inptu", "wrong"},
    {"doctor"},
    {"profile", "list"},
  };

  WarmUpCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = ANSWER.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(answer);
          }
        });
    server.start();
    try {
      Terminal nobody = nobody("http://127.0.0.1:" + server.getAddress().getPort());
      for (String[] arguments : COMMANDS) {
        new CommandLineTool(nobody).run(arguments);
      }
    } finally {
      server.stop(0);
    }
    return ExitCode.DONE;
  }

  private Terminal nobody(String url) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    return new Terminal(
        Map.of("QUICKSCALE_URL", url, "QUICKSCALE_API_KEY", "qs_any_00000000"),
        terminal.directory(),
        InputStream.nullInputStream(),
        nowhere,
        nowhere,
        true,
        true,
        terminal.width());
  }
}

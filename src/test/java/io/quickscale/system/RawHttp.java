package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Sends over a connection of its own what Java's client will not: each line as it stands. */
final class RawHttp {
  private static final int PATIENCE_MILLIS = 60_000;

  private final URI server;

  RawHttp(QuickScale quickScale) {
    server = URI.create(quickScale.url());
  }

  /** An answer, as the octets of ISO-8859-1. */
  record Answer(int status, String head, String body) {
    Optional<String> header(String name) {
      return head.lines()
          .filter(
              line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
          .map(line -> line.substring(name.length() + 1).trim())
          .findFirst();
    }

    /** This answer, if it is a problem with this status and code. */
    Answer expectProblem(int expected, String code) {
      assertThat(status).as(head + body).isEqualTo(expected);
      assertThat(header("Content-Type")).contains("application/problem+json");
      assertThat(header("X-Request-Id")).isPresent();
      assertThat(json().getString("code")).isEqualTo(code);
      assertThat(json().getInt("status")).isEqualTo(expected);
      return this;
    }

    JsonObject json() {
      try (JsonReader reader = Json.createReader(new StringReader(body))) {
        return reader.readObject();
      }
    }
  }

  /** A request without a body. */
  Answer send(String methodAndTarget, String... headers) {
    return sendBody(methodAndTarget, "", headers);
  }

  /** A request with a body, whose length is said. */
  Answer sendBody(String methodAndTarget, String body, String... headers) {
    return exchange(head(methodAndTarget, headers) + length(body) + "\r\n" + body);
  }

  /** Sends the beginning of a request and hangs up. */
  void sendAndLeave(String methodAndTarget, String begun, String... headers) {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write(
              (head(methodAndTarget, headers) + "Content-Length: 100\r\n\r\n" + begun)
                  .getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String length(String body) {
    return body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
  }

  private String head(String methodAndTarget, String... headers) {
    StringBuilder head = new StringBuilder(methodAndTarget + " HTTP/1.1\r\nConnection: close\r\n");
    if (Stream.of(headers).noneMatch(header -> header.startsWith("Host:"))) {
      head.append("Host: ").append(server.getAuthority()).append("\r\n");
    }
    Stream.of(headers).forEach(header -> head.append(header).append("\r\n"));
    return head.toString();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private Answer exchange(String request) {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      int end = answer.indexOf("\r\n\r\n");
      String head = answer.substring(0, end);
      return new Answer(
          Integer.parseInt(head.split(" ", 3)[1]),
          head,
          unchunked(head, answer.substring(end + 4)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String unchunked(String head, String body) {
    // The answer to a HEAD has the headers of a body and none.
    if (body.isEmpty() || !head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
      return body;
    }
    StringBuilder whole = new StringBuilder();
    int at = 0;
    while (true) {
      int line = body.indexOf("\r\n", at);
      int length = Integer.parseInt(body.substring(at, line).trim(), 16);
      if (length == 0) {
        return whole.toString();
      }
      whole.append(body, line + 2, line + 2 + length);
      at = line + 2 + length + 2;
    }
  }
}

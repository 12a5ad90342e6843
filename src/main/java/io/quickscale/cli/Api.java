package io.quickscale.cli;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.SSLException;

/** The server's REST API, as far as commands need it. Safe for use by several threads. */
final class Api {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final int SENDS = 3;

  private final Server server;
  private final Duration timeout;
  private final HttpClient http;

  /**
   * An API.
   *
   * @param timeout how long to wait for an answer
   */
  Api(Server server, Duration timeout) {
    this.server = server;
    this.timeout = timeout;
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            // A key must not follow a redirection to another server.
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  Server server() {
    return server;
  }

  /** Text as part of a path or a query. */
  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  JsonNode get(String path) {
    return send("GET", path, null, null).jsonOrFail(server);
  }

  JsonNode put(String path, JsonNode body) {
    return send("PUT", path, Json.line(body), null).jsonOrFail(server);
  }

  JsonNode patch(String path, JsonNode body) {
    return send("PATCH", path, Json.line(body), null).jsonOrFail(server);
  }

  JsonNode post(String path, JsonNode body) {
    return send("POST", path, Json.line(body), null).jsonOrFail(server);
  }

  void delete(String path) {
    send("DELETE", path, null, null).orFail(server);
  }

  /**
   * Something that must happen once: sent again with the same key if the connection breaks, so that
   * it is known in the end whether it happened.
   *
   * @param idempotencyKey the user's own, or one that is made here
   */
  JsonNode postOnce(String path, JsonNode body, Optional<String> idempotencyKey) {
    String key = idempotencyKey.orElseGet(() -> UUID.randomUUID().toString());
    for (int sent = 1; ; sent++) {
      try {
        return exchange("POST", path, Json.line(body), key).jsonOrFail(server);
      } catch (IOException e) {
        if (sent == SENDS || neverArrived(e)) {
          throw new Failure(
              unreachable(e)
                  + (neverArrived(e)
                      ? ""
                      : " Whether it happened is not known; to ask for the same once more:"
                          + " --idempotency-key "
                          + key),
              e);
        }
      }
    }
  }

  /**
   * Sends a request.
   *
   * @throws Failure there is no answer
   */
  Answer send(String method, String path, String body, String idempotencyKey) {
    try {
      return exchange(method, path, body, idempotencyKey);
    } catch (IOException e) {
      throw new Failure(unreachable(e), e);
    }
  }

  /**
   * Sends a request.
   *
   * @param body JSON; null for none
   * @param idempotencyKey null for none
   * @throws IOException there is no answer
   */
  Answer exchange(String method, String path, String body, String idempotencyKey)
      throws IOException {
    if (body != null && !Texts.isUnicode(body)) {
      throw new Failure("There is half a character in what was to be sent: that is not Unicode.");
    }
    HttpRequest.Builder request = request(method, path, body, "application/json");
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    try {
      return new Answer(http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private HttpRequest.Builder request(String method, String path, String body, String accept) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .timeout(timeout)
            .header("Accept", accept)
            .header("User-Agent", "quickscale-cli/" + RootCommand.Version.number())
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    server.key().ifPresent(key -> request.header("Authorization", "Bearer " + key));
    return request;
  }

  /**
   * Copies an answer of another kind than JSON as it comes.
   *
   * @param mediaType what is asked for, {@code text/csv}
   * @throws Failure there is no answer, or another one
   */
  void copy(String path, String mediaType, Writer out) {
    try {
      HttpResponse<InputStream> response =
          http.send(request("GET", path, null, mediaType).build(), BodyHandlers.ofInputStream());
      try (Reader body = new InputStreamReader(response.body(), StandardCharsets.UTF_8)) {
        if (response.statusCode() != 200) {
          StringWriter problem = new StringWriter();
          body.transferTo(problem);
          new Answer(response.statusCode(), Map.of(), problem.toString()).orFail(server);
        }
        body.transferTo(out);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(unreachable(new IOException("interrupted", e)), e);
    } catch (IOException e) {
      throw new Failure(unreachable(e), e);
    }
  }

  /** An event that a server sends; its id is where another connection would go on. */
  record Event(String name, String id, String data) {}

  /** Takes events. */
  interface EventReader {
    /**
     * Takes one.
     *
     * @return whether it was the last
     */
    boolean read(Event event) throws IOException;
  }

  /**
   * Reads server-sent events until the last one, or until the connection ends.
   *
   * @param lastEventId of the last event of another connection; null for none
   * @param patience how long a connection may be silent, comments included
   * @throws IOException the connection broke
   * @throws Failure the server refuses
   */
  void events(String path, String lastEventId, Duration patience, EventReader reader)
      throws IOException {
    HttpRequest.Builder request = request("GET", path, null, "text/event-stream");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() != 200) {
          String problem = new String(body.readAllBytes(), StandardCharsets.UTF_8);
          new Answer(response.statusCode(), Map.of(), problem).orFail(server);
        }
        new EventLines(body, patience).read(reader);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static boolean neverArrived(IOException e) {
    return e instanceof ConnectException
        || e instanceof HttpConnectTimeoutException
        || e instanceof UnknownHostException;
  }

  /** Why there is no answer, and what to do. */
  String unreachable(IOException e) {
    String to =
        " ./scripts/run starts a server here; --url, QUICKSCALE_URL or a profile names another.";
    if (e instanceof HttpConnectTimeoutException) {
      return server.url() + " cannot be reached: no connection within 10 seconds." + to;
    } else if (e instanceof HttpTimeoutException) {
      return server.url() + " has not answered within " + timeout.toSeconds() + " seconds.";
    } else if (e instanceof ConnectException) {
      boolean unknown = e.getCause() != null && String.valueOf(e.getCause()).contains("Unresolved");
      return unknown
          ? "There is no host '" + server.url().getHost() + "' (" + server.from() + ")." + to
          : "Nothing answers at " + server.url() + " (" + server.from() + ")." + to;
    }
    if (e instanceof SSLException) {
      return "There is no secure connection to "
          + server.url()
          + ": does it speak https, with a certificate that Java trusts and that is for this host?"
          + said(e);
    }
    return "The connection to " + server.url() + " broke." + said(e);
  }

  /** What the platform says, without the names of classes that it puts before it. */
  private static String said(IOException e) {
    String why =
        String.valueOf(e.getMessage()).replaceAll("\\b(\\w+\\.)+\\w*(Exception|Error):? ?", "");
    return e.getMessage() == null ? "" : " (" + Texts.clean(why) + ")";
  }

  /** An answer of any status. */
  record Answer(int status, Map<String, String> headers, String body) {
    private Answer(HttpResponse<String> response) {
      this(
          response.statusCode(),
          response.headers().map().entrySet().stream()
              .collect(
                  toMap(
                      header -> header.getKey().toLowerCase(Locale.ROOT),
                      header -> header.getValue().get(0),
                      (one, other) -> one)),
          response.body());
    }

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    boolean isSuccess() {
      return status >= 200 && status < 300;
    }

    /** The problem that this answer is; also an answer that is no problem document becomes one. */
    JsonNode problem() {
      try {
        JsonNode problem = Json.read(body);
        if (problem.has("code")) {
          return problem;
        }
      } catch (IOException e) {
        // A proxy or another server: answered below.
      }
      return Json.object()
          .put("status", status)
          .put("code", "not_quickscale")
          .put(
              "detail",
              "The answer was HTTP "
                  + status
                  + " without a problem document: is there a QuickScale server behind this URL?");
    }

    Answer orFail(Server server) {
      if (!isSuccess()) {
        throw new ProblemFailure(problem(), server);
      }
      return this;
    }

    JsonNode jsonOrFail(Server server) {
      orFail(server);
      try {
        return Json.read(body);
      } catch (IOException e) {
        throw new Failure(
            server.url() + " did not answer in JSON: is there a QuickScale server behind this URL?",
            e);
      }
    }
  }
}

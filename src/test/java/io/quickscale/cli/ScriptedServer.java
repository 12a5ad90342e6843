package io.quickscale.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server whose answers a test writes down beforehand. */
final class ScriptedServer implements AutoCloseable {
  static {
    // Head and body are sent apart: the second would wait 40 ms for the first to be acknowledged.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Function<Request, Response>> answers = new ConcurrentHashMap<>();
  private volatile Response otherwise = Response.problem(404, "not_found", "");
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  /** A request as it came in. */
  record Request(String method, String path, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.get(name.toLowerCase());
    }
  }

  /** An answer; a status of 0 breaks the connection. */
  record Response(int status, String body, Map<String, String> headers) {
    static final Response BROKEN = new Response(0, "", Map.of());

    static Response ok(String body) {
      return new Response(200, body, Map.of());
    }

    static Response problem(int status, String code, String more) {
      return new Response(
          status,
          "{\"status\": %d, \"code\": \"%s\", \"title\": \"A title\", \"detail\": \"A detail.\"%s}"
              .formatted(status, code, more),
          Map.of());
    }

    Response with(String header, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(header, value);
      return new Response(status, body, more);
    }
  }

  ScriptedServer() {
    try {
      http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new AssertionError("No server", e);
    }
    http.setExecutor(threads);
    http.createContext("/", this::answer);
    http.start();
  }

  String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** What is answered to, for example, {@code GET /api/v1/me}; a query string is not looked at. */
  ScriptedServer on(String request, Function<Request, Response> answer) {
    answers.put(request, answer);
    return this;
  }

  ScriptedServer on(String request, String answer) {
    return on(request, any -> Response.ok(answer));
  }

  /** What is answered to everything else. */
  ScriptedServer always(Response answer) {
    otherwise = answer;
    return this;
  }

  List<Request> requests() {
    return requests;
  }

  List<Request> requests(String method, String path) {
    return requests.stream()
        .filter(r -> r.method().equals(method) && r.path().split("\\?")[0].equals(path))
        .toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
    Request request =
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    requests.add(request);
    Response response =
        answers
            .getOrDefault(
                request.method() + " " + exchange.getRequestURI().getPath(), any -> otherwise)
            .apply(request);
    if (response.status() != 0) {
      response.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(response.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}

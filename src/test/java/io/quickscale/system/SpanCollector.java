package io.quickscale.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;

/** Takes what a server exports by OTLP over HTTP, as an OpenTelemetry collector would. */
final class SpanCollector implements AutoCloseable {
  private final HttpServer http;
  private final Queue<Collected> spans = new ConcurrentLinkedQueue<>();

  private SpanCollector(HttpServer http) {
    this.http = http;
  }

  /** A span that has arrived; ids in hexadecimal. */
  record Collected(
      String name,
      String traceId,
      String id,
      String parentId,
      Map<String, String> attributes,
      boolean failed,
      String whole) {
    static Collected of(Span span) {
      return new Collected(
          span.getName(),
          hex(span.getTraceId().toByteArray()),
          hex(span.getSpanId().toByteArray()),
          hex(span.getParentSpanId().toByteArray()),
          span.getAttributesList().stream()
              .filter(attribute -> attribute.getValue().hasStringValue())
              .collect(
                  Collectors.toMap(
                      attribute -> attribute.getKey(),
                      attribute -> attribute.getValue().getStringValue())),
          span.getStatus().getCodeValue() == 2,
          span.toString());
    }

    private static String hex(byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
  }

  static SpanCollector start() throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    SpanCollector collector = new SpanCollector(http);
    http.createContext("/v1/traces", collector::take);
    http.start();
    return collector;
  }

  /** What a server's environment must say to export here, soon. */
  Map<String, String> settings() {
    return Map.of(
        "OTEL_SDK_DISABLED", "false",
        "OTEL_SERVICE_NAME", "quickscale",
        "OTEL_TRACES_EXPORTER", "otlp",
        "OTEL_METRICS_EXPORTER", "none",
        "OTEL_LOGS_EXPORTER", "none",
        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + http.getAddress().getPort(),
        "OTEL_BSP_SCHEDULE_DELAY", "100");
  }

  /** The spans of a trace that have arrived so far. */
  List<Collected> trace(String traceId) {
    return spans.stream().filter(span -> span.traceId().equals(traceId)).toList();
  }

  @Override
  public void close() {
    http.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      ExportTraceServiceRequest.parseFrom(body(exchange)).getResourceSpansList().stream()
          .flatMap(resource -> resource.getScopeSpansList().stream())
          .flatMap(scope -> scope.getSpansList().stream())
          .map(Collected::of)
          .forEach(spans::add);
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** Payara sends it as it is, WildFly compressed. */
  private static InputStream body(HttpExchange exchange) throws IOException {
    InputStream sent = exchange.getRequestBody();
    return "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
        ? new GZIPInputStream(sent)
        : sent;
  }
}

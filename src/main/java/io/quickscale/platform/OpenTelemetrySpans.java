package io.quickscale.platform;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import jakarta.enterprise.inject.Instance;
import java.util.Optional;

/** Spans by the server's OpenTelemetry. Nothing else names its classes: a server may lack them. */
final class OpenTelemetrySpans implements Tracing.Spans {
  private final Tracer tracer;

  OpenTelemetrySpans(OpenTelemetry telemetry) {
    this.tracer = telemetry.getTracer("io.quickscale");
  }

  /**
   * Spans as the server is configured to treat them; empty if it has no OpenTelemetry for
   * applications.
   */
  static Optional<Tracing.Spans> ofServer(Instance<Object> beans) {
    Instance<OpenTelemetry> server = beans.select(OpenTelemetry.class);
    return server.isResolvable()
        ? Optional.of(new OpenTelemetrySpans(server.get()))
        : Optional.empty();
  }

  @Override
  public Optional<String> traceId() {
    SpanContext current = Span.current().getSpanContext();
    return current.isValid() ? Optional.of(current.getTraceId()) : Optional.empty();
  }

  @Override
  public Tracing.Span start(String name) {
    return new Step(tracer.spanBuilder(name).startSpan());
  }

  private static final class Step implements Tracing.Span {
    private final Span span;
    private final Scope scope;

    Step(Span span) {
      this.span = span;
      this.scope = span.makeCurrent();
    }

    @Override
    public void attribute(String name, String value) {
      span.setAttribute(name, value);
    }

    @Override
    public void failed(String code, Throwable cause) {
      span.setStatus(StatusCode.ERROR, code);
      span.setAttribute("error.type", code);
      span.addEvent(
          "exception",
          Attributes.builder().put("exception.type", cause.getClass().getName()).build());
    }

    @Override
    public void close() {
      scope.close();
      span.end();
    }
  }
}

package io.quickscale.platform;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The seam to the server's tracing (MicroProfile Telemetry, which is OpenTelemetry). Spans are only
 * made inside a request that the server traces; where it has no OpenTelemetry, or it is off, this
 * costs the look at a field.
 */
@ApplicationScoped
public class Tracing {
  private static final Logger LOG = Logger.getLogger(Tracing.class.getName());

  @Inject Instance<Object> beans;

  /** MicroProfile Telemetry's switch: nothing is traced unless it is false. */
  @Inject
  @ConfigProperty(name = "otel.sdk.disabled", defaultValue = "true")
  boolean isOff;

  private Spans spans;

  /** One step of a traced request; ends on the thread that started it. */
  public interface Span extends AutoCloseable {
    void attribute(String name, String value);

    /**
     * Marks the step as failed.
     *
     * @param code stands for the failure
     * @param cause only its class is told: its message may quote what a caller sent
     */
    void failed(String code, Throwable cause);

    @Override
    void close();
  }

  /** Makes spans. No signature here names OpenTelemetry: servers without it must load this. */
  interface Spans {
    /** The trace that the current thread works for. */
    Optional<String> traceId();

    /** Starts a span below the current one and makes it the current one. */
    Span start(String name);
  }

  /** For the container. */
  public Tracing() {}

  Tracing(Spans spans) {
    this.spans = spans;
  }

  @PostConstruct
  void findTheServers() {
    // Asked for its OpenTelemetry, Payara would trace every request from then on, although it is
    // off.
    if (isOff) {
      return;
    }
    try {
      spans = OpenTelemetrySpans.ofServer(beans).orElse(null);
    } catch (NoClassDefFoundError theServerHasNone) {
      LOG.log(Level.FINE, "No OpenTelemetry here", theServerHasNone);
    } catch (RuntimeException e) {
      // A run is worth more than its trace.
      LOG.log(Level.WARNING, "The server's OpenTelemetry cannot be used: nothing is traced", e);
    }
  }

  /** Whether the server traces the request that the current thread works for. */
  public boolean isTraced() {
    return spans != null && spans.traceId().isPresent();
  }

  /** The trace of the request that the current thread works for, if it is traced. */
  public Optional<String> traceId() {
    return spans == null ? Optional.empty() : spans.traceId();
  }

  /** Starts a step of the current request; only where {@link #isTraced}. */
  public Span start(String name) {
    return spans.start(name);
  }
}

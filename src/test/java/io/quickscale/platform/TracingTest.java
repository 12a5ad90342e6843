package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TracingTest {
  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private final Tracing tracing = new Tracing(new OpenTelemetrySpans(OTEL.getOpenTelemetry()));

  @Test
  void aStepIsASpanBelowTheServers() {
    Span server =
        inRequest(
            () -> {
              try (Tracing.Span step = tracing.start("hold")) {
                step.attribute("quickscale.service", "word_count");
              }
            });

    SpanData hold = OTEL.getSpans().get(0);
    assertThat(hold.getName()).isEqualTo("hold");
    assertThat(hold.getParentSpanId()).isEqualTo(server.getSpanContext().getSpanId());
    assertThat(hold.getAttributes().get(AttributeKey.stringKey("quickscale.service")))
        .isEqualTo("word_count");
  }

  @Test
  void whatAStepCallsIsBelowTheStep() {
    inRequest(
        () -> {
          Tracing.Span execute = tracing.start("execute");
          tracing.start("inner").close();
          execute.close();
        });

    SpanData inner = OTEL.getSpans().get(0);
    SpanData execute = OTEL.getSpans().get(1);
    assertThat(inner.getParentSpanId()).isEqualTo(execute.getSpanId());
  }

  @Test
  void aFailedStepTellsTheCodeAndTheClassButNotTheMessage() {
    inRequest(
        () -> {
          try (Tracing.Span step = tracing.start("execute")) {
            step.failed("service_failed", new IllegalStateException("the text 'my secret' is bad"));
          }
        });

    SpanData execute = OTEL.getSpans().get(0);
    assertThat(execute.getStatus())
        .isEqualTo(StatusData.create(StatusCode.ERROR, "service_failed"));
    assertThat(execute.getAttributes().get(AttributeKey.stringKey("error.type")))
        .isEqualTo("service_failed");
    assertThat(
            execute
                .getEvents()
                .get(0)
                .getAttributes()
                .get(AttributeKey.stringKey("exception.type")))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(execute.toString()).doesNotContain("my secret");
  }

  @Test
  void theTraceIsThatOfTheServersSpan() {
    AtomicReference<Optional<String>> seen = new AtomicReference<>();

    Span server = inRequest(() -> seen.set(tracing.traceId()));

    assertThat(seen.get()).contains(server.getSpanContext().getTraceId());
  }

  @Test
  void outsideOfATracedRequestThereIsNoTrace() {
    assertThat(tracing.isTraced()).isFalse();
    assertThat(tracing.traceId()).isEmpty();
  }

  /** Payara would trace every request from then on. */
  @Test
  void aServerThatIsNotToTraceIsNotEvenAskedForItsOpenTelemetry() {
    List<String> asked = new ArrayList<>();
    Tracing off = new Tracing();
    off.isOff = true;
    off.beans = beansThatNote(asked);

    off.findTheServers();

    assertThat(asked).isEmpty();
    assertThat(off.isTraced()).isFalse();
  }

  @SuppressWarnings("unchecked")
  private static Instance<Object> beansThatNote(List<String> asked) {
    return (Instance<Object>)
        Proxy.newProxyInstance(
            TracingTest.class.getClassLoader(),
            new Class<?>[] {Instance.class},
            (proxy, method, arguments) -> {
              asked.add(method.getName());
              return null;
            });
  }

  /** WildFly without its subsystem: the class of the seam is there, those of the API are not. */
  @Test
  void aServerWithoutOpenTelemetryTracesNothing() throws Exception {
    try (URLClassLoader server = new WithoutOpenTelemetry()) {
      Class<?> seam = server.loadClass(Tracing.class.getName());
      Object tracing = seam.getConstructor().newInstance();
      var find = seam.getDeclaredMethod("findTheServers");
      find.setAccessible(true);

      find.invoke(tracing);

      assertThat(seam).isNotSameAs(Tracing.class);
      assertThat(seam.getMethod("isTraced").invoke(tracing)).isEqualTo(false);
      assertThat(seam.getMethod("traceId").invoke(tracing).toString()).isEqualTo("Optional.empty");
    }
  }

  /** Does something inside a span as a server would make it for a request. */
  private static Span inRequest(Runnable work) {
    Span server = OTEL.getOpenTelemetry().getTracer("server").spanBuilder("POST").startSpan();
    Scope request = server.makeCurrent();
    try {
      work.run();
    } finally {
      request.close();
    }
    return server;
  }

  private static final class WithoutOpenTelemetry extends URLClassLoader {
    WithoutOpenTelemetry() {
      super(
          new URL[] {Tracing.class.getProtectionDomain().getCodeSource().getLocation()},
          TracingTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.opentelemetry.")) {
        throw new ClassNotFoundException(name);
      }
      return name.startsWith("io.quickscale.platform.")
          ? findLoadedOrOwn(name)
          : super.loadClass(name, resolve);
    }

    private Class<?> findLoadedOrOwn(String name) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}

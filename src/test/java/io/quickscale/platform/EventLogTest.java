package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class EventLogTest {
  private final List<LogRecord> lines = new ArrayList<>();
  private final List<Map<String, String>> contexts = new ArrayList<>();
  private final Logger logger = Logger.getAnonymousLogger();
  private final EventLog log = new EventLog();

  @BeforeEach
  void listen() {
    logger.setUseParentHandlers(false);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line);
            contexts.add(MDC.getCopyOfContextMap());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    log.tracing = traced(Optional.of("0af7651916cd43dd8448eb211c80319c"));
  }

  @Test
  void aLineSaysWhatHappenedToWhatAndInWhichTrace() {
    log.log(logger, Level.INFO, "run", "usage_id", "0SB4", "attempts", 2);

    assertThat(new SimpleFormatter().formatMessage(lines.get(0)))
        .isEqualTo("run usage_id=0SB4 attempts=2 trace_id=0af7651916cd43dd8448eb211c80319c");
  }

  @Test
  void theFactsAreThereForAJsonLogToo() {
    log.log(logger, Level.INFO, "run", "usage_id", "0SB4", "attempts", 2);

    assertThat(lines.get(0).getParameters())
        .containsExactly(
            Map.of(
                "usage_id", "0SB4", "attempts", 2, "trace_id", "0af7651916cd43dd8448eb211c80319c"));
  }

  @Test
  void theFactsAreTheContextOfTheLineAndOfNoOther() {
    log.log(logger, Level.INFO, "run", "usage_id", "0SB4");

    assertThat(contexts)
        .containsExactly(
            Map.of("usage_id", "0SB4", "trace_id", "0af7651916cd43dd8448eb211c80319c"));
    assertThat(MDC.get("usage_id")).isNull();
  }

  @Test
  void aRequestThatIsNotTracedHasNoTrace() {
    log.tracing = traced(Optional.empty());

    log.log(logger, Level.INFO, "run", "usage_id", "0SB4");

    assertThat(lines.get(0).getMessage()).isEqualTo("run usage_id=0SB4");
  }

  @Test
  void aFailureKeepsItsCause() {
    IllegalStateException cause = new IllegalStateException();

    log.log(logger, Level.SEVERE, cause, "run failed", "usage_id", "0SB4");

    assertThat(lines.get(0).getThrown()).isSameAs(cause);
    assertThat(lines.get(0).getLevel()).isEqualTo(Level.SEVERE);
  }

  @Test
  void aLevelThatIsOffIsNotLogged() {
    logger.setLevel(Level.WARNING);

    log.log(logger, Level.INFO, "run", "usage_id", "0SB4");

    assertThat(lines).isEmpty();
  }

  private static Tracing traced(Optional<String> traceId) {
    return new Tracing(
        new Tracing.Spans() {
          @Override
          public Optional<String> traceId() {
            return traceId;
          }

          @Override
          public Tracing.Span start(String name) {
            throw new UnsupportedOperationException("A log line is no span");
          }
        });
  }
}

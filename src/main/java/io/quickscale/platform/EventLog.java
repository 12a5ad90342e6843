package io.quickscale.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.MDC;

/**
 * Log lines that say what happened and to what: {@code run usage_id=0SB4… service=…}, and the trace
 * of the request if it is traced. The text is for people and for every server; the same facts are
 * the record's parameter, which Payara's JSON log shows as members of the line, and SLF4J's
 * diagnostic context, which WildFly's shows as its member {@code mdc}.
 *
 * <p>Facts are ids, names, codes and numbers, never what a caller sent.
 */
@ApplicationScoped
public class EventLog {
  @Inject Tracing tracing;

  /**
   * Logs an event of the current request.
   *
   * @param facts name and value in turn
   */
  public void log(Logger logger, Level level, String event, Object... facts) {
    log(logger, level, null, event, facts);
  }

  /**
   * Logs a failure in the current request.
   *
   * @param facts name and value in turn
   */
  public void log(Logger logger, Level level, Throwable thrown, String event, Object... facts) {
    if (logger.isLoggable(level)) {
      log(logger, level, thrown, tracing.traceId(), event, facts);
    }
  }

  /**
   * Logs a failure in a request whose span has ended.
   *
   * @param facts name and value in turn
   */
  public void log(
      Logger logger,
      Level level,
      Throwable thrown,
      Optional<String> traceId,
      String event,
      Object... facts) {
    Map<String, Object> named = named(facts);
    traceId.ifPresent(id -> named.put("trace_id", id));
    LogRecord line = new LogRecord(level, text(event, named));
    line.setLoggerName(logger.getName());
    // Else the record would look for its caller on the stack.
    line.setSourceClassName(logger.getName());
    line.setParameters(new Object[] {named});
    line.setThrown(thrown);
    logAmong(named, logger, line);
  }

  private static void logAmong(Map<String, Object> facts, Logger logger, LogRecord line) {
    facts.forEach((name, value) -> MDC.put(name, String.valueOf(value)));
    try {
      logger.log(line);
    } finally {
      facts.keySet().forEach(MDC::remove);
    }
  }

  private static Map<String, Object> named(Object... facts) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < facts.length; i += 2) {
      named.put((String) facts[i], facts[i + 1]);
    }
    return named;
  }

  private static String text(String event, Map<String, Object> facts) {
    StringJoiner text = new StringJoiner(" ").add(event);
    facts.forEach((name, value) -> text.add(name + "=" + value));
    return text.toString();
  }
}

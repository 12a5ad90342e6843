package io.quickscale.platform;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * Gives the {@code delay} of each {@link CircuitBreaker} in milliseconds when it is written in
 * another unit: Payara, as of 6.2025.10, takes the number and forgets the unit. What the
 * configuration says of delay and unit still counts: this source reads those below it, and says
 * nothing itself unless there is a unit to turn.
 */
public final class BreakerDelays implements ConfigSource {
  private static final String ANNOTATION = CircuitBreaker.class.getSimpleName();
  private static final String DELAY = "delay";
  private static final String UNIT = "delayUnit";
  private static final Pattern NAME =
      Pattern.compile("([^/]+)(?:/([^/]+))?/" + ANNOTATION + "/(delay|delayUnit)");

  private final Supplier<Iterable<ConfigSource>> sources;

  /** Of the application's configuration. */
  public BreakerDelays() {
    this(() -> ConfigProvider.getConfig().getConfigSources());
  }

  /** Of all these sources, which may have this one among them. */
  BreakerDelays(Supplier<Iterable<ConfigSource>> sources) {
    this.sources = sources;
  }

  @Override
  public int getOrdinal() {
    return Integer.MAX_VALUE;
  }

  @Override
  public String getName() {
    return "circuit breaker delays in milliseconds";
  }

  @Override
  public Set<String> getPropertyNames() {
    return Set.of();
  }

  @Override
  public String getValue(String name) {
    Matcher found = NAME.matcher(name);
    return found.matches()
        ? breaker(found.group(1), found.group(2))
            .flatMap(breaker -> value(name, found.group(3), breaker))
            .orElse(null)
        : null;
  }

  private Optional<String> value(String name, String member, CircuitBreaker breaker) {
    String prefix = name.substring(0, name.lastIndexOf('/') + 1);
    try {
      ChronoUnit unit =
          configured(prefix, UNIT).map(ChronoUnit::valueOf).orElseGet(breaker::delayUnit);
      if (unit == ChronoUnit.MILLIS) {
        return Optional.empty();
      }
      long delay = configured(prefix, DELAY).map(Long::valueOf).orElseGet(breaker::delay);
      return Optional.of(
          member.equals(UNIT)
              ? ChronoUnit.MILLIS.name()
              : Long.toString(Duration.of(delay, unit).toMillis()));
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      return Optional.empty(); // What is configured is wrong: the server says so.
    }
  }

  /** For this method or class, else for all. */
  private Optional<String> configured(String prefix, String member) {
    return below(prefix + member).or(() -> below(ANNOTATION + "/" + member));
  }

  private Optional<String> below(String name) {
    return StreamSupport.stream(sources.get().spliterator(), false)
        .filter(source -> !(source instanceof BreakerDelays))
        .map(source -> source.getValue(name))
        .filter(value -> value != null && !value.isBlank())
        .map(String::trim)
        .findFirst();
  }

  private static Optional<CircuitBreaker> breaker(String className, String method) {
    return type(className)
        .flatMap(
            type ->
                method == null
                    ? Optional.ofNullable(type.getAnnotation(CircuitBreaker.class))
                    : onMethod(type, method));
  }

  /** A class in a class has a dot in one server's names, and a dollar sign in another's. */
  private static Optional<Class<?>> type(String name) {
    try {
      return Optional.of(
          Class.forName(name, false, Thread.currentThread().getContextClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      int dot = name.lastIndexOf('.');
      return dot < 0
          ? Optional.empty()
          : type(name.substring(0, dot) + "$" + name.substring(dot + 1));
    }
  }

  private static Optional<CircuitBreaker> onMethod(Class<?> type, String name) {
    return Stream.<Class<?>>iterate(type, level -> level != null, Class::getSuperclass)
        .flatMap(level -> Stream.of(level.getDeclaredMethods()))
        .filter(method -> method.getName().equals(name))
        .map(method -> method.getAnnotation(CircuitBreaker.class))
        .filter(found -> found != null)
        .findFirst();
  }
}

package io.quickscale.run;

import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;

/**
 * How long a service's circuit breaker stays open, as its annotation and the configuration say
 * (MicroProfile Fault Tolerance, "Configuration"): a caller that is refused waits no longer.
 */
final class BreakerWait {
  private static final String METHOD = "executeService";

  private final Function<String, Optional<Long>> configured;

  /**
   * @param configured gives what the configuration says under a name, in milliseconds
   */
  BreakerWait(Function<String, Optional<Long>> configured) {
    this.configured = configured;
  }

  /** Empty if the service has no circuit breaker. */
  Optional<Duration> of(BaseService<?, ?> instance) {
    Class<?> service = serviceClass(instance.getClass());
    return onMethod(service)
        .map(breaker -> delay(service.getName() + "/" + METHOD, breaker))
        .or(
            () ->
                Optional.ofNullable(service.getAnnotation(CircuitBreaker.class))
                    .map(breaker -> delay(service.getName(), breaker)));
  }

  /** The instance may be a server's proxy, whose class is made from the service's. */
  private static Class<?> serviceClass(Class<?> type) {
    return levels(type)
        .filter(level -> level.isAnnotationPresent(RegisterService.class))
        .findFirst()
        .orElse(type);
  }

  private static Optional<CircuitBreaker> onMethod(Class<?> service) {
    return levels(service)
        .flatMap(level -> Stream.of(level.getDeclaredMethods()))
        .filter(method -> method.getName().equals(METHOD))
        .map((Method method) -> method.getAnnotation(CircuitBreaker.class))
        .filter(found -> found != null)
        .findFirst();
  }

  private static Stream<Class<?>> levels(Class<?> type) {
    return Stream.iterate(type, level -> level != null, Class::getSuperclass);
  }

  private Duration delay(String place, CircuitBreaker breaker) {
    return configured
        .apply(place + "/CircuitBreaker/delay")
        .map(Duration::ofMillis)
        .orElseGet(() -> Duration.of(breaker.delay(), breaker.delayUnit()));
  }
}

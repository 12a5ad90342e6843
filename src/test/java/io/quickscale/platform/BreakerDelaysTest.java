package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BreakerDelaysTest {
  private static final String METHODS = Methods.class.getCanonicalName();
  private static final String TYPE = Whole.class.getCanonicalName();

  static class Methods {
    @CircuitBreaker(delay = 3, delayUnit = ChronoUnit.SECONDS)
    void seconds() {}

    @CircuitBreaker(delay = 3)
    void millis() {}

    void none() {}
  }

  static class Heir extends Methods {}

  @CircuitBreaker(delay = 2, delayUnit = ChronoUnit.MINUTES)
  static class Whole {}

  private final Map<String, String> configured = new HashMap<>();
  private final BreakerDelays delays = new BreakerDelays(this::sources);

  private Iterable<ConfigSource> sources() {
    return List.of(delays, new Configured());
  }

  private final class Configured implements ConfigSource {
    @Override
    public Set<String> getPropertyNames() {
      return configured.keySet();
    }

    @Override
    public String getValue(String name) {
      return configured.get(name);
    }

    @Override
    public String getName() {
      return "test";
    }
  }

  @Test
  void a_delay_in_another_unit_is_given_in_milliseconds() {
    assertThat(delays.getValue(METHODS + "/seconds/CircuitBreaker/delay")).isEqualTo("3000");
    assertThat(delays.getValue(METHODS + "/seconds/CircuitBreaker/delayUnit")).isEqualTo("MILLIS");
  }

  @Test
  void on_a_class_too() {
    assertThat(delays.getValue(TYPE + "/CircuitBreaker/delay")).isEqualTo("120000");
    assertThat(delays.getValue(TYPE + "/CircuitBreaker/delayUnit")).isEqualTo("MILLIS");
  }

  @Test
  void a_class_may_be_named_as_by_any_server_and_may_inherit_the_method() {
    assertThat(delays.getValue(Methods.class.getName() + "/seconds/CircuitBreaker/delay"))
        .isEqualTo("3000");
    assertThat(delays.getValue(Heir.class.getName() + "/seconds/CircuitBreaker/delay"))
        .isEqualTo("3000");
  }

  @ParameterizedTest
  @CsvSource({
    "/millis/CircuitBreaker/delay",
    "/millis/CircuitBreaker/delayUnit",
    "/none/CircuitBreaker/delay",
    "/nothing/CircuitBreaker/delay",
    "/CircuitBreaker/delay",
    "/seconds/CircuitBreaker/requestVolumeThreshold",
    "/seconds/Retry/delay"
  })
  void nothing_else_is_said(String rest) {
    assertThat(delays.getValue(METHODS + rest)).isNull();
    assertThat(delays.getValue("no.such.Class" + rest)).isNull();
    assertThat(delays.getValue("CircuitBreaker/delay")).isNull();
  }

  @Test
  void what_is_configured_counts_in_the_unit_that_is_written() {
    configured.put(METHODS + "/seconds/CircuitBreaker/delay", "7");

    assertThat(delays.getValue(METHODS + "/seconds/CircuitBreaker/delay")).isEqualTo("7000");
  }

  @Test
  void a_configured_unit_counts_for_the_number_that_is_written() {
    configured.put(METHODS + "/millis/CircuitBreaker/delayUnit", "HOURS");

    assertThat(delays.getValue(METHODS + "/millis/CircuitBreaker/delay")).isEqualTo("10800000");
  }

  @Test
  void what_is_configured_for_all_counts_unless_there_is_something_for_the_method() {
    configured.put("CircuitBreaker/delay", "8");
    configured.put("CircuitBreaker/delayUnit", "MINUTES");
    configured.put(METHODS + "/seconds/CircuitBreaker/delay", "9");

    assertThat(delays.getValue(METHODS + "/seconds/CircuitBreaker/delay")).isEqualTo("540000");
    assertThat(delays.getValue(METHODS + "/millis/CircuitBreaker/delay")).isEqualTo("480000");
  }

  @Test
  void milliseconds_that_are_configured_are_left_as_they_are() {
    configured.put(METHODS + "/seconds/CircuitBreaker/delayUnit", "MILLIS");

    assertThat(delays.getValue(METHODS + "/seconds/CircuitBreaker/delay")).isNull();
    assertThat(delays.getValue(METHODS + "/seconds/CircuitBreaker/delayUnit")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"delay,soon", "delayUnit,MOONS", "delayUnit,FOREVER", "delay,9223372036854775807"})
  void what_is_configured_and_wrong_is_left_to_the_server(String member, String value) {
    configured.put(METHODS + "/seconds/CircuitBreaker/" + member, value);

    assertThat(delays.getValue(METHODS + "/seconds/CircuitBreaker/delay")).isNull();
  }
}

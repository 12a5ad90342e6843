package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Configuration that counts as it is when it is used. */
class LiveValueTest {
  private final Map<String, String> source = new HashMap<>();
  private final LiveValue<Integer> limit =
      new LiveValue<>(
          new MapConfig(source), "limit", Integer.class, value -> value > 0, "1 or more");
  private final Logger log = Logger.getLogger(LiveValue.class.getName());
  private final List<String> warnings = new ArrayList<>();
  private final Handler listener =
      new Handler() {
        @Override
        public void publish(LogRecord entry) {
          warnings.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    log.addHandler(listener);
    log.setUseParentHandlers(false);
  }

  @AfterEach
  void leave() {
    log.removeHandler(listener);
    log.setUseParentHandlers(true);
  }

  @Test
  void countsAsItIsWhenItIsUsed() {
    assertThat(limit.orElse(7)).isEqualTo(7);

    source.put("limit", "10");
    assertThat(limit.orElse(7)).isEqualTo(10);

    source.put("limit", "20");
    assertThat(limit.orElse(7)).isEqualTo(20);

    source.remove("limit");
    assertThat(limit.orElse(7)).isEqualTo(7);
    assertThat(warnings).isEmpty();
  }

  @Test
  void aValueThatMakesNoSenseLeavesTheOneBefore() {
    source.put("limit", "10");
    assertThat(limit.orElse(7)).isEqualTo(10);

    source.put("limit", "-1");
    assertThat(limit.orElse(7)).isEqualTo(10);
    source.put("limit", "ten");
    assertThat(limit.orElse(7)).isEqualTo(10);

    assertThat(warnings)
        .hasSize(2)
        .allMatch(line -> line.startsWith("limit must be 1 or more, but is not"))
        .allMatch(line -> line.endsWith("10 is used on"));
  }

  @Test
  void aValueThatMakesNoSenseFromTheStartLeavesTheDefault() {
    source.put("limit", "0");

    assertThat(limit.orElse(7)).isEqualTo(7);
    assertThat(warnings).singleElement().asString().endsWith("its default is used");
  }

  @Test
  void complainsOnceAndAgainOnlyOfAnotherValue() {
    source.put("limit", "-1");
    limit.get();
    limit.get();
    source.put("limit", "-2");
    limit.get();
    limit.get();

    assertThat(warnings).hasSize(2);
  }
}

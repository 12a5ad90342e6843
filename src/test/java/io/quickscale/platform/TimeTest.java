package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TimeTest {
  @Test
  void nowIsInUtcAndInTheMicrosecondsThatDatabasesKeep() {
    Clock clock =
        Clock.fixed(Instant.parse("2026-11-22T08:00:00.123456789Z"), ZoneId.of("Asia/Tokyo"));

    OffsetDateTime now = new Time(clock).now();

    assertThat(now).isEqualTo(OffsetDateTime.parse("2026-11-22T08:00:00.123456Z"));
    assertThat(now.getOffset()).isEqualTo(ZoneOffset.UTC);
  }
}

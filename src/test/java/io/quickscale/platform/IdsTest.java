package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.hypersistence.tsid.TSID;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdsTest {
  private static final OffsetDateTime MOMENT =
      OffsetDateTime.of(2026, 11, 22, 8, 0, 0, 0, ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 31, 32, 4_194_304, 123_456_789_012_345_678L, Long.MAX_VALUE})
  void anIdSurvivesItsTextForm(long id) {
    assertThat(Ids.parse(Ids.format(id))).hasValue(id);
  }

  @Test
  void anIdIsShownAsThirteenLettersAndDigits() {
    assertThat(Ids.format(0)).isEqualTo("0000000000000");
    assertThat(Ids.format(Ids.from(MOMENT))).matches("[0-9A-HJKMNP-TV-Z]{13}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "000000000000",
        "00000000000000",
        "000000000000U",
        "00000-0000000",
        " 000000000000",
        "null"
      })
  void whatIsNoIdIsNone(String text) {
    assertThat(Ids.parse(text)).isEmpty();
  }

  @Test
  void aMomentThatNoIdCanHaveIsBeforeOrBehindAllIds() {
    assertThat(Ids.from(OffsetDateTime.parse("0001-01-01T00:00:00Z"))).isZero();
    assertThat(Ids.from(OffsetDateTime.parse("2019-12-31T23:59:59.999Z"))).isZero();
    assertThat(Ids.from(OffsetDateTime.parse("2089-01-01T00:00:00Z")))
        .isPositive()
        .isLessThan(Long.MAX_VALUE);
    assertThat(Ids.from(OffsetDateTime.parse("2100-01-01T00:00:00Z"))).isEqualTo(Long.MAX_VALUE);
    assertThat(Ids.from(OffsetDateTime.parse("9999-12-31T23:59:59Z"))).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void aPeriodIsARangeOfIds() {
    IdRange minute = IdRange.ALL.since(MOMENT).until(MOMENT.plusMinutes(1));

    assertThat(minute.from()).isEqualTo(Ids.from(MOMENT));
    assertThat(minute.end()).isEqualTo(Ids.from(MOMENT.plusMinutes(1)));
    assertThat(minute.before(minute.from() + 5))
        .isEqualTo(new IdRange(minute.from(), minute.from() + 5));
    assertThat(minute.before(Long.MAX_VALUE)).isEqualTo(minute);
    assertThat(minute.since(MOMENT.minusDays(1)).until(MOMENT.plusDays(1))).isEqualTo(minute);
  }

  @Test
  void noTextIsNoId() {
    assertThat(Ids.parse(null)).isEmpty();
  }

  @Test
  void laterIdsAreLargerAsNumbersAndAsTexts() {
    List<String> texts = new ArrayList<>();
    long last = 0;
    for (OffsetDateTime at : moments()) {
      long id = Ids.from(at);
      assertThat(id).isGreaterThan(last);
      last = id;
      texts.add(Ids.format(id));
    }

    assertThat(texts).isSorted();
  }

  @Test
  void aMomentLiesBetweenTheIdsBeforeItAndThoseFromThenOn() {
    long boundary = Ids.from(MOMENT);

    assertThat(idsOf(MOMENT)).allSatisfy(id -> assertThat(id).isGreaterThanOrEqualTo(boundary));
    assertThat(idsOf(MOMENT.minusNanos(1_000_000)))
        .allSatisfy(id -> assertThat(id).isLessThan(boundary));
  }

  private static List<OffsetDateTime> moments() {
    return List.of(
        MOMENT,
        MOMENT.plusNanos(1_000_000),
        MOMENT.plusSeconds(1),
        MOMENT.plusDays(1),
        MOMENT.plusYears(1),
        MOMENT.plusYears(40));
  }

  /** Ids as the first and the last node make them at one moment. */
  private static List<Long> idsOf(OffsetDateTime moment) {
    List<Long> ids = new ArrayList<>();
    for (int node : new int[] {0, 1023}) {
      TSID.Factory factory =
          TSID.Factory.builder()
              .withNodeBits(10)
              .withNode(node)
              .withClock(Clock.fixed(moment.toInstant(), ZoneOffset.UTC))
              .build();
      for (int i = 0; i < 100; i++) {
        ids.add(factory.generate().toLong());
      }
    }
    return ids;
  }
}

package io.quickscale.db;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.db.Quarantine.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuarantineTest {
  private long now = Long.MAX_VALUE - 5;
  private final Quarantine quarantine = new Quarantine(() -> now);

  @Test
  void aKeyIsLockedForAWhileThenSuspectUntilItIsReleased() {
    assertThat(verdict()).isEqualTo(Verdict.FREE);

    quarantine.add(1);
    assertThat(verdict()).isEqualTo(Verdict.LOCKED);
    pass(Duration.ofSeconds(1));
    assertThat(verdict()).isEqualTo(Verdict.SUSPECT);

    quarantine.release(1);
    assertThat(verdict()).isEqualTo(Verdict.FREE);
  }

  @Test
  void eachTimeTheWhileIsTwiceAsLongUpToAnEnd() {
    for (int seconds : new int[] {1, 2, 4, 8, 8}) {
      quarantine.add(1);
      assertThat(quarantine.refusal(1).retryAfter()).hasSeconds(seconds);
      pass(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void aKeyThatNobodyAsksForIsForgottenWhenAnotherIsLocked() {
    quarantine.add(1);
    pass(Duration.ofMinutes(2));

    quarantine.add(2);

    assertThat(verdict()).isEqualTo(Verdict.FREE);
    assertThat(quarantine.size()).isEqualTo(1);
  }

  private Verdict verdict() {
    return quarantine.of(1);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }
}

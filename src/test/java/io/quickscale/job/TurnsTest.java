package io.quickscale.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.job.Turns.Going;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose turn it is among a user's jobs, and how a job ends. */
class TurnsTest {
  private static Going waiting(long id, int priority) {
    return new Going(id, priority, false);
  }

  private static List<Long> next(int most, Going... going) {
    return Turns.next(List.of(going), most).stream().map(Going::id).toList();
  }

  @Test
  void theOlderOfEqualOnesIsFirst() {
    assertThat(next(2, waiting(3, 5), waiting(1, 5), waiting(2, 5))).containsExactly(1L, 2L);
  }

  @Test
  void aHigherPriorityGoesBeforeAge() {
    assertThat(next(2, waiting(1, 0), waiting(2, 5), waiting(3, 9))).containsExactly(3L, 2L);
  }

  @Test
  void thoseThatHaveTheirTurnCount() {
    Going admitted = new Going(1, 5, true);
    assertThat(next(2, admitted, waiting(2, 5), waiting(3, 5))).containsExactly(2L);
    assertThat(next(1, admitted, waiting(2, 5))).isEmpty();
  }

  @Test
  void whereFewerAreAllowedThanHaveTheirTurnNobodyIsNext() {
    assertThat(next(1, new Going(1, 5, true), new Going(2, 5, true), waiting(3, 9))).isEmpty();
  }

  @Test
  void aJobEndsAsItsItemsHave() {
    assertThat(JobStatus.atEnd(false, 3, 3, 0)).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(JobStatus.atEnd(false, 3, 3, 1)).isEqualTo(JobStatus.FAILED);
    assertThat(JobStatus.atEnd(true, 3, 2, 0)).isEqualTo(JobStatus.CANCELLED);
    assertThat(JobStatus.atEnd(true, 3, 3, 0))
        .as("cancelled when all had ended")
        .isEqualTo(JobStatus.SUCCEEDED);
  }
}

package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.node.SettableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Numbers to be done, two at a time; those in {@code stuck} cannot be. */
class KeyWalkTest {
  private final SettableClock clock = new SettableClock();
  private final Time time = new Time(clock);
  private final KeyWalk<Integer> walk = new KeyWalk<>(Duration.ofSeconds(30));
  private final TreeSet<Integer> toDo = new TreeSet<>(List.of(1, 2, 3, 4, 5, 6, 7));
  private final List<Integer> tried = new ArrayList<>();
  private Set<Integer> stuck = Set.of();
  private Duration timeForOne = Duration.ZERO;

  private int go() {
    tried.clear();
    return walk.go(time, this::next, this::doOne);
  }

  private List<Integer> next(Optional<Integer> after) {
    return toDo.tailSet(after.orElse(0), false).stream().limit(2).toList();
  }

  private boolean doOne(int number) {
    tried.add(number);
    clock.pass(timeForOne);
    return !stuck.contains(number) && toDo.remove(number);
  }

  @Test
  void everythingIsDoneInItsOrder() {
    assertThat(go()).isEqualTo(7);
    assertThat(tried).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(go()).isZero();
  }

  @Test
  void whatIsStuckIsTriedOnceAWalkAndKeepsNothingBack() {
    stuck = Set.of(1, 2, 3, 4);

    assertThat(go()).isEqualTo(3);
    assertThat(tried).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(go()).isZero();
    assertThat(tried).containsExactly(1, 2, 3, 4);
  }

  @Test
  void aWalkThatTakesTooLongStopsAndTheNextGoesOnThereAndThenBeginsAgain() {
    stuck = Set.of(1, 2, 3, 4);
    timeForOne = Duration.ofSeconds(10);

    assertThat(go()).isZero();
    assertThat(tried).containsExactly(1, 2, 3);
    assertThat(go()).isEqualTo(2);
    assertThat(tried).containsExactly(4, 5, 6);
    assertThat(go()).isEqualTo(1);
    assertThat(tried).containsExactly(7);
    go();
    assertThat(tried).containsExactly(1, 2, 3);
  }

  @Test
  void whatComesMeanwhileBehindIsDoneInTheSameWalk() {
    toDo.clear();
    toDo.add(5);

    assertThat(walk.go(time, this::next, number -> toDo.add(9) | doOne(number))).isEqualTo(2);
    assertThat(toDo).isEmpty();
  }
}

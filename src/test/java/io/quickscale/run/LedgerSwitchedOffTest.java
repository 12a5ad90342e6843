package io.quickscale.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.credit.Credits;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.ServiceFixture;
import io.quickscale.service.ServiceUser;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LedgerSwitchedOffTest {
  private static final OffsetDateTime NOW =
      OffsetDateTime.of(2026, 11, 28, 8, 0, 0, 0, ZoneOffset.UTC);

  private final LedgerSwitchedOff ledger = new LedgerSwitchedOff();

  @Test
  void doesNotLetTheApplicationStartWhereItIsNoBenchmark() {
    assertThatThrownBy(() -> ledger.requireBenchmark(new Object()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("deploy target/quickscale.war");
  }

  @Test
  void runsNothingWhereItIsNoBenchmark() {
    RegisteredService service = ServiceFixture.service("echo", Credits.parse("1"), null, NOW);
    Run run = RunFixture.run(1, service, new ServiceUser(1, 1, ""), NOW, Optional.empty());

    assertThatThrownBy(() -> ledger.start(new RunCommand.Start(run.order(), List.of(run))))
        .isInstanceOf(IllegalStateException.class);
  }
}

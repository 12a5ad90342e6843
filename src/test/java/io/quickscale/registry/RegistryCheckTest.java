package io.quickscale.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.platform.HealthResponses;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RegistryCheckTest {
  private final RegistryCheck check = new RegistryCheck();

  @BeforeEach
  void buildAnswers() {
    HealthResponses.provide();
  }

  @Test
  void whoeverAsksBeforeTheServicesAreReadIsToldThatTheApplicationIsStarting() {
    assertThat(HealthResponses.text(check.call()))
        .isEqualTo("DOWN {reason=the application is starting}");
  }

  @Test
  void isUpWithTheServicesThatThereAre() {
    check.read(3);

    assertThat(HealthResponses.text(check.call())).isEqualTo("UP {services=3}");
  }

  @Test
  void isDownWithoutAService() {
    check.read(0);

    assertThat(HealthResponses.text(check.call())).isEqualTo("DOWN {services=0}");
  }
}

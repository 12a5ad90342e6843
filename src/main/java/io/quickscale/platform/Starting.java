package io.quickscale.platform;

import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * What a check says that is asked before the application has started. A server answers for health
 * as soon as it has deployed, and starts the singletons only then: to call one of them meanwhile is
 * an error, so that checks ask plain beans that the singletons tell what they have done.
 */
public final class Starting {
  private Starting() {}

  /** Not yet. */
  public static HealthCheckResponse check(String name) {
    return HealthCheckResponse.named(name)
        .down()
        .withData("reason", "the application is starting")
        .build();
  }
}

package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** What an orchestrator asks. */
interface HealthBehaviour {
  /** Where the application under test answers, with a slash at the end. */
  URI root();

  @Test
  default void isReadyOnceItIsUp() throws Exception {
    var request = HttpRequest.newBuilder(root().resolve("health/ready")).build();

    var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"status\":\"UP\"");
  }
}

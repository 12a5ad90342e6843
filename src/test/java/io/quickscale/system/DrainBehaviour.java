package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** How a node leaves before it is stopped. */
interface DrainBehaviour {
  QuickScale quickScale();

  @Test
  default void isOutOfServiceButAnswersWhileItsDrainFileIsThere() throws IOException {
    Path folder = Files.createDirectories(Path.of(System.getenv("QUICKSCALE_DATA_DIR")));
    Path drain = Files.createFile(folder.resolve("drain"));
    try {
      Reply leaving = quickScale().anybody().get("/health/ready").expect(503);

      assertThat(inService(leaving).getString("status")).isEqualTo("DOWN");
      quickScale().anybody().get("/health/live").expect(200);
      quickScale().newUser(20).run("outcome", object("outcome", "fine")).expect(200);
    } finally {
      Files.delete(drain);
    }
    quickScale().anybody().get("/health/ready").expect(200);
  }

  @Test
  default void tellsHowManyRequestsItHasNotAnsweredYet() throws Exception {
    var user = quickScale().newUser(20);
    var run = new AtOnce<>(() -> user.run("gate", object("note", "on its way")));
    Eventually.holds(
        () ->
            assertThat(quickScale().admin().get("/api/v1/test/gate/waiting").body())
                .isEqualTo("1"));

    Eventually.holds(() -> assertThat(requestsInFlight()).isEqualTo(1));

    quickScale().admin().post("/api/v1/test/gate/open", object()).expect(204);
    run.result().expect(200);

    Eventually.holds(() -> assertThat(requestsInFlight()).isZero());
  }

  private int requestsInFlight() {
    Reply ready = quickScale().anybody().get("/health/ready").expect(200);
    JsonValue count = inService(ready).getJsonObject("data").get("requests_in_flight");
    // A text on Payara, a number on others.
    return Integer.parseInt(count.toString().replace("\"", ""));
  }

  private static JsonObject inService(Reply health) {
    return health.json().getJsonArray("checks").stream()
        .map(check -> (JsonObject) check)
        .filter(check -> check.getString("name").equals("in_service"))
        .findFirst()
        .orElseThrow();
  }
}

package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What operators change with the server's own tool counts while the application runs. */
interface ConfigurationBehaviour {
  /** What is in the WAR beside the services. */
  String FILE_OF_THE_AUTHOR =
      """
      quickscale.service.configured.of-the-file=read
      quickscale.service.configured.changed-later=by the file
      """;

  QuickScale quickScale();

  @Test
  default void aTimeoutThatIsSetWhileTheApplicationRunsEndsRunsAndTheirRetries() {
    var user = quickScale().newUser(10);
    user.run("dawdling", object("millis", 700)).expect(200);

    configure("quickscale.service.dawdling.run-timeout", "PT0.3S");

    Reply[] late = new Reply[1];
    Eventually.holds(
        () ->
            late[0] =
                user.run("dawdling", object("millis", 700)).expectProblem(504, "service_timeout"));
    user.run("dawdling", object("millis", 1)).expect(200);
    var usage = user.get("/api/v1/usage/" + late[0].text("usage_id")).expect(200).json();
    // Payara retries what was interrupted, WildFly does not.
    assertThat(usage.getInt("attempts")).isBetween(1, 4);
    assertThat(usage.getInt("cost")).isZero();

    configure("quickscale.service.dawdling.run-timeout", "PT60S");
    Eventually.holds(() -> user.run("dawdling", object("millis", 700)).expect(200));
  }

  @Test
  default void aKeyForAServiceThatIsSetWhileItRunsCountsForTheNextRuns() {
    var user = quickScale().newUser(10);
    assertThat(setting(user, "token")).isEqualTo("none");

    configure("AI_SERVICE_TOKEN", "token-of-all");
    Eventually.holds(() -> assertThat(setting(user, "token")).isEqualTo("token-of-all"));
    configure("quickscale.service.configured.token", "token-of-its-own");
    Eventually.holds(() -> assertThat(setting(user, "token")).isEqualTo("token-of-its-own"));
  }

  /** That QuickScale's own defaults are still there, the served OpenAPI document shows. */
  @Test
  default void aFileOfTheAuthorIsReadAndWhatOperatorsSetGoesBeforeIt() {
    var user = quickScale().newUser(10);

    assertThat(setting(user, "of-the-file")).isEqualTo("read");
    assertThat(setting(user, "changed-later")).isEqualTo("by the file");
    configure("quickscale.service.configured.changed-later", "by-the-operator");
    Eventually.holds(() -> assertThat(setting(user, "changed-later")).isEqualTo("by-the-operator"));
  }

  @Test
  default void aLimitThatIsSetWhileTheApplicationRunsCounts() {
    var user = quickScale().newUser(100);
    var input = object("text", "x".repeat(2_000));
    user.run("fallback", input).expect(200);

    configure("quickscale.request.max-bytes", "1000");
    Eventually.holds(() -> user.run("fallback", input).expectProblem(413, "payload_too_large"));

    configure("quickscale.request.max-bytes", "1048576");
    Eventually.holds(() -> user.run("fallback", input).expect(200));
  }

  private void configure(String name, String value) {
    quickScale()
        .admin()
        .post("/api/v1/test/property?value=" + value + "&name=" + name, object())
        .expect(204);
  }

  private static String setting(QuickScale.Caller user, String name) {
    return user.run("configured", object("name", name))
        .expect(200)
        .json()
        .getJsonObject("result")
        .getString("value");
  }
}

package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.system.fixture.FreeService;
import io.quickscale.system.wrong.WrongService;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What deploying, and deploying again, does and does not do. */
@EnabledIfSystemProperty(named = "quickscale.test.processes", matches = "true")
class DeploymentIT {
  @TempDir Path folder;

  @Test
  void aWrongDefinitionStopsTheDeploymentAndSaysWhatToChange() throws Exception {
    try (ServerProcess server =
        ServerProcess.start(
            application().addClasses(WrongService.class, WrongService.Input.class), folder)) {
      Eventually.holds(
          () ->
              assertThat(server.log())
                  .contains(
                      "QS002: @RegisterService "
                          + WrongService.class.getName()
                          + " has the name 'Wrong Name'")
                  .contains("QS012")
                  .contains("must not be negative")
                  .contains("QS016")
                  .contains("@Timeout has the value -1")
                  .contains("QS017")
                  .doesNotContain("FaultToleranceDefinitionException"));
    }
  }

  @Test
  void pricesKeysAndCreditsOutliveTheServerAndAServiceWhoseClassIsGoneIsUnavailable()
      throws Exception {
    String key;
    try (ServerProcess server =
        ServerProcess.start(
            application().addClasses(FreeService.class, FreeService.Input.class), folder)) {
      QuickScale first = server.ready();
      key = firstKey("admin.key");
      var admin = first.withKey(key);
      admin
          .put(
              "/api/v1/admin/services/sentiment_analysis",
              Json.createObjectBuilder().add("credit_cost", new BigDecimal("2.5")).build())
          .expect(200);
      first
          .withKey(firstKey("demo.key"))
          .run("sentiment_analysis", object("text", "Splendid!"))
          .expect(200);
      server.kill();
    }

    try (ServerProcess server = ServerProcess.start(application(), folder)) {
      QuickScale second = server.ready();
      var demo = second.withKey(firstKey("demo.key"));

      JsonObject kept = demo.get("/api/v1/services/sentiment_analysis").expect(200).json();
      JsonObject gone = demo.get("/api/v1/services/free_echo").expect(200).json();

      assertThat(kept.getJsonNumber("credit_cost").toString()).isEqualTo("2.5");
      assertThat(gone.getBoolean("available")).isFalse();
      assertThat(gone.getString("unavailable_reason")).contains("not deployed");
      demo.run("free_echo", object("text", "?")).expectProblem(503, "service_inactive");
      assertThat(demo.available()).isEqualTo("97.5");
      assertThat(second.withKey(key).get("/api/v1/admin/ledger/verify").expect(200).body())
          .contains("\"consistent\":true");
    }
  }

  private static WebArchive application() {
    return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
        .importFrom(new File(System.getProperty("quickscale.test.war")))
        .as(WebArchive.class);
  }

  private String firstKey(String name) throws IOException {
    Path file = folder.resolve("bootstrap-keys.properties");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    Properties keys = new Properties();
    try (var in = Files.newInputStream(file)) {
      keys.load(in);
    }
    return keys.getProperty(name);
  }
}

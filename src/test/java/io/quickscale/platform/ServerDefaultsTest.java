package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

class ServerDefaultsTest {
  private static final int ORDINAL_OF_AN_AUTHORS_FILE = 100;

  private final ConfigSource defaults =
      ServiceLoader.load(ConfigSource.class).stream()
          .filter(source -> source.type() == ServerDefaults.class)
          .findFirst()
          .orElseThrow()
          .get();

  @Test
  void theServerIsToldThemUnlessAnAuthorsFileSaysOtherwise() {
    assertThat(defaults.getOrdinal()).isLessThan(ORDINAL_OF_AN_AUTHORS_FILE);
    assertThat(defaults.getValue("mp.openapi.scan.disable")).isEqualTo("true");
    assertThat(defaults.getValue("mp.config.cache.duration")).isEqualTo("2000");
  }

  /** Payara goes through the names and looks no other property of the document up. */
  @Test
  void theyAreFoundByTheirNamesToo() {
    assertThat(defaults.getPropertyNames())
        .isEqualTo(defaults.getProperties().keySet())
        .contains("mp.openapi.scan.disable");
    assertThat(defaults.getValue("quickscale.run.deadline")).isNull();
  }

  @Test
  void theFileOfThatNameIsLeftToAuthors() {
    assertThat(Path.of("src/main/resources/META-INF/persistence.xml")).exists();
    assertThat(Files.exists(Path.of("src/main/resources/META-INF/microprofile-config.properties")))
        .isFalse();
  }
}

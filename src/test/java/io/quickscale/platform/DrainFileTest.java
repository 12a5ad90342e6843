package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainFileTest {
  @TempDir Path folder;
  private final DrainFile drain = new DrainFile();

  @BeforeEach
  void keepIn() {
    drain.directory = folder.toString();
  }

  @Test
  void isThereWhileSomebodyWantsTheNodeToLeave() throws IOException {
    assertThat(drain.exists()).isFalse();

    Path file = Files.createFile(folder.resolve("drain"));
    assertThat(drain.exists()).isTrue();

    Files.delete(file);
    assertThat(drain.exists()).isFalse();
  }

  @Test
  void aNodeThatStartsIsInServiceWhateverWasAskedOfTheOneBefore() throws IOException {
    Files.createFile(folder.resolve("drain"));

    drain.forget(new Object());

    assertThat(drain.exists()).isFalse();
  }

  @Test
  void aNodeStartsWithoutItsDataFolder() {
    drain.directory = folder.resolve("not yet there").toString();

    drain.forget(new Object());

    assertThat(drain.exists()).isFalse();
  }
}

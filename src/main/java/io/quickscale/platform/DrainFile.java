package io.quickscale.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How whoever is about to stop this node says so: by a file {@code drain} in its data folder. While
 * it is there the node is not ready, so that balancers send it nothing new; what comes all the same
 * is answered as ever. A file serves every server and every launcher, and needs no key.
 */
@ApplicationScoped
public class DrainFile {
  @Inject
  @ConfigProperty(name = "quickscale.data-dir", defaultValue = "${java.io.tmpdir}")
  String directory;

  /** Whether the node has been asked to leave. */
  public boolean exists() {
    return Files.exists(path());
  }

  /** What an earlier start was asked says nothing about this one. */
  void forget(@Observes @Initialized(ApplicationScoped.class) Object start) {
    try {
      Files.deleteIfExists(path());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The file " + path() + " keeps this node out of service: delete it", e);
    }
  }

  private Path path() {
    return Path.of(directory, "drain");
  }
}

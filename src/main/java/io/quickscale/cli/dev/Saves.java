package io.quickscale.cli.dev;

import java.util.function.Supplier;

/** Waits for somebody to save, and until a burst of saves is over. */
public final class Saves {
  private final Supplier<SourceTree> look;
  private final Runnable pause;

  /**
   * Saves seen by looking.
   *
   * @param look the project as it is now
   * @param pause waits for a moment; what has not changed for so long is taken for complete
   */
  public Saves(Supplier<SourceTree> look, Runnable pause) {
    this.look = look;
    this.pause = pause;
  }

  /**
   * The project once it differs from what was built and is at rest. What was saved during a build
   * differs already, and is not waited for.
   */
  public SourceTree after(SourceTree built) {
    SourceTree seen = look.get();
    while (true) {
      pause.run();
      SourceTree now = look.get();
      boolean atRest = now.changesSince(seen).isEmpty();
      if (atRest && !now.changesSince(built).isEmpty()) {
        return now;
      }
      seen = now;
    }
  }
}

package io.quickscale.system.chaos;

import jakarta.enterprise.context.ApplicationScoped;

/** Where the server shall die: the first run that gets there takes it down. */
@ApplicationScoped
public class CrashPlan {
  private static final int KILLED = 137;

  private volatile CrashPoint planned;

  void crashAt(CrashPoint point) {
    planned = point;
  }

  /** Dies here and now, without any shutdown, if this is the point. */
  void reached(CrashPoint point) {
    if (point == planned) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}

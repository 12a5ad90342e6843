package io.quickscale.system.chaos;

import jakarta.interceptor.InvocationContext;
import java.util.Collection;

/** Looks into the transactions of runs from outside: which of them hold, and which settle. */
final class JournalStep {
  private JournalStep() {}

  static boolean holds(InvocationContext call) {
    return writes(call, "Start");
  }

  static boolean settles(InvocationContext call) {
    return writes(call, "Finish");
  }

  /** By name, since the journal and its commands are private to their package. */
  private static boolean writes(InvocationContext call, String command) {
    return call.getMethod().getDeclaringClass().getSimpleName().equals("JournalTransaction")
        && call.getMethod().getName().equals("write")
        && ((Collection<?>) call.getParameters()[0])
            .stream().anyMatch(each -> each.getClass().getSimpleName().equals(command));
  }
}

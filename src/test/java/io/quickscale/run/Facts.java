package io.quickscale.run;

import java.util.Map;

/** What can be seen in the database, each fact a line: the model and the rows speak the same. */
final class Facts {
  private Facts() {}

  static String grant(long id, long left, long held, long inRows) {
    return "grant %d: %d left, %d held, %d in rows".formatted(id, left, held, inRows);
  }

  /**
   * @param paidFrom micro-credits by grant
   */
  static String run(long id, String status, long cost, long refunded, Map<Long, Long> paidFrom) {
    return "run %d: %s, cost %d, refunded %d, paid from %s"
        .formatted(id, status, cost, refunded, paidFrom);
  }

  /**
   * @param parts micro-credits by grant
   */
  static String hold(long id, String state, Map<Long, Long> parts) {
    return "hold %d: %s %s".formatted(id, state, parts);
  }

  /**
   * @param answer null while there is none
   */
  static String key(long userId, String key, String fingerprint, long runId, String answer) {
    return "key %s of user %d: %s, run %d, answer %s"
        .formatted(key, userId, fingerprint, runId, answer);
  }

  static String account(int number, long available) {
    return "account %d: %d available".formatted(number, available);
  }
}

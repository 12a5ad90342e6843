package io.quickscale.run;

import java.time.Instant;
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
   * A run that goes on.
   *
   * @param held micro-credits by grant
   */
  static String open(long id, Instant deadline, Map<Long, Long> held) {
    return "run %d goes on until %s, held %s".formatted(id, deadline, held);
  }

  /**
   * @param answer null while there is none
   */
  static String key(long userId, String key, String fingerprint, long orderId, String answer) {
    return "key %s of user %d: %s, order %d, answer %s"
        .formatted(key, userId, fingerprint, orderId, answer);
  }

  static String account(int number, long available) {
    return "account %d: %d available".formatted(number, available);
  }
}

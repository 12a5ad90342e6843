package io.quickscale.node;

import io.quickscale.platform.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * The database, where another node can be faster: what it does is done in the middle of this node's
 * transaction, at a moment when this one has read but holds no lock yet.
 */
@ApplicationScoped
public class InterruptedDatabase extends Database {
  @Inject Transactions transactions;

  private Moment moment;
  private Runnable interruption;
  private boolean interrupted;

  /** When the other node comes in between. */
  public enum Moment {
    /** This one has looked whether a key is known. */
    KEYS_READ,
    /** This one has looked at what it wants to change, and is about to lock it. */
    ABOUT_TO_LOCK
  }

  /** Lets another node do something at the next such moment; null for nothing any more. */
  public void interrupt(Moment when, Runnable otherNode) {
    moment = when;
    interruption = otherNode;
    interrupted = false;
  }

  /** Whether the moment has come, so that this node's transaction may fail. */
  public boolean wasInterrupted() {
    return interrupted;
  }

  @Override
  public <T> List<T> read(String sql, RowReader<T> reader, Object... parameters) {
    if (sql.contains("for update")) {
      reached(Moment.ABOUT_TO_LOCK);
    }
    List<T> rows = super.read(sql, reader, parameters);
    if (sql.contains("idempotency_record")) {
      reached(Moment.KEYS_READ);
    }
    return rows;
  }

  private void reached(Moment now) {
    if (interruption != null && moment == now) {
      Runnable otherNode = interruption;
      interruption = null;
      transactions.elsewhere(otherNode);
      interrupted = true;
    }
  }
}

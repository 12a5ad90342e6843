package io.quickscale.run;

import io.quickscale.db.TransactionLimits;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.List;

/** The journal in a transaction of its own, which neither waits nor works for long. */
@ApplicationScoped
class JournalTransaction {
  @Inject RunJournal journal;
  @Inject TransactionLimits limits;

  /** See {@link RunJournal#write}. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public List<RunOutcome> write(List<RunCommand> commands, Duration lockWait) {
    return limits.within(lockWait, () -> journal.write(commands));
  }
}

package io.quickscale.credit;

import io.quickscale.problem.Problem;
import java.util.List;

/** What became of one command. A refused command has changed nothing. */
public sealed interface LedgerOutcome {
  /**
   * Done.
   *
   * @param shares what the command moved, by grant: held, charged, given back, taken
   * @param available what the account can spend after it
   */
  record Applied(List<GrantShare> shares, Credits available) implements LedgerOutcome {
    /** What the command moved in all. */
    public Credits moved() {
      return GrantShare.total(shares);
    }
  }

  /**
   * Credits are set aside.
   *
   * @param holds one for each run, in the order in which they were asked for
   * @param available what the account can spend after it
   */
  record Held(List<Hold> holds, Credits available) implements LedgerOutcome {}

  /** Not done, and why. */
  record Refused(Problem problem) implements LedgerOutcome {}

  /** The result of a command that must succeed; throws the problem of a refused one. */
  default Applied orThrow() {
    if (this instanceof Refused refused) {
      throw refused.problem();
    }
    return (Applied) this;
  }
}

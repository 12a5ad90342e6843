package io.quickscale.run;

import io.quickscale.credit.GrantShare;
import io.quickscale.credit.LedgerBooks;
import io.quickscale.credit.LedgerCommand.Refund;
import io.quickscale.credit.LedgerCommand.Release;
import io.quickscale.credit.LedgerOutcome.Applied;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The runs within one that ends: what still goes on there is given up, since nobody waits for it,
 * and what was paid there is given back where that is wanted, or was ordered by a run that is given
 * up. Knows no database.
 */
final class RunFamily {
  private static final String REASON = "the run that ordered it cost nothing";

  private final long accountId;
  private final InnerEnd wanted;
  private final List<FamilyMember> members;

  /**
   * @param members all runs within it, whatever they are within
   */
  RunFamily(long accountId, InnerEnd wanted, List<FamilyMember> members) {
    this.accountId = accountId;
    this.wanted = wanted;
    this.members = members.stream().sorted(Comparator.comparing(FamilyMember::usageId)).toList();
  }

  /** Grants that may get something back although they may have no credits left. */
  Stream<Long> grants() {
    return wanted.givesAny() || members.stream().anyMatch(member -> member.state().isRunning())
        ? members.stream()
            .flatMap(member -> member.state().paidFrom().stream())
            .map(GrantShare::grantId)
        : Stream.empty();
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  /** Ends what goes on and gives back what is to be given back. */
  void end(LedgerBooks books, OffsetDateTime now) {
    List<FamilyMember> back = toGiveBack();
    for (FamilyMember member : members) {
      if (member.state().isRunning()) {
        if (!member.openRun().isFree()) {
          applied(books, member);
        }
        member.abandon(now);
      }
    }
    back.forEach(member -> giveBack(books, member));
  }

  private static void applied(LedgerBooks books, FamilyMember member) {
    books.apply(new Release(member.openRun().hold())).orThrow();
  }

  /** An account that by now has more than can be counted keeps a charge: the run must end. */
  private void giveBack(LedgerBooks books, FamilyMember member) {
    Refund refund = new Refund(accountId, member.usageId(), member.state().paidFrom(), REASON);
    if (books.apply(refund) instanceof Applied) {
      member.giveBack();
    }
  }

  /** In the order of their ids an outer run comes before those that it has ordered. */
  private List<FamilyMember> toGiveBack() {
    Set<Long> back = new HashSet<>();
    List<FamilyMember> paid = new ArrayList<>();
    for (FamilyMember member : members) {
      InnerRun run = member.state();
      if (run.isRunning() || wanted.givesBack(run.usageId()) || back.contains(run.parentId())) {
        back.add(run.usageId());
        if (!run.isRunning() && !run.netCost().isZero()) {
          paid.add(member);
        }
      }
    }
    return paid;
  }

  /** All of them, as they are now. */
  List<InnerRun> innerRuns() {
    return members.stream().map(FamilyMember::state).toList();
  }
}

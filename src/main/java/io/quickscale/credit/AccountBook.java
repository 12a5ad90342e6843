package io.quickscale.credit;

import io.quickscale.credit.LedgerCommand.Expire;
import io.quickscale.credit.LedgerCommand.Give;
import io.quickscale.credit.LedgerCommand.PlaceHold;
import io.quickscale.credit.LedgerCommand.Refund;
import io.quickscale.credit.LedgerCommand.Release;
import io.quickscale.credit.LedgerCommand.Settle;
import io.quickscale.credit.LedgerCommand.VoidGrant;
import io.quickscale.credit.LedgerOutcome.Applied;
import io.quickscale.credit.LedgerOutcome.Refused;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.NotFoundProblem;
import io.quickscale.problem.Problem;
import io.quickscale.service.InsufficientCreditsException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * One account's credits in memory, while its grants are locked: applies commands by the rules and
 * collects the new rows. Knows no database; a command that is refused leaves the book as it was.
 */
final class AccountBook {
  private final Map<Long, CreditGrant> grants;
  private final Map<Long, Hold> holds;
  private final OffsetDateTime now;
  private final LongSupplier ids;
  private final LedgerChanges changes;

  /**
   * @param changes collects what has to be written
   */
  AccountBook(
      Collection<CreditGrant> grants,
      Collection<Hold> holds,
      OffsetDateTime now,
      LongSupplier ids,
      LedgerChanges changes) {
    this.grants = grants.stream().collect(Collectors.toMap(CreditGrant::id, Function.identity()));
    this.holds = holds.stream().collect(Collectors.toMap(Hold::id, Function.identity()));
    this.now = now;
    this.ids = ids;
    this.changes = changes;
  }

  Credits available() {
    return BurnDown.available(grants.values(), now);
  }

  LedgerOutcome apply(LedgerCommand command) {
    try {
      return new Applied(move(command), available());
    } catch (Problem refusal) {
      return new Refused(refusal);
    }
  }

  private List<GrantShare> move(LedgerCommand command) {
    if (command instanceof PlaceHold hold) {
      return placeHold(hold);
    } else if (command instanceof Settle settle) {
      return settle(settle);
    } else if (command instanceof Release release) {
      return release(release);
    } else if (command instanceof Give give) {
      return give(give);
    } else if (command instanceof VoidGrant voiding) {
      return voidGrant(voiding);
    } else if (command instanceof Refund refund) {
      return refund(refund);
    }
    return expire((Expire) command);
  }

  private List<GrantShare> placeHold(PlaceHold command) {
    Credits available = available();
    if (available.compareTo(command.amount()) < 0) {
      throw new InsufficientCreditsException(command.amount().toDecimal(), available.toDecimal());
    }
    List<GrantShare> shares = BurnDown.draw(grants.values(), command.amount(), now);
    shares.forEach(share -> grant(share).hold(share.credits()));
    Hold hold = new Hold(command.usageId(), command.accountId(), shares, now);
    holds.put(hold.id(), hold);
    changes.opened(hold);
    return shares;
  }

  private List<GrantShare> settle(Settle command) {
    Hold hold = openHold(command.usageId());
    if (hold.held().compareTo(command.charge()) < 0) {
      throw new ConflictProblem("A run cannot cost more than was held for it.");
    }
    List<GrantShare> paid = new ArrayList<>();
    Credits due = command.charge();
    for (GrantShare share : hold.shares()) {
      Credits part = due.min(share.credits());
      due = due.minus(part);
      charge(share, part, hold).ifPresent(paid::add);
    }
    hold.settle(paid, now);
    changes.closed(hold);
    return paid;
  }

  private Optional<GrantShare> charge(GrantShare held, Credits part, Hold hold) {
    CreditGrant grant = grant(held);
    grant.charge(part);
    returnHeld(grant, held.credits().minus(part));
    if (part.isZero()) {
      return Optional.empty();
    }
    write(grant, TransactionKind.CHARGE, -part.micros(), hold.id(), null);
    return Optional.of(new GrantShare(grant.id(), grant.kind(), part));
  }

  private List<GrantShare> release(Release command) {
    Hold hold = openHold(command.usageId());
    List<GrantShare> shares = hold.shares();
    shares.forEach(share -> returnHeld(grant(share), share.credits()));
    hold.release(now);
    changes.closed(hold);
    return shares;
  }

  private void returnHeld(CreditGrant grant, Credits part) {
    grant.release(part);
    if (grant.isVoided()) {
      writeOff(grant, TransactionKind.VOID, "returned after the grant was voided");
    }
  }

  private List<GrantShare> give(Give command) {
    checkTotal(command.amount());
    CreditGrant grant = new CreditGrant(command, now);
    grants.put(grant.id(), grant);
    changes.given(grant);
    write(grant, TransactionKind.GRANT, command.amount().micros(), null, command.description());
    return List.of(new GrantShare(grant.id(), grant.kind(), command.amount()));
  }

  /** What an account has, spendable or held, can always be added up. */
  private void checkTotal(Credits more) {
    try {
      Credits.sum(
              grants.values().stream().map(grant -> grant.remaining().plus(grant.held())).toList())
          .plus(more);
    } catch (ArithmeticException e) {
      throw new ConflictProblem("The account would hold more credits than can be counted.");
    }
  }

  private List<GrantShare> voidGrant(VoidGrant command) {
    CreditGrant grant = grants.get(command.grantId());
    if (grant == null) {
      throw new NotFoundProblem("There is no such grant.");
    }
    if (grant.isVoided()) {
      throw new ConflictProblem("The grant has been voided already.");
    }
    if (grant.isExpired(now)) {
      throw new ConflictProblem("The grant has expired: there is nothing left to take back.");
    }
    grant.markVoided(now);
    changes.moved(grant);
    return writeOff(grant, TransactionKind.VOID, command.reason());
  }

  private List<GrantShare> refund(Refund command) {
    Hold hold = holds.get(command.usageId());
    if (hold == null || hold.state() == Hold.State.RELEASED) {
      throw new ConflictProblem("The run cost nothing: there is nothing to give back.");
    }
    if (hold.state() != Hold.State.SETTLED) {
      throw new ConflictProblem(
          hold.state() == Hold.State.OPEN
              ? "The run has not ended yet."
              : "The run has been refunded already.");
    }
    checkTotal(hold.charged());
    hold.shares().forEach(share -> giveBack(share, hold, command.reason()));
    hold.refund(now);
    changes.closed(hold);
    return hold.shares();
  }

  private void giveBack(GrantShare share, Hold hold, String reason) {
    CreditGrant grant = grant(share);
    grant.giveBack(share.credits());
    write(grant, TransactionKind.REFUND, share.credits().micros(), hold.id(), reason);
    if (grant.isVoided()) {
      writeOff(grant, TransactionKind.VOID, "returned after the grant was voided");
    } else if (grant.isExpired(now)) {
      writeOff(grant, TransactionKind.EXPIRY, "returned after the grant expired");
    }
  }

  private List<GrantShare> expire(Expire command) {
    List<GrantShare> taken = new ArrayList<>();
    for (CreditGrant grant : grants.values()) {
      if (grant.isExpired(now)) {
        taken.addAll(writeOff(grant, TransactionKind.EXPIRY, null));
      }
    }
    return taken;
  }

  private List<GrantShare> writeOff(CreditGrant grant, TransactionKind kind, String reason) {
    Credits taken = grant.takeRemaining();
    if (taken.isZero()) {
      return List.of();
    }
    write(grant, kind, -taken.micros(), null, reason);
    return List.of(new GrantShare(grant.id(), grant.kind(), taken));
  }

  /** The grant of a share that is about to move. */
  private CreditGrant grant(GrantShare share) {
    CreditGrant grant = grants.get(share.grantId());
    changes.moved(grant);
    return grant;
  }

  private Hold openHold(long usageId) {
    Hold hold = holds.get(usageId);
    if (hold == null || hold.state() != Hold.State.OPEN) {
      throw new ConflictProblem("The run has ended already: it took longer than its deadline.");
    }
    return hold;
  }

  private void write(
      CreditGrant grant, TransactionKind kind, long amountMicros, Long usageId, String text) {
    changes.moved(grant);
    changes.written(
        new CreditTransaction(ids.getAsLong(), grant, kind, amountMicros, usageId, text, now));
  }
}

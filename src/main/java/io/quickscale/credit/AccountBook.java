package io.quickscale.credit;

import io.quickscale.credit.LedgerCommand.Expire;
import io.quickscale.credit.LedgerCommand.Give;
import io.quickscale.credit.LedgerCommand.PlaceHolds;
import io.quickscale.credit.LedgerCommand.Refund;
import io.quickscale.credit.LedgerCommand.Release;
import io.quickscale.credit.LedgerCommand.Settle;
import io.quickscale.credit.LedgerCommand.VoidGrant;
import io.quickscale.credit.LedgerCommand.Wanted;
import io.quickscale.credit.LedgerOutcome.Applied;
import io.quickscale.credit.LedgerOutcome.Held;
import io.quickscale.credit.LedgerOutcome.Refused;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.NotFoundProblem;
import io.quickscale.problem.Problem;
import io.quickscale.service.InsufficientCreditsException;
import java.math.BigDecimal;
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
  private final OffsetDateTime now;
  private final LongSupplier ids;
  private final LedgerChanges changes;

  /**
   * @param changes collects what has to be written
   */
  AccountBook(
      Collection<CreditGrant> grants, OffsetDateTime now, LongSupplier ids, LedgerChanges changes) {
    this.grants = grants.stream().collect(Collectors.toMap(CreditGrant::id, Function.identity()));
    this.now = now;
    this.ids = ids;
    this.changes = changes;
  }

  Credits available() {
    return BurnDown.available(grants.values(), now);
  }

  LedgerOutcome apply(LedgerCommand command) {
    try {
      return command instanceof PlaceHolds wanted
          ? place(wanted)
          : new Applied(move(command), available());
    } catch (Problem refusal) {
      return new Refused(refusal);
    }
  }

  private List<GrantShare> move(LedgerCommand command) {
    if (command instanceof Settle settle) {
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

  private Held place(PlaceHolds command) {
    Credits available = available();
    // A sum of many may be more than one amount can be.
    BigDecimal required =
        command.wanted().stream()
            .map(wanted -> wanted.most().toDecimal())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    if (available.toDecimal().compareTo(required) < 0) {
      throw new InsufficientCreditsException(required, available.toDecimal());
    }
    List<Hold> holds =
        command.wanted().stream().map(wanted -> place(command.accountId(), wanted)).toList();
    return new Held(holds, available());
  }

  private Hold place(long accountId, Wanted wanted) {
    List<GrantShare> shares = BurnDown.draw(grants.values(), wanted.most(), now);
    shares.forEach(share -> grant(share).hold(share.credits()));
    return new Hold(accountId, wanted.usageId(), shares);
  }

  private List<GrantShare> settle(Settle command) {
    Hold hold = command.hold();
    if (hold.held().compareTo(command.charge()) < 0) {
      throw new ConflictProblem("A run cannot cost more than was held for it.");
    }
    List<GrantShare> paid = new ArrayList<>();
    Credits due = command.charge();
    for (GrantShare share : hold.shares()) {
      Credits part = due.min(share.credits());
      due = due.minus(part);
      charge(share, part, hold.usageId()).ifPresent(paid::add);
    }
    return paid;
  }

  private Optional<GrantShare> charge(GrantShare held, Credits part, long usageId) {
    CreditGrant grant = grant(held);
    grant.charge(part);
    returnHeld(grant, held.credits().minus(part));
    if (part.isZero()) {
      return Optional.empty();
    }
    write(grant, TransactionKind.CHARGE, -part.micros(), usageId, null);
    return Optional.of(new GrantShare(grant.id(), grant.kind(), part));
  }

  private List<GrantShare> release(Release command) {
    List<GrantShare> shares = command.hold().shares();
    shares.forEach(share -> returnHeld(grant(share), share.credits()));
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
    if (command.paidFrom().isEmpty()) {
      throw new ConflictProblem("The run cost nothing: there is nothing to give back.");
    }
    checkTotal(GrantShare.total(command.paidFrom()));
    command.paidFrom().forEach(share -> giveBack(share, command));
    return command.paidFrom();
  }

  private void giveBack(GrantShare share, Refund refund) {
    CreditGrant grant = grant(share);
    grant.giveBack(share.credits());
    write(
        grant, TransactionKind.REFUND, share.credits().micros(), refund.usageId(), refund.reason());
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

  private void write(
      CreditGrant grant, TransactionKind kind, long amountMicros, Long usageId, String text) {
    changes.moved(grant);
    changes.written(
        new CreditTransaction(ids.getAsLong(), grant, kind, amountMicros, usageId, text, now));
  }
}

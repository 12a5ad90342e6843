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
import java.lang.reflect.Field;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One account whose rows are in lists instead of a database, and whose clock is set by hand. Opens
 * a fresh {@link AccountBook} on copies of the rows for every command, as the ledger does for every
 * transaction: of grants, those that say they have credits and those that the command names. What
 * the book does not report as changed is lost. Keeps holds and what runs paid, as the journal does:
 * each is ended and given back once.
 */
final class MemoryLedger {
  static final long ACCOUNT = 7;
  static final OffsetDateTime START = OffsetDateTime.of(2026, 11, 22, 8, 0, 0, 0, ZoneOffset.UTC);

  final List<CreditGrant> grants = new ArrayList<>();
  final Map<Long, Hold> holds = new HashMap<>();
  private final Map<Long, List<GrantShare>> paid = new HashMap<>();
  final List<CreditTransaction> rows = new ArrayList<>();
  OffsetDateTime now = START;
  private long lastId = 1000;

  static Credits credits(String amount) {
    return Credits.parse(amount);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  LedgerOutcome apply(LedgerCommand command) {
    LedgerChanges changes = new LedgerChanges();
    LedgerOutcome outcome = book(named(command), changes).apply(command);
    grants.addAll(changes.newGrants());
    changes.movedGrants().forEach(grant -> grants.set(grants.indexOf(grant(grant.id())), grant));
    rows.addAll(changes.transactions());
    if (!(outcome instanceof Refused)) {
      keep(command, outcome);
    }
    return outcome;
  }

  private void keep(LedgerCommand command, LedgerOutcome outcome) {
    if (outcome instanceof Held held) {
      held.holds().forEach(hold -> holds.put(hold.usageId(), hold));
    } else if (command instanceof Settle settle) {
      holds.remove(settle.hold().usageId());
      paid.put(settle.hold().usageId(), ((Applied) outcome).shares());
    } else if (command instanceof Release release) {
      holds.remove(release.hold().usageId());
    } else if (command instanceof Refund refund) {
      paid.remove(refund.usageId());
    }
  }

  private static LedgerOutcome notThere() {
    return new Refused(new ConflictProblem("The keeper of holds does not let this through."));
  }

  Credits available() {
    return book(Set.of(), new LedgerChanges()).available();
  }

  private AccountBook book(Set<Long> named, LedgerChanges changes) {
    List<CreditGrant> locked =
        grants.stream()
            .filter(grant -> grant.hasCredits() || named.contains(grant.id()))
            .map(grant -> copy(grant, new CreditGrant()))
            .toList();
    return new AccountBook(locked, now, this::nextId, changes);
  }

  private Set<Long> named(LedgerCommand command) {
    if (command instanceof VoidGrant voiding) {
      return Set.of(voiding.grantId());
    }
    return command instanceof Refund refund
        ? refund.paidFrom().stream().map(GrantShare::grantId).collect(Collectors.toSet())
        : Set.of();
  }

  private static <T> T copy(T row, T empty) {
    try {
      for (Field field : row.getClass().getDeclaredFields()) {
        field.setAccessible(true);
        field.set(empty, field.get(row));
      }
      return empty;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  CreditGrant grant(long id) {
    return grants.stream().filter(grant -> grant.id() == id).findFirst().orElseThrow();
  }

  /** The ledger rows of a grant as {@code "charge -5"}, in their order. */
  List<String> history(long grantId) {
    return rows.stream()
        .filter(row -> row.grantId() == grantId)
        .map(row -> row.kind().word() + " " + row.amount().toPlainString())
        .toList();
  }

  /** Everything that a command could change, to compare before and after. */
  String state() {
    StringBuilder state = new StringBuilder("rows " + rows.size());
    grants.forEach(
        g ->
            state.append(
                " grant %d %s %s %s".formatted(g.id(), g.remaining(), g.held(), g.isVoided())));
    state.append(" holds ").append(holds).append(" paid ").append(paid);
    return state.toString();
  }

  Applied give(long id, GrantKind kind, String amount) {
    return give(id, kind, kind.defaultPriority(), amount, null);
  }

  Applied give(long id, GrantKind kind, String amount, OffsetDateTime expiresAt) {
    return give(id, kind, kind.defaultPriority(), amount, expiresAt);
  }

  Applied give(long id, GrantKind kind, int priority, String amount, OffsetDateTime expiresAt) {
    return apply(
            new Give(
                ACCOUNT,
                id,
                kind,
                priority,
                credits(amount),
                Optional.ofNullable(expiresAt),
                "a gift"))
        .orThrow();
  }

  /** What a hold of one run moved. */
  LedgerOutcome placeHold(long usageId, String amount) {
    LedgerOutcome outcome = placeHolds(new Wanted(usageId, credits(amount)));
    return outcome instanceof Held held
        ? new Applied(held.holds().get(0).shares(), held.available())
        : outcome;
  }

  LedgerOutcome placeHolds(Wanted... wanted) {
    return apply(new PlaceHolds(ACCOUNT, List.of(wanted)));
  }

  LedgerOutcome settle(long usageId, String charge) {
    return settle(usageId, credits(charge));
  }

  LedgerOutcome settle(long usageId, Credits charge) {
    return holds.containsKey(usageId) ? apply(new Settle(holds.get(usageId), charge)) : notThere();
  }

  LedgerOutcome release(long usageId) {
    return holds.containsKey(usageId) ? apply(new Release(holds.get(usageId))) : notThere();
  }

  LedgerOutcome refund(long usageId) {
    return paid.containsKey(usageId)
        ? apply(new Refund(ACCOUNT, usageId, paid.get(usageId), "an apology"))
        : notThere();
  }

  LedgerOutcome voidGrant(long grantId) {
    return apply(new VoidGrant(ACCOUNT, grantId, "a mistake"));
  }

  LedgerOutcome expire() {
    return apply(new Expire(ACCOUNT));
  }

  /** A run from start to end. */
  Applied spend(long usageId, String amount) {
    placeHold(usageId, amount).orThrow();
    return settle(usageId, amount).orThrow();
  }

  private long nextId() {
    return ++lastId;
  }
}

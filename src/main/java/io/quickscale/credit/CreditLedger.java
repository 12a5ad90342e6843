package io.quickscale.credit;

import io.quickscale.credit.LedgerCommand.Give;
import io.quickscale.credit.LedgerCommand.Refund;
import io.quickscale.credit.LedgerCommand.Release;
import io.quickscale.credit.LedgerCommand.Settle;
import io.quickscale.credit.LedgerCommand.VoidGrant;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Time;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The only writer of credits. Takes commands as lists: locks the accounts' grants in one fixed
 * order, decides in memory, writes, all in one transaction (the caller's, or one of its own). What
 * a run writes beside the ledger belongs into the same transaction.
 */
@ApplicationScoped
public class CreditLedger {
  @PersistenceContext EntityManager entities;
  @Inject LedgerTables tables;
  @Inject Time time;
  @Inject Ids ids;

  /** Opens an account without credits and returns its id. */
  @Transactional
  public long openAccount() {
    CreditAccount account = new CreditAccount(ids.next(), time.now());
    entities.persist(account);
    // The id is used in foreign keys by rows that JPA does not know to depend on it.
    entities.flush();
    return account.id();
  }

  /** Makes others that call this for an account wait until the caller's transaction has ended. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void lock(long accountId) {
    tables.lockAccount(accountId);
  }

  /** Applies one command. See {@link #apply(List)}. */
  @Transactional
  public LedgerOutcome apply(LedgerCommand command) {
    return apply(List.of(command)).get(0);
  }

  /**
   * Applies commands in their order; a refused one does not touch its neighbours.
   *
   * @return one outcome a command, in the same order
   */
  @Transactional
  public List<LedgerOutcome> apply(List<LedgerCommand> commands) {
    lockReceivers(commands);
    LedgerChanges changes = new LedgerChanges();
    Map<Long, AccountBook> books = openBooks(commands, changes);
    List<LedgerOutcome> outcomes = new ArrayList<>(commands.size());
    commands.forEach(command -> outcomes.add(books.get(command.accountId()).apply(command)));
    tables.write(changes);
    return outcomes;
  }

  /** What accounts can spend now. */
  @Transactional
  public Map<Long, Credits> available(Set<Long> accountIds) {
    Map<Long, Credits> available = new HashMap<>();
    accountIds.forEach(accountId -> available.put(accountId, Credits.ZERO));
    OffsetDateTime now = time.now();
    tables
        .grants(accountIds)
        .forEach(grant -> available.merge(grant.accountId(), grant.spendable(now), Credits::plus));
    return available;
  }

  /** What an account was given in all is checked against a bound: one gift after the other. */
  private void lockReceivers(List<LedgerCommand> commands) {
    commands.stream()
        .filter(Give.class::isInstance)
        .map(LedgerCommand::accountId)
        .distinct()
        .sorted()
        .forEach(this::lock);
  }

  private Map<Long, AccountBook> openBooks(List<LedgerCommand> commands, LedgerChanges changes) {
    Set<Long> accountIds =
        commands.stream().map(LedgerCommand::accountId).collect(Collectors.toSet());
    List<CreditGrant> grants = tables.lockGrants(accountIds, namedGrants(commands));
    // Read behind the locks: whoever closes a hold has locked its grants before.
    List<Hold> holds = tables.holds(endingRuns(commands));
    // Read the clock behind the locks: what expired while this waited must not pay.
    OffsetDateTime now = time.now();
    Map<Long, List<CreditGrant>> grantsByAccount =
        grants.stream().collect(Collectors.groupingBy(CreditGrant::accountId));
    Map<Long, List<Hold>> holdsByAccount =
        holds.stream().collect(Collectors.groupingBy(Hold::accountId));
    Map<Long, AccountBook> books = new HashMap<>();
    for (Long accountId : accountIds) {
      books.put(
          accountId,
          new AccountBook(
              grantsByAccount.getOrDefault(accountId, List.of()),
              holdsByAccount.getOrDefault(accountId, List.of()),
              now,
              ids::next,
              changes));
    }
    return books;
  }

  private static Set<Long> endingRuns(List<LedgerCommand> commands) {
    Set<Long> usageIds = new HashSet<>();
    for (LedgerCommand command : commands) {
      if (command instanceof Settle settle) {
        usageIds.add(settle.usageId());
      } else if (command instanceof Release release) {
        usageIds.add(release.usageId());
      } else if (command instanceof Refund refund) {
        usageIds.add(refund.usageId());
      }
    }
    return usageIds;
  }

  /** Grants that a command is about although they may have no credits left. */
  private Set<Long> namedGrants(List<LedgerCommand> commands) {
    Set<Long> grantIds = new HashSet<>();
    Set<Long> refunded = new HashSet<>();
    for (LedgerCommand command : commands) {
      if (command instanceof VoidGrant voiding) {
        grantIds.add(voiding.grantId());
      } else if (command instanceof Refund refund) {
        refunded.add(refund.usageId());
      }
    }
    tables.holds(refunded).stream()
        .flatMap(hold -> hold.shares().stream())
        .forEach(share -> grantIds.add(share.grantId()));
    return grantIds;
  }
}

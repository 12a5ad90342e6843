package io.quickscale.credit;

import io.quickscale.credit.LedgerCommand.Refund;
import io.quickscale.credit.LedgerCommand.Release;
import io.quickscale.credit.LedgerCommand.Settle;
import io.quickscale.credit.LedgerCommand.VoidGrant;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Time;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The only writer of credits. Takes commands as lists: locks their accounts in one fixed order,
 * decides in memory, writes, all in one transaction (the caller's, or one of its own). What a run
 * writes beside the ledger belongs into the same transaction.
 */
@ApplicationScoped
public class CreditLedger {
  @PersistenceContext EntityManager entities;
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

  /** Makes other writers of an account wait until the caller's transaction has ended. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void lock(long accountId) {
    lock(List.of(accountId));
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
    Map<Long, AccountBook> books = openBooks(commands);
    List<LedgerOutcome> outcomes = new ArrayList<>(commands.size());
    commands.forEach(command -> outcomes.add(books.get(command.accountId()).apply(command)));
    persist(books.values().stream().flatMap(book -> book.newRows().stream()).toList());
    return outcomes;
  }

  /**
   * Ledger rows refer to grants by id, of which JPA knows nothing: new grants are written first.
   */
  private void persist(List<Object> rows) {
    List<Object> grants = rows.stream().filter(CreditGrant.class::isInstance).toList();
    if (!grants.isEmpty()) {
      grants.forEach(entities::persist);
      entities.flush();
    }
    rows.stream().filter(row -> !(row instanceof CreditGrant)).forEach(entities::persist);
  }

  private Map<Long, AccountBook> openBooks(List<LedgerCommand> commands) {
    Set<Long> accountIds =
        commands.stream()
            .map(LedgerCommand::accountId)
            .collect(Collectors.toCollection(TreeSet::new));
    lock(accountIds);
    // Read the clock behind the lock: what expired while this waited must not pay.
    OffsetDateTime now = time.now();
    List<Hold> holds = holds(commands);
    List<CreditGrant> grants = grants(accountIds, namedGrants(commands, holds));
    Map<Long, AccountBook> books = new HashMap<>();
    for (long accountId : accountIds) {
      books.put(
          accountId,
          new AccountBook(
              grants.stream().filter(grant -> grant.accountId() == accountId).toList(),
              holds.stream().filter(hold -> hold.accountId() == accountId).toList(),
              now,
              ids::next));
    }
    return books;
  }

  private void lock(Collection<Long> accountIds) {
    List<CreditAccount> locked =
        entities
            .createQuery(
                "select a from CreditAccount a where a.id in :ids order by a.id",
                CreditAccount.class)
            .setParameter("ids", accountIds)
            .setLockMode(LockModeType.PESSIMISTIC_WRITE)
            .getResultList();
    if (locked.size() != accountIds.size()) {
      throw new IllegalArgumentException("No such credit account among " + accountIds);
    }
  }

  private List<Hold> holds(List<LedgerCommand> commands) {
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
    return usageIds.isEmpty()
        ? List.of()
        : entities
            .createQuery("select h from Hold h where h.id in :ids", Hold.class)
            .setParameter("ids", usageIds)
            .getResultList();
  }

  /** Grants that a command is about although they may have no credits left. */
  private Set<Long> namedGrants(List<LedgerCommand> commands, List<Hold> holds) {
    Set<Long> grantIds = new HashSet<>();
    commands.forEach(
        command -> {
          if (command instanceof VoidGrant voiding) {
            grantIds.add(voiding.grantId());
          }
        });
    holds.forEach(hold -> hold.shares().forEach(share -> grantIds.add(share.grantId())));
    return grantIds;
  }

  private List<CreditGrant> grants(Collection<Long> accountIds, Set<Long> grantIds) {
    List<CreditGrant> grants =
        new ArrayList<>(
            entities
                .createQuery(
                    "select g from CreditGrant g where g.accountId in :accounts and g.hasCredits = true",
                    CreditGrant.class)
                .setParameter("accounts", accountIds)
                .getResultList());
    grants.forEach(grant -> grantIds.remove(grant.id()));
    if (!grantIds.isEmpty()) {
      grants.addAll(
          entities
              .createQuery("select g from CreditGrant g where g.id in :ids", CreditGrant.class)
              .setParameter("ids", grantIds)
              .getResultList());
    }
    return grants;
  }
}

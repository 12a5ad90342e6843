package io.quickscale.credit;

import io.quickscale.credit.LedgerCommand.Give;
import io.quickscale.credit.LedgerCommand.Refund;
import io.quickscale.credit.LedgerCommand.VoidGrant;
import io.quickscale.db.Writes;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Time;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /**
   * Makes others that call this for one of the accounts wait until the caller's transaction has
   * ended. Comes before the {@linkplain #open books}: who locks both in another order may wait in a
   * circle.
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void lock(Collection<Long> accountIds) {
    tables.lockAccounts(accountIds);
  }

  /**
   * Opens the books of accounts: locks their grants until the caller's transaction has ended. What
   * is applied to them counts when they are {@linkplain #writes written}.
   *
   * @param grantIds others that commands will be about although they may have no credits left
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public LedgerBooks open(Set<Long> accountIds, Set<Long> grantIds) {
    LedgerChanges changes = new LedgerChanges();
    if (accountIds.isEmpty()) {
      return new LedgerBooks(Map.of(), changes);
    }
    List<CreditGrant> grants = tables.lockGrants(accountIds, grantIds);
    // Read the clock behind the locks: what expired while this waited must not pay.
    OffsetDateTime now = time.now();
    Map<Long, List<CreditGrant>> byAccount =
        grants.stream().collect(Collectors.groupingBy(CreditGrant::accountId));
    Map<Long, AccountBook> books = new HashMap<>();
    for (Long accountId : accountIds) {
      books.put(
          accountId,
          new AccountBook(byAccount.getOrDefault(accountId, List.of()), now, ids::next, changes));
    }
    return new LedgerBooks(books, changes);
  }

  /**
   * What has been applied to books, to be written in the transaction that opened them together with
   * what belongs to it.
   */
  public Writes writes(LedgerBooks books) {
    return LedgerTables.writes(books.changes());
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
    tables.lockAccounts(receivers(commands));
    LedgerBooks books =
        open(
            commands.stream().map(LedgerCommand::accountId).collect(Collectors.toSet()),
            commands.stream().flatMap(CreditLedger::namedGrants).collect(Collectors.toSet()));
    List<LedgerOutcome> outcomes = commands.stream().map(books::apply).toList();
    tables.write(books.changes());
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
  private static Set<Long> receivers(List<LedgerCommand> commands) {
    return commands.stream()
        .filter(Give.class::isInstance)
        .map(LedgerCommand::accountId)
        .collect(Collectors.toSet());
  }

  private static Stream<Long> namedGrants(LedgerCommand command) {
    if (command instanceof VoidGrant voiding) {
      return Stream.of(voiding.grantId());
    }
    return command instanceof Refund refund
        ? refund.paidFrom().stream().map(GrantShare::grantId)
        : Stream.empty();
  }
}

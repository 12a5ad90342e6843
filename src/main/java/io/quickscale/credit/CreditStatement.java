package io.quickscale.credit;

import io.quickscale.platform.IdRange;
import io.quickscale.platform.Time;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What an account has and what moved it; reads only, locks nothing. */
@ApplicationScoped
public class CreditStatement {
  /** How far ahead an expiry is worth a warning. */
  public static final Duration SOON = Duration.ofDays(7);

  private static final int SPENT_GRANTS_SHOWN = 50;

  @PersistenceContext EntityManager entities;
  @Inject LedgerTables tables;
  @Inject Time time;

  /**
   * An account's balance at one moment.
   *
   * @param available what can be spent: not held, not expired
   * @param subscription the part of it that came with subscriptions
   * @param payAsYouGo the rest of it
   * @param held set aside for runs that have not ended
   * @param expiringSoon the part of available that expires within 7 days
   * @param grants those with credits, then the latest of those without
   */
  public record Balance(
      Credits available,
      Credits subscription,
      Credits payAsYouGo,
      Credits held,
      Credits expiringSoon,
      List<CreditGrant> grants,
      OffsetDateTime at) {}

  @Transactional
  public Balance balance(long accountId) {
    OffsetDateTime now = time.now();
    List<CreditGrant> grants = grants(accountId, true, Integer.MAX_VALUE);
    Balance balance = balance(grants, now);
    balance.grants().addAll(grants(accountId, false, SPENT_GRANTS_SHOWN));
    return balance;
  }

  /** What the account can spend now. */
  @Transactional
  public Credits available(long accountId) {
    return BurnDown.available(grants(accountId, true, Integer.MAX_VALUE), time.now());
  }

  /**
   * The ledger, newest first.
   *
   * @param ids only these rows
   * @param limit the most rows
   */
  @Transactional
  public List<CreditTransaction> transactions(long accountId, IdRange ids, int limit) {
    return entities
        .createQuery(
            "select t from CreditTransaction t"
                + " where t.accountId = :account and t.id >= :from and t.id < :end"
                + " order by t.id desc",
            CreditTransaction.class)
        .setParameter("account", accountId)
        .setParameter("from", ids.from())
        .setParameter("end", ids.end())
        .setMaxResults(limit)
        .getResultList();
  }

  /** A grant by its id, as a copy: the ledger must read it again behind the account's lock. */
  @Transactional
  public Optional<CreditGrant> grant(long grantId) {
    CreditGrant grant = entities.find(CreditGrant.class, grantId);
    if (grant != null) {
      entities.detach(grant);
    }
    return Optional.ofNullable(grant);
  }

  /** Expired grants that have not been written off, those behind one, or the first, by expiry. */
  @Transactional
  public List<ExpiredGrant> expiredGrants(Optional<ExpiredGrant> after, int limit) {
    return tables.expiredGrants(time.now(), after.orElse(ExpiredGrant.NONE), limit);
  }

  private List<CreditGrant> grants(long accountId, boolean withCredits, int limit) {
    return entities
        .createQuery(
            "select g from CreditGrant g where g.accountId = :account and g.hasCredits = :has"
                + " order by g.id desc",
            CreditGrant.class)
        .setParameter("account", accountId)
        .setParameter("has", withCredits)
        .setMaxResults(limit)
        .getResultList();
  }

  private static Balance balance(List<CreditGrant> grants, OffsetDateTime now) {
    Predicate<CreditGrant> subscription = grant -> grant.kind() == GrantKind.SUBSCRIPTION;
    Predicate<CreditGrant> soon =
        grant -> grant.expiresAt().filter(end -> end.isBefore(now.plus(SOON))).isPresent();
    return new Balance(
        BurnDown.available(grants, now),
        BurnDown.available(grants.stream().filter(subscription).toList(), now),
        BurnDown.available(grants.stream().filter(subscription.negate()).toList(), now),
        Credits.sum(grants.stream().map(CreditGrant::held).toList()),
        BurnDown.available(grants.stream().filter(soon).toList(), now),
        new ArrayList<>(grants),
        now);
  }
}

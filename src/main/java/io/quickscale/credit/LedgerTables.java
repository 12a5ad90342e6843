package io.quickscale.credit;

import static io.quickscale.db.SqlType.BIGINT;
import static io.quickscale.db.SqlType.BOOLEAN;
import static io.quickscale.db.SqlType.INTEGER;
import static io.quickscale.db.SqlType.TIMESTAMP;
import static io.quickscale.db.SqlType.VARCHAR;

import io.quickscale.db.BulkStatement;
import io.quickscale.db.Database;
import io.quickscale.db.Writes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The ledger's tables as its one writer sees them: rows of many accounts at a time. Everything else
 * reads them through JPA, but for what only a partial index finds fast: that needs its condition
 * word for word in the statement, where JPA would send a parameter.
 */
@ApplicationScoped
class LedgerTables {
  private static final String GRANT_COLUMNS =
      "select id, account_id, kind, priority, amount_micros, remaining_micros, held_micros,"
          + " expires_at, created_at, voided_at, has_credits, version from credit_grant";
  private static final String WITH_CREDITS =
      "account_id = any(cast(? as bigint array)) and has_credits = true";
  private static final String LOCKED = " order by id for update";

  private static final BulkStatement<CreditGrant> INSERT_GRANTS =
      BulkStatement.<CreditGrant>into("credit_grant")
          .set(BIGINT, "id", CreditGrant::id)
          .set(BIGINT, "account_id", CreditGrant::accountId)
          .set(VARCHAR, "kind", grant -> grant.kind().name())
          .set(INTEGER, "priority", CreditGrant::priority)
          .set(BIGINT, "amount_micros", grant -> grant.amount().micros())
          .set(BIGINT, "remaining_micros", grant -> grant.remaining().micros())
          .set(BIGINT, "held_micros", grant -> grant.held().micros())
          .set(TIMESTAMP, "expires_at", grant -> grant.expiresAt().orElse(null))
          .set(VARCHAR, "description", CreditGrant::description)
          .set(TIMESTAMP, "created_at", CreditGrant::createdAt)
          .set(BOOLEAN, "has_credits", CreditGrant::hasCredits)
          .set(INTEGER, "version", CreditGrant::version)
          .insert();

  private static final BulkStatement<CreditGrant> UPDATE_GRANTS =
      BulkStatement.<CreditGrant>into("credit_grant")
          .where(BIGINT, "id", CreditGrant::id)
          .version("version", CreditGrant::version)
          .set(BIGINT, "remaining_micros", grant -> grant.remaining().micros())
          .set(BIGINT, "held_micros", grant -> grant.held().micros())
          .set(TIMESTAMP, "voided_at", CreditGrant::voidedAt)
          .set(BOOLEAN, "has_credits", CreditGrant::hasCredits)
          .update();

  private static final BulkStatement<CreditTransaction> INSERT_TRANSACTIONS =
      BulkStatement.<CreditTransaction>into("credit_transaction")
          .set(BIGINT, "id", CreditTransaction::id)
          .set(BIGINT, "account_id", CreditTransaction::accountId)
          .set(BIGINT, "grant_id", CreditTransaction::grantId)
          .set(VARCHAR, "kind", transaction -> transaction.kind().name())
          .set(BIGINT, "amount_micros", CreditTransaction::amountMicros)
          .set(BIGINT, "usage_id", transaction -> transaction.usageId().orElse(null))
          .set(VARCHAR, "description", CreditTransaction::description)
          .set(TIMESTAMP, "created_at", CreditTransaction::createdAt)
          .insert();

  @Inject Database database;

  /**
   * The accounts' grants that have credits, and these others, as they are when every other writer
   * of them has committed. All writers lock in the order of the ids, so that none waits for another
   * in a circle.
   */
  List<CreditGrant> lockGrants(Collection<Long> accountIds, Set<Long> others) {
    return others.isEmpty()
        ? database.read(
            GRANT_COLUMNS + " where " + WITH_CREDITS + LOCKED, CreditGrant::read, accountIds)
        : database.read(
            GRANT_COLUMNS
                + " where ("
                + WITH_CREDITS
                + ") or id = any(cast(? as bigint array))"
                + LOCKED,
            CreditGrant::read,
            accountIds,
            others);
  }

  /**
   * Makes others that lock one of these accounts wait; in one order, so that none waits in a
   * circle.
   */
  void lockAccounts(Collection<Long> accountIds) {
    if (!accountIds.isEmpty()) {
      database.read(
          "select id from credit_account where id = any(cast(? as bigint array)) order by id"
              + " for update",
          row -> row.getLong(1),
          accountIds);
    }
  }

  /** The accounts' grants that have credits. */
  List<CreditGrant> grants(Collection<Long> accountIds) {
    return accountIds.isEmpty()
        ? List.of()
        : database.read(GRANT_COLUMNS + " where " + WITH_CREDITS, CreditGrant::read, accountIds);
  }

  /** Grants that have expired and still have something left, by their expiry, behind one. */
  List<ExpiredGrant> expiredGrants(OffsetDateTime now, ExpiredGrant after, int limit) {
    return database.read(
        "select expires_at, id, account_id from credit_grant where has_credits = true"
            + " and remaining_micros > 0 and expires_at <= ? and (expires_at, id) > (?, ?)"
            + " order by expires_at, id fetch first ? rows only",
        row ->
            new ExpiredGrant(
                row.getObject(1, OffsetDateTime.class), row.getLong(2), row.getLong(3)),
        now,
        after.expiredAt(),
        after.grantId(),
        limit);
  }

  /** What all changes write; a grant that is no longer as it was read ends the transaction. */
  static Writes writes(LedgerChanges changes) {
    Writes writes = new Writes();
    writes.add(INSERT_GRANTS, changes.newGrants());
    writes.addChecked(UPDATE_GRANTS, changes.movedGrants());
    writes.add(INSERT_TRANSACTIONS, changes.transactions());
    return writes;
  }

  void write(LedgerChanges changes) {
    database.write(writes(changes));
  }
}

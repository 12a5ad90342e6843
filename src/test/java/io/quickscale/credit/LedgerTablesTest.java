package io.quickscale.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.credit.LedgerCommand.Give;
import io.quickscale.credit.LedgerCommand.PlaceHolds;
import io.quickscale.credit.LedgerCommand.Wanted;
import io.quickscale.db.Database;
import io.quickscale.node.Node;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows are only written as long as they are as they were read. */
class LedgerTablesTest {
  private static Node node;
  private static long lastId;
  private long account;
  private long grant;

  @BeforeAll
  static void start() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:ledger-tables;DB_CLOSE_DELAY=-1");
    Class<?>[] beans =
        Stream.concat(Stream.of(CreditBeans.all()), Stream.of(Writing.class))
            .toArray(Class<?>[]::new);
    node = Node.start(database, database.getURL(), beans);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void openAnAccountWithAHold() {
    CreditLedger ledger = node.bean(CreditLedger.class);
    account = ledger.openAccount();
    grant = ++lastId;
    ledger
        .apply(
            new Give(
                account, grant, GrantKind.ADMIN, 0, Credits.ofMicros(10), Optional.empty(), ""))
        .orThrow();
    LedgerOutcome held =
        ledger.apply(new PlaceHolds(account, List.of(new Wanted(++lastId, Credits.ofMicros(4)))));
    assertThat(held).isInstanceOf(LedgerOutcome.Held.class);
  }

  @Test
  void aGrantThatWasMovedMeanwhileIsNotMoved() {
    assertThatThrownBy(
            () -> node.bean(Writing.class).move(account, "update credit_grant set version = 7"))
        .isInstanceOf(OptimisticLockException.class);
    assertThat(node.bean(CreditLedger.class).available(Set.of(account)))
        .containsEntry(account, Credits.ofMicros(6));
  }

  /** Reads rows, lets somebody else change them, and writes what it has read. */
  @ApplicationScoped
  static class Writing {
    @Inject LedgerTables tables;
    @Inject Database database;

    @Transactional
    public void move(long accountId, String meanwhile) {
      CreditGrant grant = tables.lockGrants(List.of(accountId), Set.of()).get(0);
      database.update(meanwhile);
      grant.hold(Credits.ofMicros(1));
      LedgerChanges changes = new LedgerChanges();
      changes.moved(grant);
      tables.write(changes);
    }
  }
}

package io.quickscale.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.node.Node;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class TransactionLimitsTest {
  private static final Duration LOCK_WAIT = Duration.ofMillis(321);

  /** Somebody's transaction. */
  @ApplicationScoped
  static class Work {
    @Inject TransactionLimits limits;
    @Inject Database database;

    @Transactional
    public <T> T within(Supplier<T> work) {
      return limits.within(LOCK_WAIT, work);
    }

    @Transactional
    @Unhurried
    public <T> T unhurried(Supplier<T> work) {
      return work.get();
    }

    @Transactional
    public String read(String sql) {
      return database.read(sql, row -> row.getString(1)).get(0);
    }

    @Transactional
    public int update(String sql) {
      return database.update(sql);
    }
  }

  @Test
  void onPostgreSqlATransactionIsBoundAndTheNextOneIsNot() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      DataSource database = postgres.getPostgresDatabase();
      String url = postgres.getJdbcUrl("postgres", "postgres");
      try (Node node =
          Node.start(
              database, url, Work.class, TransactionLimits.class, UnhurriedInterceptor.class)) {
        Work work = node.bean(Work.class);

        assertThat(work.within(() -> settings(work))).containsExactly("321ms", "5s", "10s");
        assertThat(settings(work)).containsExactly("0", "0", "0");
        assertThat(work.unhurried(() -> settings(work))).containsExactly("0", "10min", "0");
        assertOnlyTheLockedRowIsWaitedFor(work, database);
      }
    }
  }

  @Test
  void onH2ATransactionWaitsForLocksAsLongAsItSaysAndTheNextOneAsBefore() throws Exception {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:limits;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=1234");
    try (Node node =
        Node.start(
            database,
            database.getURL(),
            Work.class,
            TransactionLimits.class,
            UnhurriedInterceptor.class)) {
      Work work = node.bean(Work.class);

      assertThat(work.within(() -> work.read("select lock_timeout()"))).isEqualTo("321");
      assertThat(work.read("select lock_timeout()")).isEqualTo("1234");
      assertThat(work.unhurried(() -> work.read("select lock_timeout()"))).isEqualTo("1234");
      assertOnlyTheLockedRowIsWaitedFor(work, database);
      assertThat(work.read("select lock_timeout()")).isEqualTo("1234");
    }
  }

  private static List<String> settings(Work work) {
    return List.of(
        work.read("show lock_timeout"),
        work.read("show statement_timeout"),
        work.read("show idle_in_transaction_session_timeout"));
  }

  /** A lock of somebody else's is told from everything else that can go wrong. */
  private static void assertOnlyTheLockedRowIsWaitedFor(Work work, DataSource database)
      throws SQLException {
    work.update("insert into credit_account (id, created_at) values (1, current_timestamp)");
    work.update("insert into credit_account (id, created_at) values (2, current_timestamp)");
    try (Connection outside = database.getConnection()) {
      outside.setAutoCommit(false);
      outside.createStatement().execute("select id from credit_account where id = 1 for update");

      assertThat(work.within(() -> lock(work, 2))).isEqualTo("2");
      assertThatThrownBy(() -> work.within(() -> lock(work, 1)))
          .matches(DatabaseFailure::isLockTimeout, "is a lock time-out")
          .matches(failure -> !DatabaseFailure.isOutage(failure), "is no outage");
      outside.rollback();
    }
    assertThat(work.within(() -> lock(work, 1))).isEqualTo("1");
    assertThatThrownBy(
            () -> work.update("insert into credit_account (id, created_at) values (1, null)"))
        .matches(failure -> !DatabaseFailure.isLockTimeout(failure), "is no lock time-out");
  }

  private static String lock(Work work, int id) {
    return work.read("select id from credit_account where id = %d for update".formatted(id));
  }
}

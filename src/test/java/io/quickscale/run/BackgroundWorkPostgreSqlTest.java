package io.quickscale.run;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On PostgreSQL, as in production. */
class BackgroundWorkPostgreSqlTest extends BackgroundWorkTest {
  private EmbeddedPostgres postgres;

  @BeforeAll
  @Override
  void startNodes() {
    try {
      postgres = EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new AssertionError("PostgreSQL does not start", e);
    }
    super.startNodes();
  }

  @AfterAll
  @Override
  void stopNodes() {
    super.stopNodes();
    try {
      postgres.close();
    } catch (IOException e) {
      throw new AssertionError("PostgreSQL does not stop", e);
    }
  }

  @Override
  DataSource dataSource() {
    return postgres.getPostgresDatabase();
  }

  @Override
  String url() {
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  /** The ledger refuses to forget anything unless triggers are off. */
  @Override
  List<String> emptyingStatements() {
    return List.of(
        "set local session_replication_role = replica",
        "delete from idempotency_record",
        "delete from run_open",
        "delete from service_usage",
        "delete from credit_transaction",
        "delete from credit_grant",
        "delete from credit_account");
  }
}

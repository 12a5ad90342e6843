package io.quickscale.job;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On PostgreSQL, as in production. */
class JobJournalPostgreSqlTest extends JobJournalTest {
  private EmbeddedPostgres postgres;

  @BeforeAll
  @Override
  void startNode() {
    try {
      postgres = EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new AssertionError("PostgreSQL does not start", e);
    }
    super.startNode();
  }

  @AfterAll
  @Override
  void stopNode() {
    super.stopNode();
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
}

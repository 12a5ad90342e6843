package io.quickscale.run;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** On PostgreSQL, as in production. */
class UpgradePostgreSqlTest extends UpgradeTest {
  private EmbeddedPostgres postgres;

  @BeforeAll
  @Override
  void upgrade() throws SQLException {
    try {
      postgres = EmbeddedPostgres.start();
    } catch (IOException e) {
      throw new AssertionError("PostgreSQL does not start", e);
    }
    super.upgrade();
  }

  @AfterAll
  @Override
  void stop() {
    super.stop();
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

  @Override
  String vendor() {
    return "postgresql";
  }
}

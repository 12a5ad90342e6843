package io.quickscale.run;

import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** On H2, as {@code ./scripts/run} has it. */
class BackgroundWorkH2Test extends BackgroundWorkTest {
  private static final String URL = "jdbc:h2:mem:background-work;DB_CLOSE_DELAY=-1";

  @Override
  DataSource dataSource() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(URL);
    return database;
  }

  @Override
  String url() {
    return URL;
  }

  @Override
  List<String> emptyingStatements() {
    return List.of(
        "delete from idempotency_record",
        "delete from run_open",
        "delete from service_usage",
        "delete from credit_transaction",
        "delete from credit_grant",
        "delete from credit_account");
  }
}

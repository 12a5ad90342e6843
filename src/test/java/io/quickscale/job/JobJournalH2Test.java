package io.quickscale.job;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** On H2, as {@code ./scripts/run} has it. */
class JobJournalH2Test extends JobJournalTest {
  private static final String URL = "jdbc:h2:mem:job-journal;DB_CLOSE_DELAY=-1";

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
}

package io.quickscale.run;

import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** On the embedded database. */
class UpgradeH2Test extends UpgradeTest {
  private static final String URL = "jdbc:h2:mem:upgrade;DB_CLOSE_DELAY=-1";

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
  String vendor() {
    return "h2";
  }
}

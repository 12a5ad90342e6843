package io.quickscale.platform;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * A change of the schema takes as long as it takes: on PostgreSQL, the time-outs that a connection
 * comes with are for requests. After one that fails nothing is put back: the deployment has failed.
 */
final class UnhurriedMigrations extends BaseCallback {
  private int networkTimeout;

  @Override
  public boolean supports(Event event, Context context) {
    return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
  }

  @Override
  public void handle(Event event, Context context) {
    Connection connection = context.getConnection();
    try (var statement = connection.createStatement()) {
      if (event == Event.BEFORE_EACH_MIGRATE) {
        networkTimeout = connection.getNetworkTimeout();
        connection.setNetworkTimeout(Runnable::run, 0);
        statement.execute("set statement_timeout = 0");
      } else {
        statement.execute("reset statement_timeout");
        connection.setNetworkTimeout(Runnable::run, networkTimeout);
      }
    } catch (SQLException e) {
      throw new FlywayException("The time-outs of a connection cannot be set", e);
    }
  }
}

package io.quickscale.system;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts a PostgreSQL before the server under test and stops it after, when the tests are to be on
 * one ({@code quickscale.test.database}) and nobody gave one of their own ({@code
 * QUICKSCALE_TEST_DB_URL}).
 */
public final class EmbeddedPostgreSql implements LauncherSessionListener {
  private EmbeddedPostgres postgres;

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if ("postgresql".equals(System.getProperty("quickscale.test.database"))
        && System.getenv("QUICKSCALE_TEST_DB_URL") == null) {
      postgres = start(Integer.getInteger("quickscale.test.postgresql.port"));
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    if (postgres == null) {
      return;
    }
    try {
      postgres.close();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL would not stop", e);
    }
  }

  private static EmbeddedPostgres start(int port) {
    try {
      return DurablePostgreSql.durable().setPort(port).start();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL would not start on port " + port, e);
    }
  }
}

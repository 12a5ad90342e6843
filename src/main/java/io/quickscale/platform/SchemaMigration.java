package io.quickscale.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Brings the database to this version's schema before anything else starts. Several nodes may start
 * at once: Flyway lets one migrate and the others wait. A failure stops the deployment.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class SchemaMigration {
  private static final Logger LOG = Logger.getLogger(SchemaMigration.class.getName());

  private static final String POSTGRESQL = "PostgreSQL";

  @Resource(lookup = "java:comp/env/jdbc/quickscale")
  DataSource dataSource;

  /** Those that need more than SQL. */
  @Inject @Any Instance<JavaMigration> migrations;

  @Inject MigratedDatabase database;

  @PostConstruct
  void migrate() {
    String product = findProduct();
    Flyway flyway =
        Flyway.configure(getClass().getClassLoader())
            .dataSource(dataSource)
            .locations("classpath:db/migration/common", "classpath:db/migration/" + vendor(product))
            .javaMigrations(migrations.stream().toArray(JavaMigration[]::new))
            .callbacks(callbacks(product))
            .load();
    flyway.migrate();
    String version = flyway.info().current().getVersion().toString();
    database.is(new MigratedDatabase.Facts(product, version));
    LOG.info(() -> "Database schema is at version " + version);
  }

  private static Callback[] callbacks(String product) {
    return product.equals(POSTGRESQL)
        ? new Callback[] {new UnhurriedMigrations()}
        : new Callback[0];
  }

  /**
   * Whether the database answers within this time.
   *
   * @param waited is told how long it took to get a connection, or to be refused one
   */
  public boolean databaseAnswers(int timeoutSeconds, Consumer<Duration> waited) {
    long asked = System.nanoTime();
    try (var connection = dataSource.getConnection()) {
      waited.accept(Duration.ofNanos(System.nanoTime() - asked));
      return connection.isValid(timeoutSeconds);
    } catch (SQLException e) {
      waited.accept(Duration.ofNanos(System.nanoTime() - asked));
      return false;
    }
  }

  private String findProduct() {
    try (var connection = dataSource.getConnection()) {
      String product = connection.getMetaData().getDatabaseProductName();
      if (product.equals(POSTGRESQL) && connection.getNetworkTimeout() == 0) {
        LOG.warning(
            "The connections of jdbc/quickscale have no socketTimeout: a PostgreSQL that falls"
                + " silent would hold requests for ever. Add it to QUICKSCALE_DB_URL"
                + " (operating/postgresql)");
      }
      return product;
    } catch (SQLException e) {
      throw new IllegalStateException(
          "The database of jdbc/quickscale does not answer: check QUICKSCALE_DB_URL, _USER and"
              + " _PASSWORD",
          e);
    }
  }

  private static String vendor(String product) {
    return switch (product) {
      case "H2" -> "h2";
      case POSTGRESQL -> "postgresql";
      default ->
          throw new IllegalStateException(
              "QuickScale runs on PostgreSQL or H2, not on " + product + ": set QUICKSCALE_DB_URL");
    };
  }
}

package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;

import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What health says of the database while the application starts, and then. */
class DatabaseCheckTest {
  private static final String STARTING = "DOWN {reason=the application is starting}";

  private final MigratedDatabase database = new MigratedDatabase();
  private final SchemaMigration migration = new SchemaMigration();
  private final DatabaseCheck connections = new DatabaseCheck();
  private final MigrationCheck migrations = new MigrationCheck();

  @BeforeEach
  void buildAnswers() {
    HealthResponses.provide();
    connections.database = database;
    connections.migration = migration;
    migrations.database = database;
  }

  @Test
  void whoeverAsksBeforeTheSchemaIsThereIsToldThatTheApplicationIsStarting() {
    assertThat(HealthResponses.text(connections.call())).isEqualTo(STARTING);
    assertThat(HealthResponses.text(migrations.call())).isEqualTo(STARTING);
  }

  @Test
  void itIsUpOnceItHasItsSchema() {
    migrated("jdbc:h2:mem:");

    assertThat(HealthResponses.text(connections.call())).isEqualTo("UP {product=H2}");
    assertThat(HealthResponses.text(migrations.call())).isEqualTo("UP {version=8}");
  }

  @Test
  void itIsDownWhenItDoesNotAnswerAnyMore() {
    migrated("jdbc:h2:mem:gone;IFEXISTS=TRUE");

    assertThat(HealthResponses.text(connections.call())).isEqualTo("DOWN {product=H2}");
    assertThat(HealthResponses.text(migrations.call())).isEqualTo("UP {version=8}");
  }

  private void migrated(String url) {
    JdbcDataSource dataSource = new JdbcDataSource();
    dataSource.setURL(url);
    migration.dataSource = dataSource;
    database.is(new MigratedDatabase.Facts("H2", "8"));
  }
}

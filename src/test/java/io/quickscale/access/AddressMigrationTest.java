package io.quickscale.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of users whose addresses were stored as they came. */
class AddressMigrationTest {
  private static final String URL = "jdbc:h2:mem:addresses";

  private Connection connection;

  @BeforeEach
  void theSchemaBefore() throws SQLException {
    connection = DriverManager.getConnection(URL);
    flyway().target("4").load().migrate();
    execute("insert into credit_account (id, created_at) values (1, current_timestamp)");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void anAddressGetsItsOneForm() throws SQLException {
    store(1, "ada@example.org");
    store(2, "\uff45ve@example.org");
    store(3, "bob@m\u00fcnchen.de");

    migrate();

    assertThat(addresses())
        .containsEntry(1L, "ada@example.org")
        .containsEntry(2L, "eve@example.org")
        .containsEntry(3L, "bob@xn--mnchen-3ya.de");
  }

  @Test
  void whereItIsTakenTheOlderUserHasItAndTheOtherKeepsItsOwn() throws SQLException {
    store(1, "e\u0301@example.org");
    store(2, "\u00e9@example.org");
    store(3, "\uff41da@example.org");
    store(4, "\u24d0da@example.org");

    migrate();

    assertThat(addresses())
        .containsEntry(1L, "e\u0301@example.org")
        .containsEntry(2L, "\u00e9@example.org")
        .containsEntry(3L, "ada@example.org")
        .containsEntry(4L, "\u24d0da@example.org");
  }

  @Test
  void whatIsNoAddressAnyMoreStays() throws SQLException {
    store(1, "a\u200bbc@example.org");
    store(2, "\u0430bc@example.org");

    migrate();

    assertThat(addresses())
        .containsEntry(1L, "a\u200bbc@example.org")
        .containsEntry(2L, "\u0430bc@example.org");
  }

  private static FluentConfiguration flyway() {
    return Flyway.configure()
        .dataSource(URL, "", "")
        .locations("classpath:db/migration/common", "classpath:db/migration/h2");
  }

  private static void migrate() {
    flyway().target("7").javaMigrations(new AddressMigration()).load().migrate();
  }

  private void store(long id, String email) throws SQLException {
    execute(
        "insert into app_user (id, account_id, email, role, active, created_at, version)"
            + " values (%d, 1, '%s', 'USER', true, current_timestamp, 0)".formatted(id, email));
  }

  private void execute(String statement) throws SQLException {
    try (var prepared = connection.prepareStatement(statement)) {
      prepared.executeUpdate();
    }
  }

  private Map<Long, String> addresses() throws SQLException {
    Map<Long, String> found = new TreeMap<>();
    try (var select = connection.prepareStatement("select id, email from app_user");
        var rows = select.executeQuery()) {
      while (rows.next()) {
        found.put(rows.getLong(1), rows.getString(2));
      }
    }
    return found;
  }
}

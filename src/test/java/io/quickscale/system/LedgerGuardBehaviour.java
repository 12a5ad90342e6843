package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** PostgreSQL itself keeps the ledger append-only. */
interface LedgerGuardBehaviour {
  QuickScale quickScale();

  @Test
  @EnabledIfSystemProperty(named = "quickscale.test.database", matches = "postgresql")
  default void theDatabaseRefusesToChangeOrDeleteALedgerRow() throws SQLException {
    quickScale().newUser(7);

    assertRefused("update credit_transaction set amount_micros = amount_micros + 1");
    assertRefused("delete from credit_transaction");
    assertRefused("truncate credit_transaction");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  @EnabledIfSystemProperty(named = "quickscale.test.database", matches = "postgresql")
  default void verifyFindsABalanceThatWasTamperedWith() throws SQLException {
    var user = quickScale().newUser();
    long account = newestAccount();
    quickScale().grant(user, "pay_as_you_go", 7);
    String update =
        "update credit_grant set remaining_micros = remaining_micros %s 1000000, version = version + 1 where account_id = "
            + account;

    execute(update.formatted("-"));
    Reply found = quickScale().admin().get("/api/v1/admin/ledger/verify").expect(200);
    execute(update.formatted("+"));

    assertThat(found.json().getBoolean("consistent")).isFalse();
    var discrepancy = found.json().getJsonArray("discrepancies").getJsonObject(0);
    assertThat(discrepancy.getString("kind")).isEqualTo("grant_balance");
    quickScale().assertLedgerIsConsistent();
  }

  @Test
  @EnabledIfSystemProperty(named = "quickscale.test.database", matches = "postgresql")
  default void verifyFindsARunThatSaysItCostSomethingElse() throws SQLException {
    var user = quickScale().newUser(20);
    user.run("outcome", QuickScale.object("outcome", "fine")).expect(200);
    String where = " where account_id = " + newestAccount();

    assertFinds(
        "usage_cost",
        "update service_usage set cost_micros = cost_micros + 1" + where,
        "update service_usage set cost_micros = cost_micros - 1" + where);
    assertFinds(
        "run_charge",
        "update service_usage set cost_micros = cost_micros + 1, refunded_micros = 1" + where,
        "update service_usage set cost_micros = cost_micros - 1, refunded_micros = 0" + where);
    assertFinds(
        "grant_held",
        "insert into run_open (id, order_id, account_id, user_id, service, price_micros, shares,"
            + " correlation_id, started_at, deadline) select 1, 1, account_id, 1, 'outcome', 1,"
            + " id || ':ADMIN:1', 'nobody', now(), now() + interval '1 hour' from credit_grant"
            + where,
        "delete from run_open where id = 1");
  }

  @Test
  @EnabledIfSystemProperty(named = "quickscale.test.database", matches = "postgresql")
  default void verifyFindsARowOfTheLedgerWhoseGrantDoesNotExist() throws SQLException {
    quickScale().newUser();
    String trigger = "alter table credit_transaction %s trigger credit_transaction_append_only;";

    assertFinds(
        "missing_grant",
        "insert into credit_transaction (id, account_id, grant_id, kind, amount_micros, created_at)"
            + " values (1, "
            + newestAccount()
            + ", 1, 'GRANT', 5, now())",
        trigger.formatted("disable")
            + " delete from credit_transaction where id = 1; "
            + trigger.formatted("enable"));
  }

  private void assertFinds(String kind, String damage, String repair) throws SQLException {
    execute(damage);
    Reply found = quickScale().admin().get("/api/v1/admin/ledger/verify").expect(200);
    execute(repair);

    assertThat(found.json().getBoolean("consistent")).isFalse();
    assertThat(found.body()).contains("\"kind\":\"" + kind + "\"");
    quickScale().assertLedgerIsConsistent();
  }

  private static long newestAccount() throws SQLException {
    try (Connection connection = connect();
        var query =
            connection.prepareStatement("select account_id from app_user order by id desc");
        var rows = query.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void assertRefused(String sql) {
    assertThatThrownBy(() -> execute(sql))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("append-only");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        System.getenv("QUICKSCALE_DB_URL"),
        System.getenv("QUICKSCALE_DB_USER"),
        System.getenv("QUICKSCALE_DB_PASSWORD"));
  }
}

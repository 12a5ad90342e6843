package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.platform.Ids;
import io.quickscale.system.QuickScale.Caller;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/** What the database says that runs have cost, read past the application. */
final class Books {
  private static final String SALES =
      """
      select u.correlation_id, u.id, u.cost_micros, charge.micros as ledger_micros
        from service_usage u
             left join (select usage_id, -sum(amount_micros) as micros from credit_transaction
                         where kind = 'CHARGE' group by usage_id) charge on charge.usage_id = u.id
       where u.status = 'SUCCEEDED' and u.user_id in (%s)
      """;
  private static final String CHARGES_OF_NO_SALE =
      """
      select count(*) from credit_transaction t left join service_usage u on u.id = t.usage_id
       where t.kind = 'CHARGE' and u.status is distinct from 'SUCCEEDED'
      """;
  private static final String CHARGED_TWICE =
      """
      select count(*) from (select 1 from credit_transaction where kind = 'CHARGE'
       group by usage_id, grant_id having count(*) > 1) twice
      """;
  private static final String WRONG_BALANCES =
      """
      select count(*) from credit_grant g
       where g.remaining_micros <> g.amount_micros + (select coalesce(sum(t.amount_micros), 0)
             from credit_transaction t where t.grant_id = g.id and t.kind <> 'GRANT')
      """;

  private final Connections database;
  private final String salesQuery;

  /**
   * The books of all.
   *
   * @param customers whose runs are looked at one by one
   */
  Books(Connections database, Collection<Caller> customers) {
    this.database = database;
    this.salesQuery = SALES.formatted(ids(customers));
  }

  /** Users for an SQL "in". */
  static String ids(Collection<Caller> users) {
    return users.stream()
        .map(user -> String.valueOf(Ids.parse(user.id()).orElseThrow()))
        .collect(Collectors.joining(", "));
  }

  /** Where the books are. */
  interface Connections {
    Connection connect() throws SQLException;
  }

  /** A run that succeeded, as its record and the ledger have it. */
  private record Sale(String key, String usageId, long micros, long ledgerMicros) {
    private static Sale of(Purchase purchase) {
      return new Sale(purchase.key(), purchase.usageId(), purchase.micros(), purchase.micros());
    }

    private static Sale of(ResultSet row) throws SQLException {
      return new Sale(row.getString(1), Ids.format(row.getLong(2)), row.getLong(3), row.getLong(4));
    }
  }

  /** Every purchase was recorded and charged exactly once, and nothing else was. */
  void assertExactly(Collection<Purchase> purchases) throws SQLException {
    List<Sale> expected = purchases.stream().map(Sale::of).toList();
    List<Sale> sales = sales();
    assertThat(without(expected, sales)).as("bought, but not in the books").isEmpty();
    assertThat(without(sales, expected)).as("in the books, but not bought").isEmpty();
    assertThat(sales).doesNotHaveDuplicates();
    assertThat(count(CHARGES_OF_NO_SALE)).as("charges without a run that succeeded").isZero();
    assertThat(count(CHARGED_TWICE)).as("grants charged twice for a run").isZero();
    assertThat(count(WRONG_BALANCES)).as("grants whose ledger does not add up").isZero();
  }

  /** Nothing is on its way any more: no hold, no run, no key without an answer. */
  void assertNothingIsOpen() throws SQLException {
    assertThat(count("select count(*) from run_open")).isZero();
    assertThat(count("select count(*) from credit_grant where held_micros <> 0")).isZero();
    assertThat(count("select count(*) from idempotency_record where status is null")).isZero();
  }

  long abandoned() throws SQLException {
    return count("select count(*) from service_usage where status = 'ABANDONED'");
  }

  long count(String sql) throws SQLException {
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private List<Sale> sales() throws SQLException {
    List<Sale> sales = new ArrayList<>();
    try (Connection connection = database.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(salesQuery)) {
      while (rows.next()) {
        sales.add(Sale.of(rows));
      }
    }
    return sales;
  }

  private static List<Sale> without(List<Sale> some, List<Sale> others) {
    var known = new HashSet<>(others);
    return some.stream().filter(sale -> !known.contains(sale)).toList();
  }
}

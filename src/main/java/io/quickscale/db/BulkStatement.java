package io.quickscale.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes any number of rows with one statement: each column travels as an array, and {@code unnest}
 * makes rows of them. That is one execution for a whole group of runs, where a JDBC batch executes
 * its statement once a row.
 *
 * @param <R> what a row is made from
 */
public final class BulkStatement<R> {
  private final List<Column<R>> columns;
  private final String onPostgreSql;
  private final String onH2;

  private enum Role {
    KEY,
    VERSION,
    VALUE
  }

  private record Column<R>(SqlType type, String name, Role role, Function<R, Object> value) {
    String assignment() {
      return name + " = u." + name + (role == Role.VERSION ? " + 1" : "");
    }
  }

  private BulkStatement(List<Column<R>> columns, String onPostgreSql, String onH2) {
    this.columns = columns;
    this.onPostgreSql = onPostgreSql;
    this.onH2 = onH2;
  }

  /** Begins an insert. */
  public static <R> Columns<R> into(String table) {
    return new Columns<>(table, List.of());
  }

  /** Columns of a statement that is being put together. */
  public static final class Columns<R> {
    private final String table;
    private final List<Column<R>> columns;

    private Columns(String table, List<Column<R>> columns) {
      this.table = table;
      this.columns = columns;
    }

    /** A column that a row must have this value in to be updated. */
    public Columns<R> where(SqlType type, String name, Function<R, Object> value) {
      return with(new Column<>(type, name, Role.KEY, value));
    }

    /** A number that a row must have to be updated, and that grows with each update. */
    public Columns<R> version(String name, Function<R, Object> value) {
      return with(new Column<>(SqlType.INTEGER, name, Role.VERSION, value));
    }

    /** A column to write. */
    public Columns<R> set(SqlType type, String name, Function<R, Object> value) {
      return with(new Column<>(type, name, Role.VALUE, value));
    }

    private Columns<R> with(Column<R> column) {
      return new Columns<>(table, Stream.concat(columns.stream(), Stream.of(column)).toList());
    }

    /** Inserts rows. */
    public BulkStatement<R> insert() {
      String sql = "insert into %s (%s) select * from %s".formatted(table, names(), rows());
      return new BulkStatement<>(columns, sql, sql);
    }

    /** Updates rows; each of the given ones is to find one at most. */
    public BulkStatement<R> update() {
      String source = rows() + " as u (" + names() + ")";
      String found = each(column -> column.role != Role.VALUE, "t.%1$s = u.%1$s", " and ");
      String sets =
          columns.stream()
              .filter(column -> column.role != Role.KEY)
              .map(column -> column.assignment())
              .collect(Collectors.joining(", "));
      return new BulkStatement<>(
          columns,
          "update %s as t set %s from %s where %s".formatted(table, sets, source, found),
          "merge into %s as t using %s on %s when matched then update set %s"
              .formatted(table, source, found, sets));
    }

    private String rows() {
      return columns.stream()
          .map(column -> column.type.arrayParameter())
          .collect(Collectors.joining(", ", "unnest(", ")"));
    }

    private String names() {
      return each(column -> true, "%s", ", ");
    }

    private String each(Predicate<Column<R>> chosen, String form, String separator) {
      return columns.stream()
          .filter(chosen)
          .map(column -> form.formatted(column.name))
          .collect(Collectors.joining(separator));
    }
  }

  String sql(boolean isH2) {
    return isH2 ? onH2 : onPostgreSql;
  }

  /**
   * Binds rows from a parameter on.
   *
   * @return the parameter behind the last one
   */
  int bind(Connection connection, PreparedStatement statement, int first, List<R> rows)
      throws SQLException {
    int parameter = first;
    for (Column<R> column : columns) {
      Object[] values = rows.stream().map(column.value).toArray(column.type::array);
      statement.setArray(parameter++, connection.createArrayOf(column.type.elementName(), values));
    }
    return parameter;
  }
}

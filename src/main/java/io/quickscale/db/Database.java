package io.quickscale.db;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/**
 * SQL for what JPA cannot say: statements over many rows. Uses the connection of the caller's
 * transaction, the entity manager's own: a data source would not do, since Payara does not enlist
 * its connections in a transaction that a CDI bean began below an EJB. Knows nothing of what an
 * entity manager has not flushed yet.
 */
@ApplicationScoped
public class Database {
  @PersistenceContext EntityManager entities;

  private volatile Boolean isH2;

  /** Makes something of the row that a result stands on. */
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /**
   * Writes rows.
   *
   * @throws jakarta.persistence.OptimisticLockException a row is not as it was read
   */
  public void write(Writes writes) {
    with(
        connection -> {
          writes.execute(connection, isH2(connection));
          return null;
        });
  }

  /** Writes rows of one kind; no rows are no work. */
  public <R> void write(BulkStatement<R> statement, List<R> rows) {
    Writes writes = new Writes();
    writes.add(statement, rows);
    write(writes);
  }

  /**
   * Reads rows.
   *
   * @param parameters for the question marks in order; a collection is an array of bigint, or of
   *     varchar if there are texts in it
   */
  public <T> List<T> read(String sql, RowReader<T> reader, Object... parameters) {
    return with(connection -> read(connection, sql, reader, parameters));
  }

  /** Changes rows and returns how many; parameters as in {@link #read}. */
  public int update(String sql, Object... parameters) {
    return with(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, parameters);
            return statement.executeUpdate();
          }
        });
  }

  /**
   * Deletes rows and returns their ids.
   *
   * @param condition what they must be like; parameters as in {@link #read}
   */
  public List<Long> delete(String table, String condition, Object... parameters) {
    String delete = "delete from " + table + " where " + condition;
    return with(
        connection ->
            read(
                connection,
                isH2(connection)
                    ? "select id from old table (" + delete + ")"
                    : delete + " returning id",
                row -> row.getLong(1),
                parameters));
  }

  /** Whether it is the embedded one. */
  public boolean isH2() {
    return with(this::isH2);
  }

  /**
   * Does something in the current transaction for which the driver waits longer than usual. Where
   * it would wait for ever, it goes on to.
   */
  public <T> T withNetworkTimeout(Duration timeout, Supplier<T> work) {
    int before = with(Connection::getNetworkTimeout);
    if (before == 0) {
      return work.get();
    }
    setNetworkTimeout((int) timeout.toMillis());
    T done;
    try {
      done = work.get();
    } catch (RuntimeException | Error failure) {
      restoreNetworkTimeout(before, failure);
      throw failure;
    }
    setNetworkTimeout(before);
    return done;
  }

  private void restoreNetworkTimeout(int before, Throwable failure) {
    try {
      setNetworkTimeout(before);
    } catch (PersistenceException broken) {
      // The pool throws the connection away.
      failure.addSuppressed(broken);
    }
  }

  private void setNetworkTimeout(int millis) {
    with(
        connection -> {
          connection.setNetworkTimeout(Runnable::run, millis);
          return millis;
        });
  }

  private static <T> List<T> read(
      Connection connection, String sql, RowReader<T> reader, Object[] parameters)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(connection, statement, parameters);
      List<T> results = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          results.add(reader.read(rows));
        }
      }
      return results;
    }
  }

  /** A cached statement names a connection that Payara has closed: hence the other one. */
  private static void bind(Connection connection, PreparedStatement statement, Object[] parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameter(connection, parameters[i]));
    }
  }

  private static Object parameter(Connection connection, Object value) throws SQLException {
    if (value instanceof Collection<?> values) {
      boolean texts = values.stream().anyMatch(String.class::isInstance);
      SqlType type = texts ? SqlType.VARCHAR : SqlType.BIGINT;
      return connection.createArrayOf(type.elementName(), values.toArray(type::array));
    }
    return value;
  }

  private boolean isH2(Connection connection) throws SQLException {
    if (isH2 == null) {
      isH2 = connection.getMetaData().getDatabaseProductName().equals("H2");
    }
    return isH2;
  }

  private <T> T with(Work<T> work) {
    Connection connection = entities.unwrap(Connection.class);
    if (connection == null) {
      throw new IllegalStateException("Statements over many rows need a transaction around them");
    }
    try {
      return work.on(connection);
    } catch (SQLException e) {
      throw new PersistenceException("The database refused a statement", e);
    }
  }
}

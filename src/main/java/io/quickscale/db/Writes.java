package io.quickscale.db;

import jakarta.persistence.OptimisticLockException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of several tables that one transaction writes at its end, in this order. They go to the
 * database together: in one round trip where the driver sends several statements at once
 * (PostgreSQL), one by one elsewhere.
 */
public final class Writes {
  private final List<Write<?>> writes = new ArrayList<>();

  private record Write<R>(BulkStatement<R> statement, List<R> rows, boolean mustFindAll) {
    int bind(Connection connection, PreparedStatement prepared, int first) throws SQLException {
      return statement.bind(connection, prepared, first, rows);
    }

    @SuppressWarnings("unchecked") // of the same statement, and so of the same type
    void take(List<?> more) {
      rows.addAll((List<R>) more);
    }

    void check(int written) {
      if (mustFindAll && written != rows.size()) {
        throw new OptimisticLockException("Another writer was faster");
      }
    }
  }

  /**
   * Adds rows; no rows are no work. Rows of the same statement are written together, where its
   * first ones stand.
   */
  public <R> void add(BulkStatement<R> statement, List<R> rows) {
    for (Write<?> write : writes) {
      if (write.statement() == statement && !write.mustFindAll()) {
        write.take(rows);
        return;
      }
    }
    add(new Write<>(statement, new ArrayList<>(rows), false));
  }

  /**
   * Adds rows that must all be found as they were read; otherwise executing throws {@link
   * OptimisticLockException} and nothing may be committed.
   */
  public <R> void addChecked(BulkStatement<R> statement, List<R> rows) {
    add(new Write<>(statement, rows, true));
  }

  private void add(Write<?> write) {
    if (!write.rows().isEmpty()) {
      writes.add(write);
    }
  }

  void execute(Connection connection, boolean isH2) throws SQLException {
    if (isH2) {
      for (Write<?> write : writes) {
        execute(connection, List.of(write), true);
      }
    } else if (!writes.isEmpty()) {
      execute(connection, writes, false);
    }
  }

  private static void execute(Connection connection, List<Write<?>> together, boolean isH2)
      throws SQLException {
    String sql =
        together.stream()
            .map(write -> write.statement().sql(isH2))
            .collect(Collectors.joining("; "));
    try (PreparedStatement prepared = connection.prepareStatement(sql)) {
      int next = 1;
      for (Write<?> write : together) {
        next = write.bind(connection, prepared, next);
      }
      prepared.execute();
      for (Write<?> write : together) {
        write.check(prepared.getUpdateCount());
        prepared.getMoreResults();
      }
    }
  }
}

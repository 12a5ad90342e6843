package io.quickscale.node;

import io.quickscale.db.Database;
import io.quickscale.node.Interruption.Moment;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The database, with moments at which another node may come in between. */
@ApplicationScoped
class InterruptedDatabase extends Database {
  @Inject Interruption interruption;

  @Override
  public <T> List<T> read(String sql, RowReader<T> reader, Object... parameters) {
    if (sql.contains("for update")) {
      interruption.reached(Moment.ABOUT_TO_LOCK);
    }
    List<T> rows = super.read(sql, reader, parameters);
    if (sql.contains("idempotency_record")) {
      interruption.reached(Moment.KEYS_READ);
    }
    return rows;
  }

  @Override
  public List<Long> delete(String table, String condition, Object... parameters) {
    interruption.reached(Moment.ABOUT_TO_LOCK);
    return super.delete(table, condition, parameters);
  }
}

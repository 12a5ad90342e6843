package io.quickscale.rest;

import io.quickscale.csv.CsvWriter;
import io.quickscale.platform.Timestamps;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** A list as CSV, newest first, a page in memory at a time. */
final class CsvStream<T> implements StreamingOutput {
  /** What a resource method that gives one produces; JSON goes before it. */
  static final String MEDIA_TYPE = "text/csv; charset=UTF-8; qs=0.5";

  private static final int ROWS_AT_A_TIME = 1000;

  private final List<String> columns;
  private final BiFunction<Optional<Long>, Integer, List<T>> rows;
  private final ToLongFunction<T> id;
  private final Function<T, List<Object>> cells;
  private final Optional<Long> cursor;
  private final long limit;

  /**
   * What is to be written.
   *
   * @param rows gives rows behind a cursor, up to a number
   * @param id of a row
   * @param cells of a row, as many as there are columns
   * @param cursor behind which row it begins; null for the first
   * @param limit the most rows; null for all
   */
  CsvStream(
      List<String> columns,
      BiFunction<Optional<Long>, Integer, List<T>> rows,
      ToLongFunction<T> id,
      Function<T, List<Object>> cells,
      Cursor cursor,
      Limit limit) {
    this.columns = columns;
    this.rows = rows;
    this.id = id;
    this.cells = cells;
    this.cursor = Optional.ofNullable(cursor).map(Cursor::id);
    this.limit = limit == null ? Long.MAX_VALUE : limit.rows();
  }

  @Override
  public void write(OutputStream out) throws IOException {
    try (CsvWriter csv = new CsvWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
      csv.row(columns);
      Optional<Long> before = cursor;
      long left = limit;
      List<T> page;
      do {
        page = rows.apply(before, (int) Math.min(left, ROWS_AT_A_TIME));
        for (T row : page) {
          csv.row(cells.apply(row).stream().map(CsvStream::written).toList());
          before = Optional.of(id.applyAsLong(row));
        }
        left -= page.size();
      } while (page.size() == ROWS_AT_A_TIME && left > 0);
    }
  }

  private static Object written(Object cell) {
    if (cell == null) {
      return "";
    }
    return cell instanceof OffsetDateTime time ? Timestamps.format(time) : cell;
  }
}

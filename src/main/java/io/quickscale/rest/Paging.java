package io.quickscale.rest;

import io.quickscale.platform.Ids;
import io.quickscale.problem.NotFoundProblem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Pages by key: {@code cursor} is the last id seen, {@code limit} the most rows. */
record Paging(Optional<Long> cursor, int limit) {
  private static final int DEFAULT_LIMIT = 50;

  /** What the query says; null for what it does not say. */
  static Paging of(Cursor cursor, Limit limit) {
    return new Paging(
        Optional.ofNullable(cursor).map(Cursor::id), limit == null ? DEFAULT_LIMIT : limit.rows());
  }

  /**
   * One page.
   *
   * @param rows gives rows behind a cursor, up to a number
   * @param id of a row
   * @param view of a row, for JSON
   */
  <T, V> Page<V> page(
      BiFunction<Optional<Long>, Integer, List<T>> rows,
      ToLongFunction<T> id,
      Function<T, V> view) {
    List<T> found = rows.apply(cursor, limit + 1);
    boolean more = found.size() > limit;
    List<T> shown = more ? found.subList(0, limit) : found;
    return new Page<>(
        shown.stream().map(view).toList(),
        more ? Ids.format(id.applyAsLong(shown.get(limit - 1))) : null);
  }

  /** An id in a path. Nonsense is not found, like an id that nobody has. */
  static long id(String text) {
    OptionalLong id = Ids.parse(text);
    return id.orElseThrow(
        () -> new NotFoundProblem("There is nothing with the id '" + text + "'."));
  }
}

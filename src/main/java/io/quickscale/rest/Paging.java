package io.quickscale.rest;

import io.quickscale.platform.Ids;
import io.quickscale.problem.NotFoundProblem;
import io.quickscale.service.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Pages by key: {@code cursor} is the last id seen, {@code limit} the most rows. */
record Paging(Optional<Long> cursor, int limit) {
  private static final int DEFAULT_LIMIT = 50;
  private static final int MAX_LIMIT = 500;

  /** Reads the query parameters, given as texts so that nonsense gets a clear answer. */
  static Paging of(String cursor, String limit) {
    return new Paging(
        cursor == null ? Optional.empty() : Optional.of(cursor(cursor)), limit(limit));
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

  private static long cursor(String text) {
    return Ids.parse(text)
        .orElseThrow(
            () -> InvalidInputException.of("cursor", "must be the next_cursor of an earlier page"));
  }

  private static int limit(String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAX_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Answered below, like a number out of range.
    }
    throw InvalidInputException.of("limit", "must be a number from 1 to " + MAX_LIMIT);
  }
}

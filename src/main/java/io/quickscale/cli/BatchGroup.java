package io.quickscale.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Inputs that are sent in one request, which is paid once or not at all.
 *
 * @param number as the journal counts groups; 0 for one that the journal does not know
 * @param items in the order of the file
 * @param wanted the lines whose results are not there yet; others are sent again only because they
 *     are part of the same request
 */
record BatchGroup(int number, List<BatchItem> items, Set<Long> wanted) {
  private static final String PREFIX = "{\"items\":[";
  private static final String SUFFIX = "]}";

  /** A group whose lines are all to be done. */
  static BatchGroup of(int number, List<BatchItem> items) {
    return new BatchGroup(number, List.copyOf(items), Set.copyOf(lines(items)));
  }

  static List<Long> lines(List<BatchItem> items) {
    return items.stream().map(BatchItem::line).toList();
  }

  /** Those whose results are wanted. */
  List<BatchItem> wantedItems() {
    return items.stream().filter(item -> wanted.contains(item.line())).toList();
  }

  /** Several inputs as the API takes them. */
  static String body(List<BatchItem> items) {
    return items.stream().map(BatchItem::body).collect(Collectors.joining(",", PREFIX, SUFFIX));
  }

  /** How long the body of a request with these inputs is, in UTF-8. */
  static long bytes(List<BatchItem> items) {
    return items.stream().mapToLong(BatchGroup::bytes).sum() + PREFIX.length() + SUFFIX.length();
  }

  /** What an input adds to a body. */
  static long bytes(BatchItem item) {
    return item.body().getBytes(StandardCharsets.UTF_8).length + 1L;
  }
}

package io.quickscale.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Puts the inputs that have no result into groups, in the order of the file: first come, first
 * sent. What an earlier start has sent is put together again as it was.
 */
final class BatchGrouping {
  /** Some less than servers take by default; one that takes less says so. */
  private static final long FULL_BYTES = (16 << 20) - 1024;

  private final BatchInput input;
  private final BatchOutput output;
  private final BatchJournal journal;
  private final int size;
  private final Deque<BatchGroups.Unfinished> unfinished;
  private final List<Again> again = new ArrayList<>();
  private final Deque<BatchGroup> ready = new ArrayDeque<>();
  private List<BatchItem> forming = new ArrayList<>();
  private long bytes;

  /** A group of an earlier start that is being put together. */
  private record Again(BatchGroups.Unfinished group, List<BatchItem> items) {
    private Again(BatchGroups.Unfinished group) {
      this(group, new ArrayList<>());
    }

    private boolean isComplete() {
      return items.size() == group.lines().size();
    }

    private BatchGroup complete() {
      return new BatchGroup(group.number(), items, group.wanted());
    }
  }

  /**
   * Groups to be sent.
   *
   * @param size the most inputs in a new group
   */
  BatchGrouping(BatchInput input, BatchOutput output, BatchJournal journal, int size) {
    this.input = input;
    this.output = output;
    this.journal = journal;
    this.size = size;
    unfinished = new ArrayDeque<>(journal.groups().unfinished(output::has));
  }

  /** The next group; nothing at the end. */
  Optional<BatchGroup> next() {
    while (ready.isEmpty()) {
      Optional<BatchItem> item = input.next();
      if (item.isEmpty()) {
        close();
        break;
      }
      take(item.get());
    }
    return Optional.ofNullable(ready.poll());
  }

  private void take(BatchItem item) {
    while (!unfinished.isEmpty() && unfinished.peek().lines().get(0) <= item.line()) {
      again.add(new Again(unfinished.remove()));
    }
    boolean isWanted = !output.has(item.line());
    for (Iterator<Again> groups = again.iterator(); groups.hasNext(); ) {
      Again group = groups.next();
      if (group.group().lines().contains(item.line())) {
        isWanted &= !group.group().wanted().contains(item.line());
        group.items().add(item);
      }
      if (group.isComplete()) {
        groups.remove();
        ready.add(group.complete());
      }
    }
    if (isWanted) {
      form(item);
    }
  }

  private void form(BatchItem item) {
    if (!journal.isGrouped()) {
      ready.add(BatchGroup.of(0, List.of(item)));
      return;
    }
    long more = BatchGroup.bytes(item);
    if (bytes + more > FULL_BYTES) {
      close();
    }
    forming.add(item);
    bytes += more;
    if (forming.size() >= size) {
      close();
    }
  }

  /** What is being formed goes on its way. */
  private void close() {
    if (!forming.isEmpty()) {
      int number = journal.groups().write(List.of(BatchGroup.lines(forming)), 0);
      ready.add(BatchGroup.of(number, forming));
      forming = new ArrayList<>();
      bytes = 0;
    }
  }
}

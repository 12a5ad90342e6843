package io.quickscale.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table for people: aligned columns, and on a terminal no wider than that: the last column is
 * then cut.
 */
final class Table {
  private static final String GAP = "  ";
  private static final int LEAST_LAST_COLUMN = 12;

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();

  private record Column(String title, boolean right) {}

  /** A title that begins with {@code >} makes a column of numbers, aligned on the right. */
  Table(String... titles) {
    columns =
        List.of(titles).stream()
            .map(
                title ->
                    title.startsWith(">")
                        ? new Column(title.substring(1), true)
                        : new Column(title, false))
            .toList();
  }

  Table row(String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(cells.length + " cells in " + columns.size() + " columns");
    }
    rows.add(List.of(cells).stream().map(Texts::clean).toList());
    return this;
  }

  /** Writes the table, or what is said where there is nothing to show. */
  void print(Terminal terminal, String ifEmpty) {
    if (rows.isEmpty()) {
      terminal.err().println(ifEmpty);
      return;
    }
    int[] widths = widths(terminal);
    terminal
        .out()
        .println(
            terminal
                .outColours()
                .text("@|bold " + line(titles(), widths).replace("|@", "") + "|@")
                .toString());
    rows.forEach(row -> terminal.out().println(line(row, widths)));
  }

  private List<String> titles() {
    return columns.stream().map(Column::title).toList();
  }

  private int[] widths(Terminal terminal) {
    int[] widths =
        IntStream.range(0, columns.size())
            .map(
                i ->
                    Math.max(
                        length(columns.get(i).title()),
                        rows.stream().mapToInt(row -> length(row.get(i))).max().orElse(0)))
            .toArray();
    if (terminal.outIsTerminal()) {
      int last = widths.length - 1;
      int before = IntStream.of(widths).limit(last).map(width -> width + GAP.length()).sum();
      widths[last] = Math.min(widths[last], Math.max(LEAST_LAST_COLUMN, terminal.width() - before));
    }
    return widths;
  }

  private String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cut(cells.get(i), widths[i]);
      String padding = " ".repeat(widths[i] - length(cell));
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).right() ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private static String cut(String cell, int width) {
    if (length(cell) <= width) {
      return cell;
    }
    return cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}

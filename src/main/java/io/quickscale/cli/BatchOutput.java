package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The results of a batch, one on each line, in the order of the inputs. The file is also what tells
 * a later start how far the batch has come: a result counts when its line is complete.
 */
abstract class BatchOutput implements Closeable {
  private final Path file;
  private final BatchTotals totals = new BatchTotals();
  private final BitSet lines = new BitSet();
  private boolean inOrder = true;
  private Writer writer;

  private BatchOutput(Path file) {
    this.file = file;
  }

  /**
   * Opens the results, reads what is there and goes on behind it.
   *
   * @param members of the service's result, the columns of a CSV file
   * @throws Failure the file cannot be written, or it holds something else
   */
  static BatchOutput open(Path file, BatchFormat format, List<String> members) {
    BatchOutput output = format == BatchFormat.CSV ? new Csv(file, members) : new Lines(file);
    try {
      if (Files.exists(file)) {
        cutIncompleteLine(file);
        output.read();
      }
      output.writer =
          Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      if (Files.size(file) == 0) {
        output.begin();
      }
    } catch (IOException | UncheckedIOException e) {
      throw new Failure("The results cannot be written to " + file + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new Failure(
          file + " does not hold results of a batch: choose another file with --output.", e);
    }
    return output;
  }

  /** A process that is killed may leave half a line. */
  private static void cutIncompleteLine(Path file) throws IOException {
    try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw");
        FileChannel channel = opened.getChannel()) {
      long end = channel.size();
      while (end > 0) {
        opened.seek(end - 1);
        if (opened.read() == '\n') {
          break;
        }
        end--;
      }
      channel.truncate(end);
    }
  }

  BatchTotals totals() {
    return totals;
  }

  /** Writes a result; it counts from now on. */
  void write(BatchResult result) {
    try {
      writer.write(line(result) + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new Failure("The results cannot be written to " + file + ": " + e.getMessage(), e);
    }
    count(result.line(), result.success(), result.credits());
  }

  /** A result is there. */
  protected void count(long line, boolean success, BigDecimal credits) {
    int index = Math.toIntExact(line);
    inOrder &= lines.length() <= index;
    lines.set(index);
    totals.add(success, credits);
  }

  /** Whether the input on this line has its result. */
  boolean has(long line) {
    return lines.get(Math.toIntExact(line));
  }

  /** Puts results that an interruption has left out of order into the order of the inputs. */
  void sort() {
    if (inOrder) {
      return;
    }
    Path sorted = file.resolveSibling(file.getFileName() + ".sorted");
    try {
      List<Row> rows = rows();
      rows.sort(Comparator.comparingLong(Row::line));
      try (RandomAccessFile from = new RandomAccessFile(file.toFile(), "r");
          OutputStream to = new BufferedOutputStream(Files.newOutputStream(sorted))) {
        for (Row row : rows) {
          byte[] bytes = new byte[row.bytes()];
          from.seek(row.start());
          from.readFully(bytes);
          to.write(bytes);
        }
      }
      Files.move(sorted, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Failure("The results in " + file + " cannot be sorted: " + e.getMessage(), e);
    }
  }

  /** Where the result of a line stands in the file; what stands before the first has the line 0. */
  private record Row(long line, long start, int bytes) {}

  private List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      long start = 0;
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        int bytes = text.getBytes(StandardCharsets.UTF_8).length + 1;
        rows.add(new Row(lineOf(text), start, bytes));
        start += bytes;
      }
    }
    return rows;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  /** Writes what stands before the first result. */
  abstract void begin() throws IOException;

  /**
   * Reads the results that are there.
   *
   * @throws IllegalArgumentException these are none
   */
  abstract void read() throws IOException;

  abstract String line(BatchResult result);

  /** Which input a line of the file belongs to; 0 if to none. */
  abstract long lineOf(String text) throws IOException;

  /** A JSON object for each result. */
  private static final class Lines extends BatchOutput {
    Lines(Path file) {
      super(file);
    }

    @Override
    void begin() {
      // Nothing stands before the first line.
    }

    @Override
    void read() throws IOException {
      try (BufferedReader reader = Files.newBufferedReader(super.file)) {
        for (String text = reader.readLine(); text != null; text = reader.readLine()) {
          add(text);
        }
      }
    }

    private void add(String text) {
      try {
        JsonNode row = Json.read(text);
        if (row.path("line").isIntegralNumber() && row.path("success").isBoolean()) {
          count(
              row.path("line").asLong(),
              row.path("success").asBoolean(),
              row.path("credits_consumed").decimalValue());
          return;
        }
      } catch (IOException e) {
        // Answered below, like JSON of another kind.
      }
      throw new IllegalArgumentException("Not a result: " + text);
    }

    @Override
    String line(BatchResult result) {
      return Json.line(result.toJson());
    }

    @Override
    long lineOf(String text) throws IOException {
      return Json.read(text).path("line").asLong();
    }
  }

  /** A record for each result; members of the result that are no plain values are JSON. */
  private static final class Csv extends BatchOutput {
    private static final List<String> BEFORE = List.of("line", "success");
    private static final List<String> BEHIND =
        List.of("error_code", "error_detail", "credits_consumed", "usage_id");
    private static final CSVFormat FORMAT = CSVFormat.RFC4180;

    private final List<String> members;

    Csv(Path file, List<String> members) {
      super(file);
      this.members = members;
    }

    private List<String> header() {
      List<String> header = new ArrayList<>(BEFORE);
      members.forEach(member -> header.add("result." + member));
      header.addAll(BEHIND);
      return header;
    }

    @Override
    void begin() throws IOException {
      super.writer.write(FORMAT.format(header().toArray()) + "\n");
      super.writer.flush();
    }

    @Override
    void read() throws IOException {
      try (CSVParser parser = FORMAT.parse(Files.newBufferedReader(super.file))) {
        for (CSVRecord record : parser) {
          if (record.getRecordNumber() > 1) {
            add(record);
          } else if (!record.toList().equals(header())) {
            throw new IllegalArgumentException("Another header");
          }
        }
      }
    }

    private void add(CSVRecord record) {
      count(
          Long.parseLong(record.get(0)),
          Boolean.parseBoolean(record.get(1)),
          new BigDecimal(record.get(record.size() - 2)));
    }

    @Override
    String line(BatchResult result) {
      List<String> cells = new ArrayList<>();
      cells.add(Long.toString(result.line()));
      cells.add(Boolean.toString(result.success()));
      members.forEach(member -> cells.add(cell(result.result().path(member))));
      cells.add(result.error().path("code").asText());
      cells.add(error(result.error()));
      cells.add(Json.amount(result.credits()));
      cells.add(result.usageId());
      return FORMAT.format(cells.toArray());
    }

    @Override
    long lineOf(String text) {
      return Character.isDigit(text.charAt(0)) ? Long.parseLong(text.split(",", 2)[0]) : 0;
    }

    /** A result stays on one line, so that half a line can be told from a whole one. */
    private static String cell(JsonNode value) {
      String text = value.isContainerNode() ? Json.line(value) : value.asText();
      return text.replaceAll("\\R", " ");
    }

    private static String error(JsonNode problem) {
      StringBuilder text = new StringBuilder(Texts.of(problem.path("detail")));
      problem
          .path("violations")
          .forEach(
              violation ->
                  text.append("; ")
                      .append(Texts.of(violation.path("field")))
                      .append(": ")
                      .append(Texts.of(violation.path("message"))));
      return text.toString();
    }
  }
}

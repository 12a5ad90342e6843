package io.quickscale.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The inputs of a batch, read one by one: a file may be larger than the memory. */
abstract class BatchInput implements Closeable {
  private static final int BYTE_ORDER_MARK = 0xFEFF;
  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

  /** What is worth to be taken for a number; the server would refuse larger ones anyway. */
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?[0-9]{1,400}(\\.[0-9]{1,400})?([eE][+-]?[0-9]{1,3})?");

  /**
   * Opens a file.
   *
   * @param types the types of the service's input by member, for CSV, which has only texts
   * @throws Failure the file cannot be read, or its columns are not the service's
   */
  static BatchInput open(Path file, BatchFormat format, Map<String, String> types) {
    try {
      BufferedReader reader = Files.newBufferedReader(file);
      skipByteOrderMark(reader);
      return format == BatchFormat.CSV ? new Csv(file, reader, types) : new Lines(file, reader);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static void skipByteOrderMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
  }

  static Failure unreadable(Path file, IOException e) {
    return new Failure(file + " cannot be read: " + reason(file, e) + ".", e);
  }

  private static String reason(Path file, IOException e) {
    if (!(e instanceof CharacterCodingException)) {
      return FileTrouble.reason(e);
    }
    try {
      return "line " + FileTrouble.firstLineThatIsNotUtf8(file) + " is not UTF-8";
    } catch (IOException again) {
      return FileTrouble.reason(e);
    }
  }

  /** The next input; nothing at the end. */
  abstract Optional<BatchItem> next();

  /** How many inputs are left; reads them all. */
  long count() {
    long count = 0;
    while (next().isPresent()) {
      count++;
    }
    return count;
  }

  /** A JSON object on each line; empty lines do not count. Sent as it is: the server judges it. */
  private static final class Lines extends BatchInput {
    private final Path file;
    private final BufferedReader reader;
    private long line;

    Lines(Path file, BufferedReader reader) {
      this.file = file;
      this.reader = reader;
    }

    @Override
    Optional<BatchItem> next() {
      try {
        String text;
        do {
          text = reader.readLine();
          line++;
        } while (text != null && text.isBlank());
        return Optional.ofNullable(text).map(this::item);
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }

    private BatchItem item(String text) {
      int indent = text.length() - text.stripLeading().length();
      return new BatchItem(line, indent, text.strip());
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  /** A header with the input's members, then a record for each input. */
  private static final class Csv extends BatchInput {
    private final Path file;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final Map<String, String> types;
    private final List<String> columns;

    Csv(Path file, Reader reader, Map<String, String> types) throws IOException {
      this.file = file;
      this.types = types;
      parser = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(true).get().parse(reader);
      records = parser.iterator();
      columns = record().map(CSVRecord::toList).orElse(List.of());
      refuseWrongColumns();
    }

    private void refuseWrongColumns() {
      List<String> wrong = new ArrayList<>();
      columns.stream().filter(column -> !types.containsKey(column)).forEach(wrong::add);
      if (columns.isEmpty() || !wrong.isEmpty()) {
        throw new Failure(
            "The first line of %s must name members of the service's input (%s)%s."
                .formatted(
                    file,
                    String.join(", ", types.keySet()),
                    wrong.isEmpty() ? "" : "; these are none: " + quoted(wrong)));
      }
      List<String> again = new ArrayList<>(columns);
      new LinkedHashSet<>(columns).forEach(again::remove);
      if (!again.isEmpty()) {
        throw new Failure(
            "The first line of %s names %s more than once: which of its cells counts?"
                .formatted(file, quoted(again)));
      }
    }

    private static String quoted(List<String> names) {
      return names.stream()
          .distinct()
          .map(name -> "'" + Texts.clean(name) + "'")
          .collect(Collectors.joining(", "));
    }

    @Override
    Optional<BatchItem> next() {
      return record().map(record -> item(record, line(record)));
    }

    private Optional<CSVRecord> record() {
      try {
        return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
      } catch (UncheckedIOException e) {
        throw e.getCause() instanceof CSVException wrongQuotes
            ? wrongQuotes(wrongQuotes)
            : unreadable(file, e.getCause());
      }
    }

    private Failure wrongQuotes(CSVException e) {
      return new Failure(
          "Line %d of %s is not CSV: a cell begins with a quotation mark that is not closed, or something other than a comma follows the closing one. A quotation mark within such a cell is written twice."
              .formatted(parser.getCurrentLineNumber(), file),
          e);
    }

    /** Where a record that was just read begins. */
    private long line(CSVRecord record) {
      return parser.getCurrentLineNumber()
          - record.stream().mapToLong(cell -> LINE_END.matcher(cell).results().count()).sum();
    }

    private BatchItem item(CSVRecord record, long line) {
      if (record.size() != columns.size()) {
        throw new Failure(
            "Line %d of %s has %s, but the first line names %d. A cell with a comma in it stands in quotation marks."
                .formatted(line, file, Texts.count(record.size(), "cell"), columns.size()));
      }
      ObjectNode input = Json.object();
      for (int i = 0; i < columns.size(); i++) {
        if (!record.get(i).isEmpty()) {
          put(input, columns.get(i), record.get(i));
        }
      }
      return new BatchItem(line, 0, Json.line(input));
    }

    /** A text that does not fit its type is sent as it is: the server says what is wrong. */
    private void put(ObjectNode input, String name, String text) {
      switch (types.get(name)) {
        case "integer", "number" -> putNumber(input, name, text);
        case "boolean" -> {
          if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            input.put(name, Boolean.parseBoolean(text));
          } else {
            input.put(name, text);
          }
        }
        case "array", "object", "any" -> {
          try {
            input.set(name, Json.read(text));
          } catch (JsonProcessingException e) {
            input.put(name, text);
          }
        }
        default -> input.put(name, text);
      }
    }

    private static void putNumber(ObjectNode input, String name, String text) {
      if (NUMBER.matcher(text.strip()).matches()) {
        input.put(name, new BigDecimal(text.strip()));
      } else {
        input.put(name, text);
      }
    }

    @Override
    public void close() throws IOException {
      parser.close();
    }
  }
}

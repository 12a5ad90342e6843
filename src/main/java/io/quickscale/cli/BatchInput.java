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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The inputs of a batch, read one by one: a file may be larger than the memory. */
abstract class BatchInput implements Closeable {
  private static final int BYTE_ORDER_MARK = 0xFEFF;

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

  static Failure unreadable(Path file, Exception e) {
    String why =
        e instanceof CharacterCodingException || e.getCause() instanceof CharacterCodingException
            ? "it is not UTF-8"
            : e.getMessage();
    return new Failure(file + " cannot be read: " + why + ".", e);
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
        return Optional.ofNullable(text).map(body -> new BatchItem(line, body.strip()));
      } catch (IOException e) {
        throw unreadable(file, e);
      }
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
    private final List<String> columns;
    private final Map<String, String> types;

    Csv(Path file, Reader reader, Map<String, String> types) throws IOException {
      this.file = file;
      this.types = types;
      try {
        parser =
            CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setIgnoreEmptyLines(true)
                .get()
                .parse(reader);
      } catch (IllegalArgumentException e) {
        throw unreadable(file, e);
      }
      records = parser.iterator();
      columns = parser.getHeaderNames();
      refuseUnknownColumns();
    }

    private void refuseUnknownColumns() {
      List<String> unknown =
          columns.stream().filter(column -> !types.containsKey(column)).map(Texts::clean).toList();
      if (columns.isEmpty() || !unknown.isEmpty()) {
        throw new Failure(
            "The first line of %s must name members of the service's input (%s)%s."
                .formatted(
                    file,
                    String.join(", ", types.keySet()),
                    unknown.isEmpty() ? "" : "; these are none: " + String.join(", ", unknown)));
      }
    }

    @Override
    Optional<BatchItem> next() {
      try {
        return records.hasNext() ? Optional.of(item(records.next())) : Optional.empty();
      } catch (IllegalStateException | UncheckedIOException e) {
        throw unreadable(file, e);
      }
    }

    private BatchItem item(CSVRecord record) {
      ObjectNode input = Json.object();
      for (int i = 0; i < Math.min(columns.size(), record.size()); i++) {
        if (!record.get(i).isEmpty()) {
          put(input, columns.get(i), record.get(i));
        }
      }
      return new BatchItem(record.getRecordNumber() + 1, Json.line(input));
    }

    /** A text that does not fit its type is sent as it is: the server says what is wrong. */
    private void put(ObjectNode input, String name, String text) {
      switch (types.get(name)) {
        case "integer", "number" -> {
          try {
            input.put(name, new BigDecimal(text.strip()));
          } catch (NumberFormatException e) {
            input.put(name, text);
          }
        }
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

    @Override
    public void close() throws IOException {
      parser.close();
    }
  }
}

package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.quickscale.csv.CsvWriter;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** How results are written, each on a line of its own, and told from what is none. */
abstract class BatchRows {
  /**
   * What a line says of an input.
   *
   * @param line which input
   */
  record Row(long line, boolean success, BigDecimal credits) {}

  /** What a file holds is none of ours. */
  static final class NoResult extends Exception {
    private static final long serialVersionUID = 1;
  }

  /**
   * How a format writes.
   *
   * @param members of the service's result, the columns of CSV
   */
  static BatchRows of(BatchFormat format, List<String> members) {
    return format == BatchFormat.CSV ? new Csv(members) : new Lines();
  }

  /** The line before the first result; empty if there is none. */
  abstract String header();

  /** The line of a result. */
  abstract String line(BatchResult result);

  /** Reads the line of a result. */
  abstract Row read(String line) throws NoResult;

  /** Whether a line may be what is before the first result. */
  abstract boolean isHeader(String line);

  /** Whether this may be the beginning of a line that was being written when the power went. */
  abstract boolean isBeginning(String text, boolean isFirst);

  protected static Row row(long line, boolean success, BigDecimal credits) throws NoResult {
    if (line < 1 || line >= Integer.MAX_VALUE || credits.signum() < 0) {
      throw new NoResult();
    }
    return new Row(line, success, credits);
  }

  /** A JSON object for each result. */
  private static final class Lines extends BatchRows {
    private static final String BEGINNING = "{\"line\":";

    @Override
    String header() {
      return "";
    }

    @Override
    boolean isHeader(String line) {
      return false;
    }

    @Override
    String line(BatchResult result) {
      return Json.line(result.toJson());
    }

    @Override
    Row read(String line) throws NoResult {
      try {
        JsonNode row = Json.read(line);
        if (row.path("line").isIntegralNumber()
            && row.path("line").canConvertToLong()
            && row.path("success").isBoolean()
            && row.path("credits_consumed").isNumber()) {
          return row(
              row.path("line").asLong(),
              row.path("success").asBoolean(),
              row.path("credits_consumed").decimalValue());
        }
      } catch (IOException e) {
        // Answered below, like JSON of another kind.
      }
      throw new NoResult();
    }

    @Override
    boolean isBeginning(String text, boolean isFirst) {
      return text.startsWith(BEGINNING) || BEGINNING.startsWith(text);
    }
  }

  /** A record for each result; members of the result that are no plain values are JSON. */
  private static final class Csv extends BatchRows {
    private static final List<String> BEFORE = List.of("line", "success");
    private static final List<String> BEHIND =
        List.of("error_code", "error_detail", "credits_consumed", "usage_id");

    private final List<String> members;

    Csv(List<String> members) {
      this.members = members;
    }

    @Override
    String header() {
      List<String> header = new ArrayList<>(BEFORE);
      members.forEach(member -> header.add("result." + member));
      header.addAll(BEHIND);
      return record(header);
    }

    /** Of any service: its result may have another member since. */
    @Override
    boolean isHeader(String line) {
      return line.startsWith(String.join(",", BEFORE) + ",")
          && line.endsWith("," + String.join(",", BEHIND));
    }

    @Override
    String line(BatchResult result) {
      List<Object> cells = new ArrayList<>();
      cells.add(result.line());
      cells.add(result.success());
      members.forEach(member -> cells.add(cell(result.result().path(member))));
      cells.add(result.error().path("code").asText());
      cells.add(onOneLine(error(result.error())));
      cells.add(new BigDecimal(Json.amount(result.credits())));
      cells.add(result.usageId());
      return record(cells);
    }

    private static String record(List<?> cells) {
      StringWriter text = new StringWriter();
      try (CsvWriter csv = new CsvWriter(text)) {
        csv.row(cells);
      } catch (IOException e) {
        throw new IllegalStateException("A text can be written", e);
      }
      return text.toString().stripTrailing();
    }

    @Override
    Row read(String line) throws NoResult {
      try (CSVParser parser = CSVFormat.RFC4180.parse(new StringReader(line))) {
        List<CSVRecord> records = parser.getRecords();
        if (records.size() == 1 && records.get(0).size() >= BEFORE.size() + BEHIND.size()) {
          return read(records.get(0));
        }
      } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
        // Answered below, like CSV of another kind.
      }
      throw new NoResult();
    }

    private static Row read(CSVRecord record) throws NoResult {
      String success = record.get(1);
      if (!success.equals("true") && !success.equals("false")) {
        throw new NoResult();
      }
      return row(
          Long.parseLong(record.get(0)),
          Boolean.parseBoolean(success),
          new BigDecimal(record.get(record.size() - 2)));
    }

    @Override
    boolean isBeginning(String text, boolean isFirst) {
      return isFirst
          ? header().startsWith(text)
          : text.matches("(?s)[0-9]{1,10}(,[a-z]{0,5}|,(true|false),.*)?");
    }

    private static Object cell(JsonNode value) {
      if (value.isNumber()) {
        return value.decimalValue();
      }
      return onOneLine(value.isContainerNode() ? Json.line(value) : value.asText());
    }

    /** A result stays on one line, so that half a line can be told from a whole one. */
    private static String onOneLine(String text) {
      return text.replaceAll("\\R", " ");
    }

    /** What is wrong with which member; the detail says the same in one sentence. */
    private static String error(JsonNode problem) {
      List<String> parts = new ArrayList<>();
      problem
          .path("violations")
          .forEach(
              violation ->
                  parts.add(
                      Texts.of(violation.path("field"))
                          + ": "
                          + Texts.of(violation.path("message"))));
      return parts.isEmpty() ? Texts.of(problem.path("detail")) : String.join("; ", parts);
    }
  }
}

package io.quickscale.csv;

import java.io.Closeable;
import java.io.Flushable;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Writes CSV (RFC 4180) that a spreadsheet can open without doing what somebody else has written
 * into it: a text that begins like a formula gets an apostrophe before it (CWE-1236). Numbers stay
 * as they are, negative ones too.
 */
public final class CsvWriter implements Closeable, Flushable {
  /**
   * What spreadsheets take for the beginning of a formula, or strip to find one; behind
   * apostrophes, so that a text which has one already can be told from one that got it here.
   */
  private static final Pattern FORMULA =
      Pattern.compile("'*[=+@\\t\\r\\n\\uFF1D\\uFF0B\\uFF0D\\uFF20-].*", Pattern.DOTALL);

  private final CSVPrinter printer;

  /**
   * A writer.
   *
   * @param out gets the rows; closed with this
   */
  public CsvWriter(Writer out) throws IOException {
    printer = new CSVPrinter(out, CSVFormat.RFC4180);
  }

  /**
   * Writes a row, or the header.
   *
   * @param cells numbers are written plainly, without exponents; null is an empty cell; all others
   *     are texts
   */
  public void row(Collection<?> cells) throws IOException {
    for (Object cell : cells) {
      printer.print(written(cell));
    }
    printer.println();
  }

  private static String written(Object cell) {
    if (cell == null) {
      return "";
    } else if (cell instanceof BigDecimal number) {
      return number.toPlainString();
    } else if (cell instanceof Number) {
      return cell.toString();
    }
    String text = cell.toString();
    return FORMULA.matcher(text).matches() ? "'" + text : text;
  }

  @Override
  public void flush() throws IOException {
    printer.flush();
  }

  @Override
  public void close() throws IOException {
    printer.close();
  }
}

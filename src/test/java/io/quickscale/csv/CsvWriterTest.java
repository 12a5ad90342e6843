package io.quickscale.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvWriterTest {
  @Test
  void rowsEndAsRfc4180SaysAndNothingIsAnEmptyCell() throws IOException {
    assertThat(written("id", null, "", "a b")).isEqualTo("id,,,a b\r\n");
  }

  @Test
  void whatHasCommasQuotesOrLinesIsQuoted() throws IOException {
    assertThat(written("a,b", "say \"x\"", "two\nlines"))
        .isEqualTo("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\"\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "\tx",
        "\rx",
        "\nx",
        "=",
        "-",
        "\uFF1D1",
        "\uFF20x",
        "=HYPERLINK(\"x\")"
      })
  void aTextThatBeginsLikeAFormulaIsMadeHarmless(String text) throws IOException {
    assertThat(written("first", text).replace("\"", "")).startsWith("first,'" + text.charAt(0));
    assertThat(written(text).replace("\"", "")).startsWith("'" + text.charAt(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1", "'", "'a'", "1-1", "x@example.org", " =1"})
  void anyOtherTextStaysAsItIs(String text) throws IOException {
    assertThat(written("first", text, "last").replace("\"", ""))
        .isEqualTo("first," + text + ",last\r\n");
  }

  @Test
  void numbersStayNumbers() throws IOException {
    assertThat(written(new BigDecimal("-1.50"), -7L, 0, new BigDecimal("1E+3")))
        .isEqualTo("-1.50,-7,0,1000\r\n");
  }

  /**
   * As the documentation says: one apostrophe is taken away before a formula, or before more of
   * them.
   */
  @Property
  void everyTextIsHarmlessAndCanBeReadBack(
      @ForAll
          @StringLength(max = 5)
          @Chars({'\'', '=', '+', '-', '@', '\t', '\r', '\n', 'a', '"', ','})
          String text)
      throws IOException {
    String cell =
        CSVFormat.RFC4180.parse(new StringReader(written("x", text))).getRecords().get(0).get(1);

    assertThat(cell).doesNotMatch("(?s)[=+@\t\r\n-].*");
    assertThat(cell.matches("(?s)'+[=+@\t\r\n-].*") ? cell.substring(1) : cell).isEqualTo(text);
  }

  private static String written(Object... cells) throws IOException {
    StringWriter out = new StringWriter();
    try (CsvWriter csv = new CsvWriter(out)) {
      csv.row(cells.length == 0 ? List.of() : Arrays.asList(cells));
    }
    return out.toString();
  }
}

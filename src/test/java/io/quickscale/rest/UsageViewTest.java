package io.quickscale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageViewTest {
  private static final OffsetDateTime STARTED = OffsetDateTime.parse("2026-11-23T00:27:04Z");

  @Test
  void aRowOfATableSaysWhatEachUnitWasAndCost() {
    UsageView record =
        record(
            List.of(
                unit("input_tokens", 2_100, 100, "2.000000"),
                unit("output_tokens", 40, 0, "0.000004")));

    assertThat(cell(record, "units")).isEqualTo("input_tokens=2100 output_tokens=40");
    assertThat(cell(record, "units_included")).isEqualTo("input_tokens=100 output_tokens=0");
    assertThat(cell(record, "units_credits"))
        .isEqualTo("input_tokens=2.000000 output_tokens=0.000004");
  }

  @Test
  void aRowOfATableHasNothingOfUnitsThatWereNotCharged() {
    UsageView record = record(null);

    assertThat(cell(record, "units")).isNull();
    assertThat(cell(record, "units_credits")).isNull();
  }

  @Test
  void eachColumnHasItsValue() {
    UsageView record = record(null);

    assertThat(record.cells()).hasSameSizeAs(UsageView.COLUMNS);
    assertThat(cell(record, "price")).isEqualTo(new BigDecimal("10.9"));
    assertThat(cell(record, "parent_usage_id")).isEqualTo("the parent");
    assertThat(cell(record, "job_id")).isEqualTo("the job");
    assertThat(cell(record, "user_id")).isEqualTo("the user");
    assertThat(cell(record, "api_key_id")).isEqualTo("the key");
    assertThat(cell(record, "order_id")).isEqualTo("the order");
    assertThat(cell(record, "correlation_id")).isEqualTo("the request");
  }

  private static Object cell(UsageView record, String column) {
    return record.cells().get(UsageView.COLUMNS.indexOf(column));
  }

  private static UnitView unit(String name, long quantity, long included, String credits) {
    return new UnitView(
        name, quantity, included, 10_000L, new BigDecimal("0.001"), new BigDecimal(credits));
  }

  private static UsageView record(List<UnitView> units) {
    return new UsageView(
        "the run",
        "the user",
        "echo",
        "succeeded",
        new BigDecimal("10.9"),
        1,
        new BigDecimal("3"),
        BigDecimal.ZERO,
        List.of(),
        1,
        null,
        STARTED,
        STARTED.plusSeconds(1),
        1_000L,
        "the request",
        "the key",
        "the order",
        units,
        "the parent",
        "the job",
        null,
        null);
  }
}

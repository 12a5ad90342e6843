package io.quickscale.rest;

import io.quickscale.credit.CreditStatement;
import io.quickscale.credit.CreditTransaction;
import io.quickscale.csv.CsvWriter;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A whole ledger as CSV (RFC 4180), newest first, a page in memory at a time. */
final class TransactionCsv implements StreamingOutput {
  private static final int ROWS_AT_A_TIME = 1000;
  private static final List<String> COLUMNS =
      List.of("id", "created_at", "kind", "amount", "grant_id", "usage_id", "description");

  private final CreditStatement statement;
  private final long accountId;
  private final Optional<Long> cursor;
  private final long limit;

  /**
   * What is to be written.
   *
   * @param cursor behind which row it begins
   * @param limit the most rows
   */
  TransactionCsv(CreditStatement statement, long accountId, Optional<Long> cursor, long limit) {
    this.statement = statement;
    this.accountId = accountId;
    this.cursor = cursor;
    this.limit = limit;
  }

  @Override
  public void write(OutputStream out) throws IOException {
    try (CsvWriter csv = new CsvWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
      csv.row(COLUMNS);
      Optional<Long> before = cursor;
      long left = limit;
      List<CreditTransaction> rows;
      do {
        rows = statement.transactions(accountId, before, (int) Math.min(left, ROWS_AT_A_TIME));
        for (CreditTransaction row : rows) {
          print(csv, TransactionView.of(row));
          before = Optional.of(row.id());
        }
        left -= rows.size();
      } while (rows.size() == ROWS_AT_A_TIME && left > 0);
    }
  }

  private static void print(CsvWriter csv, TransactionView row) throws IOException {
    csv.row(
        Arrays.asList(
            row.id(),
            row.createdAt().toInstant(),
            row.kind(),
            row.amount(),
            row.grantId(),
            row.usageId(),
            row.description()));
  }
}

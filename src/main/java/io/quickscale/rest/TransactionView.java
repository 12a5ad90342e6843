package io.quickscale.rest;

import io.quickscale.credit.CreditTransaction;
import io.quickscale.platform.Ids;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;

/** One row of the ledger; the amount is negative where credits left the grant. */
public record TransactionView(
    String id,
    String kind,
    BigDecimal amount,
    String grantId,
    String usageId,
    String description,
    OffsetDateTime createdAt) {
  /** What stands above {@link #cells}. */
  static final List<String> COLUMNS =
      List.of("id", "created_at", "kind", "amount", "grant_id", "usage_id", "description");

  /** For a table. */
  List<Object> cells() {
    return Arrays.asList(id, createdAt, kind, amount, grantId, usageId, description);
  }

  static TransactionView of(CreditTransaction row) {
    return new TransactionView(
        Ids.format(row.id()),
        row.kind().word(),
        row.amount(),
        Ids.format(row.grantId()),
        row.usageId().map(Ids::format).orElse(null),
        row.description(),
        row.createdAt());
  }
}

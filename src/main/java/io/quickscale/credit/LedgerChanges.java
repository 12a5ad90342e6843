package io.quickscale.credit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What commands have done to the books of one or several accounts and is still to be written. */
final class LedgerChanges {
  private final List<CreditGrant> newGrants = new ArrayList<>();
  private final Set<CreditGrant> movedGrants = new LinkedHashSet<>();
  private final List<CreditTransaction> transactions = new ArrayList<>();

  /** A grant that did not exist before. */
  void given(CreditGrant grant) {
    newGrants.add(grant);
  }

  /** A grant whose balance is or will be another one. */
  void moved(CreditGrant grant) {
    movedGrants.add(grant);
  }

  /** A new row of the ledger. */
  void written(CreditTransaction transaction) {
    transactions.add(transaction);
  }

  List<CreditGrant> newGrants() {
    return newGrants;
  }

  /** Grants that existed before. */
  List<CreditGrant> movedGrants() {
    return movedGrants.stream().filter(grant -> !newGrants.contains(grant)).toList();
  }

  List<CreditTransaction> transactions() {
    return transactions;
  }
}

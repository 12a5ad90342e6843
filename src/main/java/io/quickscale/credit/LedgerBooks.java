package io.quickscale.credit;

import java.util.Map;

/**
 * The books of some accounts, whose grants the caller's transaction has locked. See {@link
 * CreditLedger#open}.
 */
public final class LedgerBooks {
  private final Map<Long, AccountBook> books;
  private final LedgerChanges changes;

  LedgerBooks(Map<Long, AccountBook> books, LedgerChanges changes) {
    this.books = books;
    this.changes = changes;
  }

  /** Applies a command; a refused one has changed nothing. */
  public LedgerOutcome apply(LedgerCommand command) {
    return book(command.accountId()).apply(command);
  }

  /** Whether an account's book is among them. */
  public boolean isOpen(long accountId) {
    return books.containsKey(accountId);
  }

  /** What an account can spend after what has been applied. */
  public Credits available(long accountId) {
    return book(accountId).available();
  }

  LedgerChanges changes() {
    return changes;
  }

  private AccountBook book(long accountId) {
    AccountBook book = books.get(accountId);
    if (book == null) {
      throw new IllegalStateException("The book of account " + accountId + " is not open");
    }
    return book;
  }
}

/**
 * Credits: accounts, grants, holds and the append-only ledger. {@link
 * io.quickscale.credit.CreditLedger} is the only writer; the rules live in {@code AccountBook} and
 * {@code BurnDown}, which know neither database nor container.
 */
package io.quickscale.credit;

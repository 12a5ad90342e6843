-- A run writes three rows. Their account and grant are locked or were read in the same transaction by the ledger, their
-- only writer, and ledger/verify looks for rows without a grant: four look-ups for each run that can find nothing.
alter table credit_hold drop constraint credit_hold_account_id_fkey;
alter table credit_transaction drop constraint credit_transaction_account_id_fkey;
alter table credit_transaction drop constraint credit_transaction_grant_id_fkey;
alter table service_usage drop constraint service_usage_account_id_fkey;

-- Settings of the tables that runs write, once QuickScale has made them (its first start). Running it again changes nothing:
--   psql -v ON_ERROR_STOP=1 -d quickscale -f tables.sql
-- undo.sql takes it back.

-- The same few rows change with each run. Room on their pages for new versions keeps those off the indexes (HOT updates).
-- It counts for pages written from now on; "vacuum full credit_grant" applies it to all of them, but locks the table.
alter table credit_grant set (
    fillfactor = 70,
    -- Old versions go when there are some hundreds of them, however large the table is.
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
    -- As fast as it can: the table is small, and everything waits for it.
    autovacuum_vacuum_cost_delay = 0);

-- A row for each run that is going on, which its end deletes: small, and gone through as a whole now and then.
alter table run_open set (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);

-- One row for each key, changed once soon after it was made, then only read: a vacuum after some ten thousand instead of after
-- a fifth of all the history.
alter table idempotency_record set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

-- Only ever added to. A vacuum after a hundred thousand rows marks pages as all visible, for reads by index alone, and
-- freezes rows bit by bit and not all at once.
alter table credit_transaction set (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000);
alter table service_usage set (
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 100000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 100000);

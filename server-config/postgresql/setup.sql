-- The role and the database of QuickScale. As a superuser, with psql 15 or later; running it again changes nothing:
--   QUICKSCALE_DB_PASSWORD=… psql -v ON_ERROR_STOP=1 -f setup.sql
-- On a server that is shared, think of pg_hba.conf too: "hostssl quickscale quickscale <network of the nodes> scram-sha-256".

\getenv password QUICKSCALE_DB_PASSWORD
\if :{?password}
\else
  \echo 'setup.sql: set QUICKSCALE_DB_PASSWORD to the password that the role shall have.'
  \quit
\endif

-- The password is not for the log.
set log_statement = 'none';
set log_min_duration_statement = -1;
set log_min_error_statement = 'panic';

-- It owns its database and nothing else.
select 'create role quickscale login nosuperuser nocreatedb nocreaterole noreplication'
where not exists (select from pg_roles where rolname = 'quickscale') \gexec
set password_encryption = 'scram-sha-256';
alter role quickscale password :'password';

select 'create database quickscale owner quickscale encoding ''UTF8'' template template0'
where not exists (select from pg_database where datname = 'quickscale') \gexec
revoke all on database quickscale from public;

-- What every connection of the role starts with.

-- A run's statements are the same each time: planned once for a connection, and not again and again.
-- (./scripts/run asks for it in the URL; with a connection pool of a server's own it comes from here.)
alter role quickscale in database quickscale set plan_cache_mode = 'force_generic_plan';
-- What a random read costs on SSDs and in memory. By the default, which is for disks that turn, a run's grants would be looked
-- for by reading the whole table. (Here, and not only in quickscale.conf: the server may be somebody else's.)
alter role quickscale in database quickscale set random_page_cost = 1.1;
-- A node that froze in the middle of a transaction holds locks on grants: it loses them, and the transaction, after so long.
alter role quickscale in database quickscale set idle_in_transaction_session_timeout = '60s';
-- Whoever waits longer for a grant gets an error and tries again, as on the embedded database. (Runs wait for less: the
-- ledger says so in its own transactions.)
alter role quickscale in database quickscale set lock_timeout = '10s';
-- A statement that takes longer gives its locks back, and its thread: before the client's socketTimeout of 15 seconds gives up
-- the connection. What goes over all of the history, and changes of the schema, are given more by QuickScale itself.
alter role quickscale in database quickscale set statement_timeout = '12s';
-- Times are UTC; so is what psql shows to somebody who looks.
alter role quickscale in database quickscale set timezone = 'UTC';
-- The charge is durable before the answer is sent: never off for this role, whatever the server's default is.
alter role quickscale in database quickscale set synchronous_commit = 'on';

\connect quickscale
-- Only the owner makes tables here (PostgreSQL 14 and earlier let everybody).
revoke create on schema public from public;
grant all on schema public to quickscale;

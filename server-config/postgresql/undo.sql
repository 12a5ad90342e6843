-- Takes back setup.sql and tables.sql. As a superuser:
--   psql -v ON_ERROR_STOP=1 -f undo.sql                        settings of the role and of the tables; all data stays
--   psql -v ON_ERROR_STOP=1 -v drop_everything=yes -f undo.sql the database with ALL ITS DATA, and the role
-- quickscale.conf: remove the file and restart the server.

select exists (select from pg_database where datname = 'quickscale') as database_exists,
       exists (select from pg_roles where rolname = 'quickscale') as role_exists \gset

\if :{?drop_everything}
  drop database if exists quickscale;
  drop role if exists quickscale;
  \quit
\endif

\if :database_exists
  \if :role_exists
    alter role quickscale in database quickscale reset all;
  \endif
  \connect quickscale
  select format(
      'alter table %s reset (fillfactor, autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold, autovacuum_vacuum_cost_delay, '
      'autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_insert_threshold, autovacuum_analyze_scale_factor, '
      'autovacuum_analyze_threshold)', oid::regclass)
  from pg_class
  where relname in ('credit_grant', 'run_open', 'service_usage', 'idempotency_record', 'credit_transaction')
    and relnamespace = 'public'::regnamespace \gexec
\endif

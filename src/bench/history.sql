-- psql: a past. :rows usage records of free runs over the last year, in key order; half of them belong to the accounts that
-- are there, half to as many others. Indexes and foreign keys are taken away for the time, and made again as they were.
set maintenance_work_mem = '256MB';
begin;
create temporary table account_number on commit drop as
  select id, row_number() over (order by id) - 1 as number from credit_account;
insert into credit_account (id, created_at) select number + 1, now() - interval '1 year' from account_number;
insert into account_number select number + 1, number + (select count(*) from account_number) from account_number;
create unique index on account_number (number);
analyze account_number;
create temporary table taken_away on commit drop as
  select 1 as later, 'drop index ' || indexrelid::regclass as away, pg_get_indexdef(indexrelid) as again
    from pg_index where indrelid = 'service_usage'::regclass and not indisprimary
  union all
  select 2, 'alter table service_usage drop constraint ' || quote_ident(conname),
         'alter table service_usage add constraint ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid)
    from pg_constraint where conrelid = 'service_usage'::regclass and contype = 'f';
select away from taken_away order by later desc \gexec
-- Ids as the application makes them: milliseconds since 2020 in the upper bits.
insert into service_usage (id, account_id, user_id, service, status, price_micros, cost_micros, refunded_micros, attempts,
    correlation_id, started_at, started_day, finished_at, duration_ms)
  select (floor(extract(epoch from started - timestamptz '2020-01-01 00:00:00Z') * 1000))::bigint * 4194304 + k % 4096,
      id, id, 'data_validator', 'SUCCEEDED', 0, 0, 0, 1, 'history-' || k, started,
      floor(extract(epoch from started) / 86400), started + interval '3 ms', 3
    from (select k, now() - interval '1 year' + k * (interval '364 days' / :rows) as started
            from generate_series(1, cast(:rows as bigint)) k) history
    join account_number on number = k * 7919 % (select count(*) from account_number);
select again from taken_away order by later \gexec
commit;
vacuum (freeze, analyze) service_usage;

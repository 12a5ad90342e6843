-- pgbench: 32 runs over 32 accounts, held and settled in one transaction with multi-row statements: about what one writer of
-- the group commit could reach if it cost nothing. On yardstick.sql's tables. Variables: accounts, base, n (0).
-- (chr(58) is a colon: pgbench would take what follows one for a variable, even within quotes.)
\set n :n + 1
\set run :base + :n * 32
\set first random(1, :accounts - 31)
\set last :first + 31
begin;
select id from credit_account where id between :first and :last order by id for update;
select id, account_id, kind, priority, remaining_micros, held_micros, expires_at from credit_grant where account_id between :first and :last and has_credits;
update credit_grant set remaining_micros = remaining_micros - 1000000, held_micros = held_micros + 1000000, version = version + 1 where id between :first and :last;
insert into credit_hold (id, account_id, state, held_micros, charged_micros, shares, created_at, version) select cast(:run as bigint) + k, :first + k, 'OPEN', 1000000, 0, concat_ws(chr(58), cast(:first + k as text), 'PAY_AS_YOU_GO', '1000000'), now(), 1 from generate_series(0, 31) k;
insert into service_usage (id, account_id, user_id, service, status, price_micros, cost_micros, refunded_micros, attempts, correlation_id, started_at, started_day, deadline) select cast(:run as bigint) + k, :first + k, :first + k, 'sentiment_analysis', 'RUNNING', 1000000, 0, 0, 1, '00000000-0000-0000-0000-000000000000', now(), 20000, now() + interval '15 minutes' from generate_series(0, 31) k;
update credit_hold set state = 'SETTLED', charged_micros = 1000000, closed_at = now(), version = version + 1 where id between :run and cast(:run as bigint) + 31 and state = 'OPEN';
insert into credit_transaction (id, account_id, grant_id, kind, amount_micros, usage_id, created_at) select cast(:run as bigint) + k, :first + k, :first + k, 'CHARGE', -1000000, cast(:run as bigint) + k, now() from generate_series(0, 31) k;
update credit_grant set held_micros = held_micros - 1000000, version = version + 1 where id between :first and :last;
update service_usage set status = 'SUCCEEDED', cost_micros = 1000000, paid_from = concat_ws(chr(58), cast(account_id as text), 'PAY_AS_YOU_GO', '1000000'), finished_at = now(), duration_ms = 1 where id between :run and cast(:run as bigint) + 31;
commit;

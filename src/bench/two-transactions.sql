-- pgbench: one run, held and settled in two transactions, statement by statement, as an application without group commit
-- would do it. On yardstick.sql's tables. Variables: accounts, base, n (0).
-- (chr(58) is a colon: pgbench would take what follows one for a variable, even within quotes.)
\set n :n + 1
\set run :base + :n * 64 + :client_id
\set account random(1, :accounts)
begin;
select id from credit_account where id = :account for update;
select id, kind, priority, remaining_micros, held_micros, expires_at from credit_grant where account_id = :account and has_credits;
update credit_grant set remaining_micros = remaining_micros - 1000000, held_micros = held_micros + 1000000, version = version + 1 where id = :account;
insert into credit_hold (id, account_id, state, held_micros, charged_micros, shares, created_at, version) values (:run, :account, 'OPEN', 1000000, 0, concat_ws(chr(58), cast(:account as text), 'PAY_AS_YOU_GO', '1000000'), now(), 1);
insert into service_usage (id, account_id, user_id, service, status, price_micros, cost_micros, refunded_micros, attempts, correlation_id, started_at, started_day, deadline) values (:run, :account, :account, 'sentiment_analysis', 'RUNNING', 1000000, 0, 0, 1, '00000000-0000-0000-0000-000000000000', now(), 20000, now() + interval '15 minutes');
commit;
begin;
select id from credit_account where id = :account for update;
update credit_hold set state = 'SETTLED', charged_micros = 1000000, closed_at = now(), version = version + 1 where id = :run and state = 'OPEN';
insert into credit_transaction (id, account_id, grant_id, kind, amount_micros, usage_id, created_at) values (:run, :account, :account, 'CHARGE', -1000000, :run, now());
update credit_grant set held_micros = held_micros - 1000000, version = version + 1 where id = :account;
update service_usage set status = 'SUCCEEDED', cost_micros = 1000000, paid_from = concat_ws(chr(58), cast(:account as text), 'PAY_AS_YOU_GO', '1000000'), finished_at = now(), duration_ms = 1 where id = :run;
commit;

-- What the pgbench scripts run on: accounts 1 to 1000 with a grant each.
insert into credit_account (id, created_at) select k, now() from generate_series(1, 1000) k;
insert into credit_grant (id, account_id, kind, priority, amount_micros, remaining_micros, held_micros, created_at, has_credits, version)
  select k, k, 'PAY_AS_YOU_GO', 100, 1000000000000000, 1000000000000000, 0, now(), true, 1 from generate_series(1, 1000) k;
analyze;

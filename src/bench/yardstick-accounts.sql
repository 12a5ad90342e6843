-- What the pgbench scripts run on: accounts 1 to 1000 with a grant each.
insert into credit_account (id, created_at) select k, now() from generate_series(1, 1000) k;
insert into credit_grant (id, account_id, kind, priority, amount_micros, remaining_micros, held_micros, created_at, has_credits, version)
  select k, k, 'PAY_AS_YOU_GO', 100, 1000000000000000, 1000000000000000, 0, now(), true, 1 from generate_series(1, 1000) k;
analyze;

-- What the yardsticks write beside grants and ledger: a hold and a record for each run, made at its start and changed at its
-- end. That is how QuickScale did it until its schema 8; the yardsticks stay as they are, so that figures can be compared.
create table if not exists yardstick_hold (
    id             bigint primary key,
    account_id     bigint not null,
    state          varchar(12) not null,
    held_micros    bigint not null check (held_micros > 0),
    charged_micros bigint not null check (charged_micros >= 0 and charged_micros <= held_micros),
    shares         varchar not null,
    created_at     timestamp with time zone not null,
    closed_at      timestamp with time zone,
    version        integer not null
);
create index if not exists yardstick_hold_open on yardstick_hold (account_id) where state = 'OPEN';
create table if not exists yardstick_usage (
    id              bigint primary key,
    account_id      bigint not null,
    user_id         bigint not null,
    service         varchar(64) not null,
    status          varchar(12) not null,
    price_micros    bigint not null,
    cost_micros     bigint not null,
    refunded_micros bigint not null,
    paid_from       varchar,
    attempts        integer not null,
    error_code      varchar(40),
    correlation_id  varchar(64) not null,
    started_at      timestamp with time zone not null,
    started_day     integer not null,
    finished_at     timestamp with time zone,
    duration_ms     bigint,
    deadline        timestamp with time zone not null
);
create index if not exists yardstick_usage_by_account on yardstick_usage (account_id, id);
create index if not exists yardstick_usage_running on yardstick_usage (deadline) where status = 'RUNNING';

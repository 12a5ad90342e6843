-- psql: what the pgbench scripts run on, accounts 1 to 1000 with a grant each. The tables and indexes that a run wrote in November
-- 2026. They stay as they are when the application's change: a yardstick that changed along would measure nothing.
create table credit_account (
    id bigint primary key,
    created_at timestamp with time zone not null
);
create table credit_grant (
    id bigint primary key,
    account_id bigint not null references credit_account (id),
    kind varchar(20) not null,
    priority integer not null,
    amount_micros bigint not null check (amount_micros > 0),
    remaining_micros bigint not null check (remaining_micros >= 0),
    held_micros bigint not null check (held_micros >= 0),
    expires_at timestamp with time zone,
    description varchar(500),
    created_at timestamp with time zone not null,
    voided_at timestamp with time zone,
    has_credits boolean not null,
    version integer not null,
    check (remaining_micros + held_micros <= amount_micros)
);
create index credit_grant_by_account on credit_grant (account_id, has_credits);
create index credit_grant_expiring on credit_grant (expires_at) where has_credits and expires_at is not null;
create table credit_hold (
    id bigint primary key,
    account_id bigint not null,
    state varchar(12) not null,
    held_micros bigint not null check (held_micros > 0),
    charged_micros bigint not null,
    shares varchar not null,
    created_at timestamp with time zone not null,
    closed_at timestamp with time zone,
    version integer not null,
    check (charged_micros >= 0 and charged_micros <= held_micros)
);
create index credit_hold_open on credit_hold (account_id) where state = 'OPEN';
create table credit_transaction (
    id bigint primary key,
    account_id bigint not null,
    grant_id bigint not null,
    kind varchar(12) not null,
    amount_micros bigint not null,
    usage_id bigint,
    description varchar(500),
    created_at timestamp with time zone not null
);
create index credit_transaction_by_account on credit_transaction (account_id, id);
create table service_usage (
    id bigint primary key,
    account_id bigint not null,
    user_id bigint not null,
    service varchar(64) not null,
    status varchar(12) not null,
    price_micros bigint not null,
    cost_micros bigint not null,
    refunded_micros bigint not null,
    paid_from varchar,
    attempts integer not null,
    error_code varchar(40),
    correlation_id varchar(64) not null,
    started_at timestamp with time zone not null,
    started_day integer not null,
    finished_at timestamp with time zone,
    duration_ms bigint,
    deadline timestamp with time zone not null,
    parent_usage_id bigint,
    units varchar
);
create index service_usage_by_account on service_usage (account_id, id);
create index service_usage_by_parent on service_usage (parent_usage_id) where parent_usage_id is not null;
create index service_usage_running on service_usage (deadline) where status = 'RUNNING';

insert into credit_account (id, created_at) select k, now() from generate_series(1, 1000) k;
insert into credit_grant (id, account_id, kind, priority, amount_micros, remaining_micros, held_micros, created_at, has_credits, version)
  select k, k, 'PAY_AS_YOU_GO', 100, 1000000000000000, 1000000000000000, 0, now(), true, 1 from generate_series(1, 1000) k;
analyze;

-- A run that is going on: inserted when it starts, with what it holds; deleted when it ends, in the transaction that settles
-- or releases it. Whoever deletes the row ends the run: there is one row, so there is one end. From then on the run is in
-- service_usage.
create table run_open (
    id              bigint primary key,
    -- the id of its first run
    order_id        bigint not null,
    account_id      bigint not null,
    user_id         bigint not null,
    -- the key that asked; null for a caller in Java
    api_key_id      bigint,
    service         varchar(64) not null,
    -- the most it can cost
    price_micros    bigint not null,
    price_version   integer,
    -- which grants hold it, in the order they are drawn on: 'grant:kind:micros,...'
    shares          varchar not null,
    correlation_id  varchar(64) not null,
    parent_usage_id bigint,
    started_at      timestamp with time zone not null,
    -- after this moment the sweeper may give the run up
    deadline        timestamp with time zone not null
);
create index run_open_by_account on run_open (account_id);

insert into run_open (id, order_id, account_id, user_id, service, price_micros, shares, correlation_id, parent_usage_id,
                      started_at, deadline)
select u.id, u.id, u.account_id, u.user_id, u.service, u.price_micros, coalesce(h.shares, ''), u.correlation_id,
       u.parent_usage_id, u.started_at, u.deadline
  from service_usage u left join credit_hold h on h.id = u.id and h.state = 'OPEN'
 where u.status = 'RUNNING';
delete from service_usage where status = 'RUNNING';
-- What a closed hold said is on the usage record (cost_micros, paid_from, refunded_micros) and in the ledger.
drop table credit_hold;

drop index service_usage_by_deadline;
alter table service_usage drop column deadline;
alter table service_usage add column order_id bigint;
alter table service_usage add column api_key_id bigint;
alter table service_usage add column price_version integer;

-- What a service costs from a time on; a run names the version it was held at.
create table service_price (
    service            varchar(64) not null,
    version            integer not null,
    credit_cost_micros bigint not null,
    unit_prices        varchar not null,
    since              timestamp with time zone not null,
    primary key (service, version)
);
alter table service_definition add column price_version integer default 1 not null;
insert into service_price (service, version, credit_cost_micros, unit_prices, since)
select name, 1, credit_cost_micros, unit_prices, updated_at from service_definition;

-- An order has one answer, whatever runs it has.
alter table idempotency_record alter column usage_id rename to order_id;

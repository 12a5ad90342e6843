-- Work that one node does at a time: who does it, and until when it is theirs. A row for each kind of work, from the start.
create table work_lease (
    name     varchar(40) primary key,
    holder   varchar(36),
    taken_at timestamp with time zone not null,
    ends_at  timestamp with time zone not null
);
insert into work_lease (name, taken_at, ends_at) values
    ('ledger-verification', '1970-01-01 00:00:00+00', '1970-01-01 00:00:00+00'),
    ('idempotency-clean-up', '1970-01-01 00:00:00+00', '1970-01-01 00:00:00+00');

-- Expired grants are walked through by this key: many expire at the same moment.
drop index credit_grant_expiring;
create index credit_grant_expiring on credit_grant (expires_at, id) where has_credits and expires_at is not null;

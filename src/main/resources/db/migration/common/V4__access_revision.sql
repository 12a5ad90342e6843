-- Grows with every change that takes something from a key or a user, so that nodes know when to ask again.
create table access_revision (
    id       integer primary key,
    revision bigint not null
);
insert into access_revision (id, revision) values (1, 0);

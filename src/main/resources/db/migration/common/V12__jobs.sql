-- Orders in the background. What users see of them; who works on them is in scheduled_tasks.
create table job (
    id               bigint primary key,
    order_id         bigint not null,
    account_id       bigint not null,
    user_id          bigint not null,
    -- the key that asked; null for a caller in Java
    api_key_id       bigint,
    correlation_id   varchar(64) not null,
    kind             varchar(16) not null,
    -- the service that runs, or the pipeline's name; null for a pipeline without one
    service          varchar(64),
    pipeline         varchar(64),
    -- the pipeline as it was when it was ordered
    document         text,
    priority         integer not null,
    status           varchar(16) not null,
    -- whether the scheduler has it: only so many of a user's jobs at a time
    admitted         boolean not null,
    cancel_requested boolean not null,
    total            integer not null,
    done             integer not null,
    failed           integer not null,
    consumed_micros  bigint not null,
    -- what the service says of the run; null if it says nothing
    run_done         bigint,
    run_total        bigint,
    -- grows with each change that users see
    revision         bigint not null,
    created_at       timestamp with time zone not null,
    started_at       timestamp with time zone,
    finished_at      timestamp with time zone,
    -- until when inputs and results stay; null while it goes on
    kept_until       timestamp with time zone,
    cleared          boolean not null
);
create index job_by_user on job (user_id, id);
create index job_by_status on job (status, user_id);
create index job_to_clear on job (cleared, kept_until);

create table job_input (
    job_id   bigint not null,
    item     integer not null,
    usage_id bigint not null,
    input    text not null,
    primary key (job_id, item)
);

-- Written in the transaction that ends the run: one a run, by whoever ends it.
create table job_result (
    job_id      bigint not null,
    item        integer not null,
    usage_id    bigint not null,
    success     boolean not null,
    cost_micros bigint not null,
    -- the result, or the problem, as JSON; null for a result that is too large to keep
    body        text,
    primary key (job_id, item)
);

-- db-scheduler's own table, with the columns that it asks for.
create table scheduled_tasks (
    task_name            varchar(100) not null,
    task_instance        varchar(100) not null,
    task_data            bytea,
    execution_time       timestamp with time zone not null,
    picked               boolean not null,
    picked_by            varchar(100),
    last_success         timestamp with time zone,
    last_failure         timestamp with time zone,
    consecutive_failures integer,
    last_heartbeat       timestamp with time zone,
    version              bigint not null,
    priority             integer,
    primary key (task_name, task_instance)
);
create index scheduled_tasks_by_time on scheduled_tasks (execution_time);
create index scheduled_tasks_by_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_by_priority on scheduled_tasks (priority desc, execution_time);

insert into work_lease (name, taken_at, ends_at) values
    ('job-keeper', '1970-01-01 00:00:00+00', '1970-01-01 00:00:00+00'),
    ('job-clean-up', '1970-01-01 00:00:00+00', '1970-01-01 00:00:00+00');

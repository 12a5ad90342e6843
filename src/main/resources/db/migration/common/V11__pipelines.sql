-- Pipelines that operators store. A version is written once and stays: what has begun with it goes on with it.
create table pipeline_version (
    name        varchar(64) not null,
    version     integer not null,
    description varchar(2000) not null,
    -- JSON: {"steps": [{"id", "service", "input", "when"}]}
    steps       varchar not null,
    stored_at   timestamp with time zone not null,
    primary key (name, version)
);

-- The version of each name that counts; no row, no pipeline.
create table pipeline (
    name    varchar(64) primary key,
    version integer not null
);

-- The run that ordered this one, if a service did.
alter table service_usage add column parent_usage_id bigint;
-- What was metered and charged, as JSON, with the rates of its time; null for nothing.
alter table service_usage add column units varchar;
create index service_usage_by_parent on service_usage (parent_usage_id);

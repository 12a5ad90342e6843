-- The job whose work a run is or was.
alter table run_open add column job_id bigint;
alter table service_usage add column job_id bigint;

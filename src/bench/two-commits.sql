-- pgbench: two transactions that write nothing but a record in the log, each durable when its commit returns. What a hold and a
-- settlement that cost nothing would take.
begin;
select pg_logical_emit_message(true, 'bench', '');
commit;
begin;
select pg_logical_emit_message(true, 'bench', '');
commit;

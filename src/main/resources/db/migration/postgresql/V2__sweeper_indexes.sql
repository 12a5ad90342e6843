-- The sweeper looks only at what still runs: a partial index keeps the finished runs out of it.
create index service_usage_running on service_usage (deadline) where status = 'RUNNING';
create index credit_hold_open on credit_hold (account_id) where state = 'OPEN';
create index credit_grant_expiring on credit_grant (expires_at) where has_credits and expires_at is not null;
create index idempotency_record_unanswered on idempotency_record (usage_id) where status is null;

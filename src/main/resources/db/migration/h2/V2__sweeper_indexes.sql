create index service_usage_by_deadline on service_usage (status, deadline);
create index credit_hold_by_state on credit_hold (state);
create index credit_grant_by_expiry on credit_grant (expires_at);
create index idempotency_record_by_usage on idempotency_record (usage_id);

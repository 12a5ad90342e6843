-- The ledger is append-only, whoever asks.
create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
    raise exception 'credit_transaction is append-only: correct it with a reversing entry';
end
$$;

create trigger credit_transaction_append_only
    before update or delete on credit_transaction
    for each row execute function refuse_ledger_change();

create trigger credit_transaction_no_truncate
    before truncate on credit_transaction
    for each statement execute function refuse_ledger_change();

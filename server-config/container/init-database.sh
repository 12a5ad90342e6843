#!/bin/bash
# Run once by the PostgreSQL image, on its first start: the role, the database, the settings.
set -euo pipefail

QUICKSCALE_DB_PASSWORD=$(cat "$QUICKSCALE_DB_PASSWORD_FILE")
export QUICKSCALE_DB_PASSWORD
psql -v ON_ERROR_STOP=1 --username postgres --file /opt/quickscale-postgresql/setup.sql
echo "include '/opt/quickscale-postgresql/quickscale.conf'" >>"$PGDATA/postgresql.conf"

#!/usr/bin/env bash
# Configures a running Payara Server domain for QuickScale; undo.sh takes it back. See --help.
set -euo pipefail

usage() {
  cat <<'HELP'
usage: configure.sh [options]

Configures a running Payara Server domain for QuickScale: data source, thread pools, timeouts, security, JSON log, health
and metrics (settings.asadmin, datasource.asadmin and logging.properties say what and why). Running it again changes
nothing that is right already. Restart the domain afterwards, then deploy quickscale.war.

  --asadmin FILE       Payara's asadmin (the one in the PATH)
  --driver FILE        the PostgreSQL driver, put into the domain's libraries
  --before FILE        what the domain was like before, for undo.sh
                       (~/.local/state/quickscale/payara-server.before)
  --host, --port, --user, --passwordfile, --secure
                       the domain, as asadmin takes them
  --help               this text

The server reads the database from its environment: QUICKSCALE_DB_URL, QUICKSCALE_DB_USER, QUICKSCALE_DB_PASSWORD, and
QUICKSCALE_DB_DRIVER (org.postgresql.ds.PGSimpleDataSource, or org.h2.jdbcx.JdbcDataSource for the embedded database).
HELP
}

# shellcheck source-path=SCRIPTDIR source=asadmin.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/asadmin.sh"

# Keeps what stands in the domain now, unless it was kept by an earlier run. (A new version may set more than that one.)
remember() {
  local name
  mkdir -p -- "$(dirname -- "$before")"
  touch -- "$before"
  while read -r name; do keep "setting $name" "$(value_of "$name")"; done < <(setting_names)
  while IFS='=' read -r name _; do keep "log $name" "$(log_value_of "$name")"; done < <(log_settings)
  for name in "${jvm_options[@]}"; do
    if ! has "$name"; then keep "jvm-option $name" added; fi
  done
  if [ -n "$driver" ] && ! has "${driver##*/}"; then keep 'library' "${driver##*/}"; fi
}

keep() { grep -q -F -e "$1=" "$before" || printf '%s=%s\n' "$1" "$2" >>"$before"; }

log_settings() { grep -v -e '^#' -e '^$' "$here/logging.properties"; }

# The settings of the file $1 as one command: one question to the server and not thirty.
all_at_once() { sed -n 's/^set //p' "$here/$1" | tr '\n' ' ' | sed 's/^/set /; s/ $/\n/'; }

commands() {
  if [ -n "$driver" ] && ! has "${driver##*/}"; then printf 'add-library --type common %s\n' "$driver"; fi
  has "$pool" || printf 'create-jdbc-connection-pool --datasourceclassname=org.h2.jdbcx.JdbcDataSource --restype=javax.sql.DataSource %s\n' "$pool"
  has "$resource" || printf 'create-jdbc-resource --connectionpoolid=%s %s\n' "$pool" "$resource"
  local option
  for option in "${jvm_options[@]}"; do has "$option" || printf 'create-jvm-options %s\n' "$option"; done
  all_at_once datasource.asadmin
  all_at_once settings.asadmin
  local name value
  while IFS='=' read -r name value; do log_attribute "$name" "$value"; done < <(log_settings)
}

parse_options "$@"
found=$(look)
remember
commands | tell

#!/usr/bin/env bash
# Makes a WildFly ready for QuickScale, or takes that back. See --help.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
configuration=standalone-quickscale.xml

usage() {
  cat <<'HELP'
usage: server-config/wildfly/configure.sh [--config FILE] [--reset] WILDFLY_HOME h2
       server-config/wildfly/configure.sh [--config FILE] [--reset] WILDFLY_HOME postgresql DRIVER_JAR
       server-config/wildfly/configure.sh [--config FILE] --undo WILDFLY_HOME

Works on a server that is not running. Makes standalone/configuration/standalone-quickscale.xml from standalone.xml, which
stays as it is; with --config it changes that file instead, with --reset it begins again from standalone.xml. The
database's address is read when the server starts, from QUICKSCALE_DB_URL, QUICKSCALE_DB_USER and
QUICKSCALE_DB_PASSWORD. Start it with

  bin/standalone.sh --server-config=standalone-quickscale.xml
HELP
}

die() {
  printf 'configure: %s\n' "$*" >&2
  exit 1
}

parse_options() {
  undo=no
  reset=no
  while [ $# -gt 0 ]; do
    case $1 in
      --help | -h) usage && exit 0 ;;
      --undo) undo=yes ;;
      --reset) reset=yes ;;
      --config) configuration=${2:?} && shift ;;
      -*) printf 'configure: unknown option %s (see --help)\n' "$1" >&2 && exit 2 ;;
      *) break ;;
    esac
    shift
  done
  home=${1:-} database=${2:-} driver_jar=${3:-}
  if [ -z "$home" ] || { [ $undo = no ] && [ -z "$database" ]; }; then usage >&2 && exit 2; fi
  [ -x "$home/bin/jboss-cli.sh" ] || die "there is no WildFly in $home."
  file=$home/standalone/configuration/$configuration
}

# The CLI has no variables that a script can rely on: the few values are filled in here.
filled() {
  sed -e "s|@DRIVER@|$1|" -e "s|@CHECKER@|$2|" -e "s|@SORTER@|$3|" -e "s|@DRIVER_JAR@|$driver_jar|" "${@:4}"
}

commands() {
  local extensions=org.jboss.jca.adapters.jdbc.extensions
  echo "embed-server --server-config=$configuration --std-out=discard"
  case $database in
    h2)
      filled h2 $extensions.novendor.JDBC4ValidConnectionChecker $extensions.novendor.NullExceptionSorter \
        "$here/configure.cli" "$here/data-source.cli"
      ;;
    postgresql)
      [ -f "$driver_jar" ] || die "name the PostgreSQL JDBC driver's file (see --help)."
      # The CLI cannot ask for a module.
      if [ -d "$home/modules/org/postgresql/jdbc" ]; then echo 'module remove --name=org.postgresql.jdbc'; fi
      filled postgresql $extensions.postgres.PostgreSQLValidConnectionChecker $extensions.postgres.PostgreSQLExceptionSorter \
        "$here/configure.cli" "$here/postgresql-driver.cli" "$here/data-source.cli"
      ;;
    *) die "the database is h2 or postgresql, not $database." ;;
  esac
  echo stop-embedded-server
}

run_cli() {
  local script log
  script=$(mktemp) log=$(mktemp)
  "$@" >"$script"
  if ! "$home/bin/jboss-cli.sh" --file="$script" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$script" "$log"
    die "the server refused the configuration; why stands above."
  fi
  rm -f "$script" "$log"
}

configure() {
  if [ $reset = yes ] || [ ! -f "$file" ]; then cp "$home/standalone/configuration/standalone.xml" "$file"; fi
  run_cli commands
}

take_back() {
  if [ "$configuration" = standalone-quickscale.xml ]; then
    rm -rf "$file" "$home/modules/org/postgresql/jdbc"
  else
    run_cli undo_commands
  fi
}

undo_commands() {
  echo "embed-server --server-config=$configuration --std-out=discard"
  cat "$here/undo.cli"
  if [ -d "$home/modules/org/postgresql/jdbc" ]; then echo 'module remove --name=org.postgresql.jdbc'; fi
  echo stop-embedded-server
}

parse_options "$@"
if [ $undo = yes ]; then take_back; else configure; fi

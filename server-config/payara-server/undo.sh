#!/usr/bin/env bash
# Takes back what configure.sh did to a running Payara Server domain. See --help.
set -euo pipefail

usage() {
  cat <<'HELP'
usage: undo.sh [options]

Takes back what configure.sh did to a running Payara Server domain: removes the data source, and gives every setting the
value that it had before. Undeploy QuickScale first; restart the domain afterwards.

  --asadmin FILE       Payara's asadmin (the one in the PATH)
  --before FILE        what configure.sh kept (~/.local/state/quickscale/payara-server.before); deleted in the end
  --host, --port, --user, --passwordfile, --secure
                       the domain, as asadmin takes them
  --help               this text
HELP
}

# shellcheck source-path=SCRIPTDIR source=asadmin.sh
. "$(dirname -- "${BASH_SOURCE[0]}")/asadmin.sh"

# "name=value" of everything of the kind $1 that was kept.
kept() { sed -n "s/^$1 \{0,1\}//p" "$before"; }

# What configure.sh added; earlier versions of it wrote one in another form.
kept_options() { sed -n -e 's/^jvm-option=//p' -e 's/^jvm-option \(.*\)=added$/\1/p' "$before"; }

removals() {
  if has "$resource"; then printf 'delete-jdbc-resource %s\n' "$resource"; fi
  if has "$pool"; then printf 'delete-jdbc-connection-pool %s\n' "$pool"; fi
  local option library
  while read -r option; do
    if has "$option"; then printf 'delete-jvm-options %s\n' "$option"; fi
  done < <(kept_options)
  library=$(kept 'library=')
  if [ -n "$library" ] && has "$library"; then printf 'remove-library --type common %s\n' "$library"; fi
}

# A setting without a value is the server's default again, and no longer stands in domain.xml. (The server refuses that
# for the few that have no default.)
defaults() { kept setting | sed 's/^\([^=]*\)=.*/set \1=/'; }

# What was not the default before.
values() {
  local name value
  while IFS='=' read -r name value; do
    [ "$(value_of "$name")" = "$value" ] || printf 'set %s=%s\n' "$name" "$value"
  done < <(kept setting)
}

log_attributes() {
  local name value
  while IFS='=' read -r name value; do log_attribute "$name" "$value"; done < <(kept log)
}

parse_options "$@"
[ -f "$before" ] || die "there is no $before: configure.sh did not run here, or name its file with --before."
found=$(look)
{
  removals
  log_attributes
} | tell
defaults | ask >/dev/null
found=$(look)
values | tell
rm -f -- "$before"

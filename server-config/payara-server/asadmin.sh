# shellcheck shell=bash
# What configure.sh and undo.sh share: their options, and how a running domain is asked and told.
# "found", what look found, is theirs; most names here are used by them.
# shellcheck disable=SC2034,SC2154

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
program=${0##*/}
asadmin=asadmin
driver=
before=${XDG_STATE_HOME:-$HOME/.local/state}/quickscale/payara-server.before
connection=()

pool=quickscale
resource=jdbc/quickscale
# Times are UTC inside; the embedded database would lose an hour in autumn in other zones.
time_zone=-Duser.timezone=UTC
# What a header may hold is QuickScale's to say, in words: the server would with an empty answer.
header_values=-Dorg.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110=false
jvm_options=("$time_zone" "$header_values")

die() {
  printf '%s: %s\n' "$program" "$*" >&2
  exit 1
}

misused() {
  printf '%s: %s (see --help)\n' "$program" "$*" >&2
  exit 2
}

parse_options() {
  while [ $# -gt 0 ]; do
    case $1 in
      --asadmin | --driver | --before | --host | --port | --user | --passwordfile)
        [ $# -ge 2 ] || misused "$1 needs a value"
        case $1 in
          --asadmin) asadmin=$2 ;;
          --driver) driver=$2 ;;
          --before) before=$2 ;;
          *) connection+=("$1" "$2") ;;
        esac
        shift
        ;;
      --secure) connection+=("$1") ;;
      --help | -h) usage && exit 0 ;;
      *) misused "unknown option $1" ;;
    esac
    shift
  done
  command -v "$asadmin" >/dev/null 2>&1 || die "no $asadmin found: name Payara's with --asadmin /opt/payara6/bin/asadmin."
  [ -z "$driver" ] || [ -f "$driver" ] || die "there is no driver $driver."
}

# Runs the commands of standard input in one session and prints what the server answers; commands may fail.
ask() {
  local commands
  commands=$(mktemp)
  cat >"$commands"
  "$asadmin" --interactive=false ${connection[@]+"${connection[@]}"} multimode --file "$commands" 2>&1 </dev/null || true
  rm -f -- "$commands"
}

# The same, but each of them must succeed.
tell() {
  local answer
  answer=$(ask)
  if grep -q -e '^Command [a-z-]* failed\.$' -e '^Command multimode failed' <<<"$answer"; then
    grep -e 'remote failure' -e ' failed\.$' <<<"$answer" >&2
    die 'the server refused what is named above.'
  fi
}

# The names that settings.asadmin sets.
setting_names() { sed -n 's/^set \([^=]*\)=.*/\1/p' "$here/settings.asadmin"; }

# Everything about the domain that configure.sh may change, as the server prints it.
look() {
  local answer
  answer=$(
    {
      printf '%s\n' list-jdbc-connection-pools list-jdbc-resources list-libraries list-jvm-options list-log-attributes
      setting_names | sed 's/^/get /'
    } | ask
  )
  grep -q '^Command list-jvm-options executed' <<<"$answer" ||
    die "the domain does not answer; is it running, and are --host, --port, --user and --passwordfile right? asadmin says:
$(head -n 4 <<<"$answer")"
  printf '%s\n' "$answer"
}

# Whether the line $1 is in what "look" found.
has() { grep -q -x -F -e "$1" <<<"$found"; }

# The value of the setting, or of the log attribute, $1 in what "look" found; empty if the domain has none.
value_of() { awk -v prefix="$1=" 'index($0, prefix) == 1 { print substr($0, length(prefix) + 1); exit }' <<<"$found"; }
log_value_of() {
  awk -F '\t' -v name="$1" '$1 == name { print substr($2, 2, length($2) - 2); exit }' <<<"$found"
}

# "name=value" with what set-log-attributes needs escaped.
log_attribute() { printf 'set-log-attributes %s=%s\n' "$1" "${2//:/\\:}"; }

#!/bin/bash
# Takes the node on this machine out of rotation and waits until it has answered everything. See --help.
set -euo pipefail

usage() {
  cat <<'HELP'
usage: QUICKSCALE_DATA_DIR=FOLDER server-config/drain.sh HEALTH_PORT

Before a server is stopped: makes the file "drain" in its data folder, so that /health/ready on HEALTH_PORT of this
machine says 503, gives the balancer time to see that, and waits until no request is in flight. The server still runs
then; its next start takes the file away. To keep the server in rotation after all, delete the file.

Environment:
  QUICKSCALE_DRAIN_DELAY    seconds until the balancer has seen it: two of its looks and a little more (5)
  QUICKSCALE_DRAIN_TIMEOUT  seconds that requests in flight have to end after that (60)

Exit status: 0 nothing is in flight, or there is no server; 1 something still is; 2 wrong use.
HELP
}

# How many requests are in flight: 0 too if there is no server, "?" if it does not answer.
in_flight() {
  local answer
  exec 3<>"/dev/tcp/127.0.0.1/$port" || { echo 0 && return; }
  printf 'GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
  answer=$(timeout 5 cat <&3) || true
  exec 3>&-
  case $answer in
    # (Payara writes the number as a text.)
    *requests_in_flight*) sed -n 's/.*"requests_in_flight" *: *"\{0,1\}\([0-9]*\).*/\1/p' <<<"$answer" ;;
    # A server without the application.
    HTTP/*) echo 0 ;;
    *) echo '?' ;;
  esac
}

# Twice, since a request may have been on its way at the first look.
has_answered_everything() {
  count=$(in_flight 2>/dev/null)
  [ "$count" = 0 ] || return 1
  sleep 0.2
  count=$(in_flight 2>/dev/null)
  [ "$count" = 0 ]
}

case ${1:-} in --help | -h) usage && exit 0 ;; esac
port=${1:-}
if [[ ! $port =~ ^[1-9][0-9]{0,4}$ ]] || [ ! -d "${QUICKSCALE_DATA_DIR:-}" ]; then
  usage >&2
  exit 2
fi
touch -- "$QUICKSCALE_DATA_DIR/drain"
sleep "${QUICKSCALE_DRAIN_DELAY:-5}"
deadline=$((SECONDS + ${QUICKSCALE_DRAIN_TIMEOUT:-60}))
until has_answered_everything; do
  if [ $SECONDS -ge $deadline ]; then
    printf 'drain: %s requests are still in flight.\n' "$count" >&2
    exit 1
  fi
  sleep 0.5
done

#!/bin/sh
# Reads secrets from files into the environment (QUICKSCALE_DB_PASSWORD_FILE=/run/secrets/… and so on), as the server wants them,
# and starts what it is given. QUICKSCALE_HEALTH_PORT: where that tells whether it is ready.
set -eu

for name in QUICKSCALE_DB_PASSWORD QUICKSCALE_BOOTSTRAP_ADMIN_KEY QUICKSCALE_BOOTSTRAP_DEMO_KEY AI_SERVICE_API_KEY; do
  eval "file=\${${name}_FILE:-}"
  [ -n "$file" ] || continue
  [ -r "$file" ] || {
    echo "entrypoint: cannot read $file (${name}_FILE)" >&2
    exit 1
  }
  value=$(cat "$file")
  export "$name=$value"
  unset "${name}_FILE"
done

: "${QUICKSCALE_HEALTH_PORT:?set it to the port that has /health/ready}"

# TERM alone would cut off what is in flight.
leave() {
  "$(dirname "$0")/drain.sh" "$QUICKSCALE_HEALTH_PORT" || true
  kill -TERM "$server" 2>/dev/null || true
}
trap leave TERM INT
"$@" &
server=$!
# A signal ends the wait before the server has ended.
while true; do
  status=0
  wait "$server" || status=$?
  kill -0 "$server" 2>/dev/null || exit "$status"
done

# shellcheck shell=bash
# Payara Micro, for scripts/run, which sources this.
# shellcheck disable=SC2034,SC2154 # names set here are used there, and the other way round

server_title='Payara Micro'
micro=$project/target/server/payara-micro.jar

# The build brings the server.
server_is_installed() { [ -f "$micro" ]; }

install_server() { :; }

prepare_server() {
  case ${QUICKSCALE_LOG_FORMAT:-text} in
    text) logging=$config/logging.properties ;;
    json) logging=$config/logging-json.properties ;;
    *) die "QUICKSCALE_LOG_FORMAT must be text or json, not $QUICKSCALE_LOG_FORMAT." ;;
  esac
}

server_command() {
  local libraries=()
  case $QUICKSCALE_DB_URL in jdbc:postgresql:*) libraries=(--addlibs "$postgresql") ;; esac
  command=("$java" "${java_options[@]}" -jar "$micro"
    --nocluster --nohazelcast --disablephonehome
    --logproperties "$logging" --prebootcommandfile "$config/boot.asadmin"
    ${libraries[@]+"${libraries[@]}"} --deploy "$war" --contextroot / --port "$port")
}

# Nothing is asked of it on standard input.
server_input() { :; }

deploy_application() { :; }

server_is_ready() { [ "$(status_of /health/ready)" = 200 ]; }

# After a failed deployment the server stays up, and answers 404.
deployment_has_failed() {
  grep -q -e 'Exception while loading the app' -e 'Exception while preparing the app' -e 'Error occurred during deployment' "$log"
}

# The log with a line for each severe message that begins with SEVERE:, and stack traces as they are.
readable_log() { sed 's/^.*\[SEVERE\].*\[levelValue: [0-9]*\] */SEVERE: /' "$log"; }

server_hints() { :; }

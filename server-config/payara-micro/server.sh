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
  boot=$config/boot.asadmin
  if [ -n "$unpacked" ]; then watch_for_redeployments; fi
}

# Payara looks each second, and not every other, whether it is to deploy again.
watch_for_redeployments() {
  boot=$QUICKSCALE_DATA_DIR/dev.asadmin
  {
    cat -- "$config/boot.asadmin"
    echo set configs.config.server-config.admin-service.das-config.dynamic-reload-poll-interval-in-seconds=1
  } >"$boot"
}

server_command() {
  local libraries=()
  case $QUICKSCALE_DB_URL in jdbc:postgresql:*) libraries=(--addlibs "$postgresql") ;; esac
  # What a header may hold is QuickScale's to say, in words: the server would with an empty answer.
  command=("$java" "${java_options[@]}" -Dorg.glassfish.grizzly.http.STRICT_HEADER_VALUE_VALIDATION_RFC_9110=false -jar "$micro"
    --nocluster --nohazelcast --disablephonehome
    --logproperties "$logging" --prebootcommandfile "$boot"
    ${libraries[@]+"${libraries[@]}"} --deploy "$war" --contextroot / --port "$port")
}

# Nothing is asked of it on standard input.
server_input() { :; }

deploy_application() { :; }

# Payara deploys again what is in the folder when this file in it is new; devMode: also what failed to deploy before.
redeploy_application() { printf 'devMode=true\ncontextroot=/\n' >"$war/.reload"; }

redeployment_has_ended() { grep -q 'Registered services: ' <(recent_log); }

server_is_ready() { [ "$(status_of /health/ready)" = 200 ]; }

# After a failed deployment the server stays up, and answers 404.
deployment_has_failed() {
  grep -q -e 'Exception while loading the app' -e 'Exception while preparing the app' -e 'Error occurred during deployment' <(recent_log)
}

# The log with a line for each severe message that begins with SEVERE:, and stack traces as they are.
readable_log() { recent_log | sed 's/^.*\[SEVERE\].*\[levelValue: [0-9]*\] */SEVERE: /'; }

server_hints() { :; }

# shellcheck shell=bash
# Payara Server, for scripts/run, which sources this. The server is in target/server; its domain, with all that asadmin and the
# console change, is in the data folder.
# shellcheck disable=SC2034,SC2154 # names set here are used there, and the other way round

server_title='Payara Server'
payara=$project/target/server/payara6
asadmin=$payara/bin/asadmin

server_is_installed() { [ -x "$asadmin" ]; }

install_server() { unpack_with_maven payara-server; }

prepare_server() {
  domains=$QUICKSCALE_DATA_DIR/payara-server
  domain=$domains/quickscale
  password_file=$domains/admin.password
  admin_port=$(free_port "${QUICKSCALE_ADMIN_PORT:-4848}")
  jmx_port=$(free_port 8686)
  mkdir -p -- "$domains"
  export_java_home
  place_listeners
  [ -f "$domain/config/domain.xml" ] || make_domain
  configuration_is_current || configure_domain
}

# asadmin is a script that starts Java itself.
export_java_home() { export AS_JAVA="${JAVA_HOME:-}"; }

run_asadmin() { "$asadmin" --interactive=false --user admin --passwordfile "$password_file" --port "$admin_port" "$@" </dev/null; }

# Runs asadmin with its output in a file, and shows that if it fails; $1 says what failed.
asadmin_or_die() {
  local what=$1 output=$domains/asadmin.log
  shift
  run_asadmin "$@" >"$output" 2>&1 || die "$what: $(grep -v infocmp "$output" | head -n 10 | cut -c 1-600)"
}

# Ports and addresses are those of this start and no part of the domain's configuration: the server reads them before it boots.
place_listeners() {
  local listeners=configs.config.server-config.network-config.network-listeners.network-listener
  cat >"$domains/listeners.asadmin" <<COMMANDS
set $listeners.http-listener-1.address=$QUICKSCALE_HTTP_ADDRESS
set $listeners.http-listener-1.port=$port
set $listeners.admin-listener.address=127.0.0.1
set $listeners.admin-listener.port=$admin_port
set configs.config.server-config.admin-service.jmx-connector.system.address=127.0.0.1
set configs.config.server-config.admin-service.jmx-connector.system.port=$jmx_port
set configs.config.server-config.admin-service.das-config.dynamic-reload-enabled=$([ -n "$unpacked" ] && echo true || echo false)
set configs.config.server-config.admin-service.das-config.dynamic-reload-poll-interval-in-seconds=1
COMMANDS
}

make_domain() {
  say "Making a Payara domain in $domains ..."
  local password
  password=$(head -c 16 /dev/urandom | od -An -tx1 | tr -d ' \n')
  (umask 077 && printf 'AS_ADMIN_PASSWORD=%s\nAS_ADMIN_MASTERPASSWORD=changeit\n' "$password" >"$password_file")
  asadmin_or_die 'the domain could not be made' create-domain --checkports=false --domaindir "$domains" \
    --adminport "$admin_port" --instanceport "$port" quickscale
}

configuration_is_current() {
  [ -f "$domain/config/quickscale.configured" ] &&
    [ -z "$(find "$config" "$postgresql" -newer "$domain/config/quickscale.configured" -print 2>/dev/null | head -n 1)" ]
}

# Some settings count only after a restart: so the domain is started for them alone, and stopped.
configure_domain() {
  say 'Configuring the domain ...'
  start_in_background
  await_admin
  "$config/configure.sh" --asadmin "$asadmin" --port "$admin_port" --user admin --passwordfile "$password_file" \
    --driver "$postgresql" --before "$domains/before" || fail 'the domain could not be configured.'
  touch -- "$domain/config/quickscale.configured"
  stop_server
}

# The domain's own command line, which asadmin knows, without asadmin: the server is then a child of this script.
server_command() {
  mapfile -t command < <(run_asadmin start-domain --dry-run --domaindir "$domains" \
    --prebootcommandfile "$domains/listeners.asadmin" quickscale | awk '/^Dump of JVM/ { on = 1; next } /^$/ { on = 0 } on')
  [ "${#command[@]}" -gt 1 ] || die 'asadmin does not say how to start the domain.'
  insert_java_options
}

# After the domain's own, so that QUICKSCALE_JAVA_OPTS goes before them, and ahead of the class that is started.
insert_java_options() {
  local given=("${command[@]}") word
  command=()
  for word in "${given[@]}"; do
    if [ "$word" = com.sun.enterprise.glassfish.bootstrap.ASMain ]; then command+=("${java_options[@]}"); fi
    command+=("$word")
  done
}

# The domain's master password, asked for when the server starts.
server_input() { printf 'AS_ADMIN_MASTERPASSWORD=changeit\n'; }

await_admin() {
  local deadline=$((SECONDS + start_timeout))
  until [ -n "$(status_of /management/domain '' "$admin_port")" ]; do
    running || fail 'the server stopped.'
    [ $SECONDS -lt $deadline ] || fail "the server did not start in $start_timeout seconds."
    sleep 0.3
  done
}

# The domain starts by itself what is deployed in it, a folder as it is now: only a new WAR, or one from elsewhere, is deployed again.
deploy_application() {
  local deployed=$domain/config/quickscale.deployed
  if [ -f "$deployed" ] && [ "$(cat -- "$deployed")" = "$war" ] && { [ -d "$war" ] || [ ! "$war" -nt "$deployed" ]; }; then
    return 0
  fi
  await_admin
  run_asadmin deploy --force --name quickscale --contextroot / "$war" >"$domains/asadmin.log" 2>&1 ||
    fail 'the application could not be deployed.'
  printf '%s\n' "$war" >"$deployed"
}

# Payara deploys again what is in the folder when this file in it is new; devMode: also what failed to deploy before.
redeploy_application() { printf 'devMode=true\ncontextroot=/\n' >"$war/.reload"; }

redeployment_has_ended() { grep -q 'Registered services: ' <(recent_log); }

server_is_ready() { [ "$(status_of /health/ready)" = 200 ]; }

deployment_has_failed() { grep -q -e 'Exception while loading the app' -e 'Exception while preparing the app' <(recent_log); }

readable_log() { recent_log | awk '/^\[#\|.*\|SEVERE\|/ { getline; print "SEVERE: " $0; next } { print }' | sed 's/|#\]$//'; }

server_hints() { say "  console        http://localhost:$admin_port (user admin, with the password that $password_file, asadmin's, has as AS_ADMIN_PASSWORD)"; }

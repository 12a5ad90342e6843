# shellcheck shell=bash
# WildFly, for scripts/run, which sources this. The server is in target/server; what it changes (its configuration by the CLI or
# the console, its log) is in the data folder.
# shellcheck disable=SC2034,SC2154 # names set here are used there, and the other way round

server_title=WildFly

find_wildfly() {
  for wildfly in "$project"/target/server/wildfly-*; do
    [ -x "$wildfly/bin/standalone.sh" ] && return 0
  done
  return 1
}

server_is_installed() { find_wildfly; }

install_server() { unpack_with_maven wildfly; }

prepare_server() {
  base=$QUICKSCALE_DATA_DIR/wildfly
  admin_port=$(free_port "${QUICKSCALE_ADMIN_PORT:-9990}")
  local kind=h2
  case $QUICKSCALE_DB_URL in jdbc:postgresql:*) kind=postgresql ;; esac
  configuration=standalone-quickscale-$kind.xml
  find_wildfly
  is_current "$wildfly/standalone/configuration/$configuration" "$config" || configure_wildfly "$kind"
  is_current "$base/configuration/$configuration" "$wildfly/standalone/configuration/$configuration" || copy_configuration
  let_look_for_deployments
  place_application
}

# Whether the file $1 is there and nothing in $2 is newer.
is_current() { [ -f "$1" ] && [ -z "$(find "$2" -newer "$1" -print 2>/dev/null | head -n 1)" ]; }

configure_wildfly() {
  say "Configuring $server_title ..."
  local arguments=("$wildfly" "$1")
  [ "$1" = h2 ] || arguments+=("$postgresql")
  "$config/configure.sh" --reset --config "$configuration" "${arguments[@]}" || die "$server_title could not be configured."
}

copy_configuration() {
  mkdir -p -- "$base/configuration" "$base/deployments" "$base/lib/ext"
  cp -- "$wildfly"/standalone/configuration/* "$base/configuration/" 2>/dev/null || [ -f "$base/configuration/$configuration" ] ||
    die "cannot write to $base."
}

# How often the server looks for deployments is said at its start; more often for quickscale dev.
let_look_for_deployments() {
  local file=$base/configuration/$configuration
  # shellcheck disable=SC2016 # for the server
  if grep -q 'scan-interval="5000"' "$file"; then
    sed 's/scan-interval="5000"/scan-interval="${quickscale.deployments.look:5000}"/' "$file" >"$file.new" && mv -- "$file.new" "$file"
  fi
}

# The server deploys what is in this folder, and says with a marker file how that went.
place_application() {
  rm -rf -- "$base/deployments/quickscale.war" "$base/deployments/quickscale.war".*
  if [ -z "$unpacked" ]; then
    cp -- "$war" "$base/deployments/quickscale.war"
  else
    ln -s -- "$war" "$base/deployments/quickscale.war"
    touch -- "$base/deployments/quickscale.war.dodeploy"
  fi
}

server_command() {
  # standalone.sh passes signals on to Java only then.
  export LAUNCH_JBOSS_IN_BACKGROUND=1 JBOSS_PIDFILE=$base/java.pid
  export JAVA=$java JAVA_OPTS="-Djava.net.preferIPv4Stack=true -Djava.awt.headless=true ${java_options[*]}"
  command=("$wildfly/bin/standalone.sh" "--server-config=$configuration" "-Djboss.server.base.dir=$base"
    -b "$QUICKSCALE_HTTP_ADDRESS" -bmanagement 127.0.0.1
    "-Djboss.http.port=$port" "-Djboss.management.http.port=$admin_port" "-Djboss.https.port=$(free_port 8443)"
    -Dorg.wildfly.sigterm.suspend.timeout=20
    "-Dquickscale.deployments.look=$([ -n "$unpacked" ] && echo 500 || echo 5000)")
}

# Nothing is asked of it on standard input.
server_input() { :; }

deploy_application() { :; }

# An unpacked WAR is deployed when it is marked so; another mark says how that went.
redeploy_application() {
  rm -f -- "$base/deployments/quickscale.war.failed"
  touch -- "$base/deployments/quickscale.war.dodeploy"
}

redeployment_has_ended() {
  [ ! -e "$base/deployments/quickscale.war.dodeploy" ] && grep -q 'Registered services: ' <(recent_log)
}

# Health is on the management port; before the deployment it only knows of the server.
server_is_ready() {
  [ -e "$base/deployments/quickscale.war.deployed" ] && [ "$(status_of /health/ready '' "$admin_port")" = 200 ] &&
    [ "$(status_of /api/v1/services)" = 200 ]
}

deployment_has_failed() { [ -e "$base/deployments/quickscale.war.failed" ]; }

# The log has a JSON object a line: errors as SEVERE: lines, the stack traces in them as they were. What quotes an error quotes it again.
readable_log() {
  recent_log | sed -e '/"Level" *: *"\(ERROR\|FATAL\)"/s/^.*"LogMessage" *: *"\(\([^"\\]\|\\.\)*\)".*$/SEVERE: \1\n&/' |
    sed -e 's/\\r//g; s/\\n/\n/g; s/\\t/\t/g; s/\\\\*"/"/g'
}

server_hints() {
  say "  health         http://localhost:$admin_port/health"
  say "  console        http://localhost:$admin_port/console ($wildfly/bin/add-user.sh -sc $base/configuration makes its users)"
}

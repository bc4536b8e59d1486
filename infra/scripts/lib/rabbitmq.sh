# shellcheck shell=bash
# A private RabbitMQ from installed binaries: own node name, own epmd, own cookie, in a folder that goes away with it.

# rabbitmq_server: prints the newest installed rabbitmq-server script. Not /usr/sbin/rabbitmq-server, which
# switches to the package's own user and paths.
rabbitmq_server() {
  local script
  script="$(printf '%s\n' /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin/rabbitmq-server | sort -V | tail -n 1)"
  if [[ -x "$script" ]] && command -v erl >/dev/null && command -v epmd >/dev/null; then
    printf '%s\n' "$script"
  else
    return 1
  fi
}

# rabbitmq_prepare FOLDER
rabbitmq_prepare() {
  make_server_folder "$1/rabbitmq"
  random_hex 16 >"$1/rabbitmq/password"
}

# rabbitmq_launch FOLDER [again]: starts epmd and the node on new free ports and an empty disk, or on what they had. An epmd of our own, in the foreground and
# started first, because Erlang otherwise starts one for the whole machine that outlives every node.
rabbitmq_launch() {
  local home="$1/rabbitmq" amqp management distribution epmd prometheus password
  if [[ "${2:-}" == again ]]; then
    read -r amqp management distribution epmd prometheus <"$home/ports"
  else
    amqp="$(free_port)" management="$(free_port)" distribution="$(free_port)" epmd="$(free_port)" prometheus="$(free_port)"
    rm -rf "$home/mnesia"
  fi
  printf '%s %s %s %s %s\n' "$amqp" "$management" "$distribution" "$epmd" "$prometheus" >"$home/ports"
  password="$(<"$home/password")"
  cat >"$home/rabbitmq.conf" <<CONFIGURATION
listeners.tcp.default = 127.0.0.1:$amqp
management.tcp.ip = 127.0.0.1
management.tcp.port = $management
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = $prometheus
default_user = causality
default_pass = $password
log.console = false
raft.wal_max_size_bytes = 67108864
CONFIGURATION
  # Users and virtual hosts from there are made before anybody can connect.
  if [[ -f "$home/definitions.json" ]]; then printf 'load_definitions = %s\n' "$home/definitions.json" >>"$home/rabbitmq.conf"; fi
  printf '[rabbitmq_management,rabbitmq_prometheus].\n' >"$home/enabled_plugins"
  : >"$home/rabbitmq-env.conf"
  chown -R --reference="$home" "$home"

  if ! server_is_alive "$1" epmd; then
    launch_server "$1" epmd "$home/epmd.log" "$(command -v epmd)" -port "$epmd" -address 127.0.0.1
  fi
  # RUNNING_UNDER_SYSTEMD makes the script exec the Erlang machine instead of keeping a shell in front of it,
  # so that the recorded pid is the node's.
  launch_server "$1" rabbitmq "$home/console.log" env -C "$home" HOME="$home" RUNNING_UNDER_SYSTEMD=true \
    ERL_EPMD_PORT="$epmd" ERL_EPMD_ADDRESS=127.0.0.1 ERL_CRASH_DUMP_SECONDS=0 \
    RABBITMQ_NODENAME="causality$amqp@localhost" RABBITMQ_DIST_PORT="$distribution" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}' \
    RABBITMQ_CONF_ENV_FILE="$home/rabbitmq-env.conf" RABBITMQ_CONFIG_FILE="$home/rabbitmq.conf" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$home/enabled_plugins" RABBITMQ_MNESIA_BASE="$home/mnesia" \
    RABBITMQ_LOG_BASE="$home/log" RABBITMQ_LOGS="$home/server.log" \
    "$(rabbitmq_server)"
  write_setting "$1" CAUSALITY_TEST_RABBITMQ "amqp://causality:$password@127.0.0.1:$amqp/"
  write_setting "$1" CAUSALITY_TEST_RABBITMQ_MANAGEMENT "http://causality:$password@127.0.0.1:$management"
  write_setting "$1" CAUSALITY_TEST_RABBITMQ_PROMETHEUS "http://127.0.0.1:$prometheus"
}

# rabbitmq_control FOLDER ARGUMENT...: the node's own command line, as the account that it runs as.
rabbitmq_control() {
  local home="$1/rabbitmq" script amqp epmd
  shift
  read -r amqp _ _ epmd _ <"$home/ports"
  script="$(dirname "$(rabbitmq_server)")/rabbitmqctl"
  run_as_server env -C "$home" HOME="$home" ERL_EPMD_PORT="$epmd" ERL_EPMD_ADDRESS=127.0.0.1 RABBITMQ_CONF_ENV_FILE="$home/rabbitmq-env.conf" \
    "$script" --node "causality$amqp@localhost" "$@"
}

# rabbitmq_is_ready FOLDER: the node's own check that it listens for AMQP, asked through its management API.
rabbitmq_is_ready() {
  local uri
  uri="$(read_setting "$1" CAUSALITY_TEST_RABBITMQ)"
  uri="${uri%/}"
  http_is_ok "$(read_setting "$1" CAUSALITY_TEST_RABBITMQ_MANAGEMENT)/api/health/checks/port-listener/${uri##*:}"
}

#!/usr/bin/env bash
# operators.sh up N [--interval HH:MM:SS] [--base-port PORT] | status | logs [NAME] [--follow] | down
# N operators (operator-a, operator-b, ...) on this machine, each five processes with its own virtual host, database and
# folder, all paired with each other. On the servers that CAUSALITY_TEST_POSTGRES, CAUSALITY_TEST_RABBITMQ and
# CAUSALITY_TEST_RABBITMQ_MANAGEMENT name, else on private ones that live until `down`.
# State, logs and environments: artifacts/operators, or the folder in CAUSALITY_OPERATORS_DIR. `down` keeps only the logs:
# the data would be half without its databases.
set -euo pipefail
for part in servers dotnet operators; do
  # shellcheck source=/dev/null
  source "$(dirname "${BASH_SOURCE[0]}")/lib/$part.sh"
done
usage="usage: operators.sh up N [--interval HH:MM:SS] [--base-port PORT] | status | logs [NAME] [--follow] | down"
state="${CAUSALITY_OPERATORS_DIR:-$REPOSITORY/artifacts/operators}"
mkdir -p "$state"
state="$(cd "$state" && pwd -P)"
interval=00:00:30 base_port=""

# any_alive: true while one recorded service lives.
any_alive() {
  local name pid start url
  [[ -s "$state/processes" ]] || return 1
  while read -r name pid start url; do
    if process_is "$pid" "$start"; then return 0; fi
  done <"$state/processes"
  return 1
}

up() {
  local count="${1:-}" index service
  [[ "$count" =~ ^([1-9]|1[0-9]|2[0-6])$ ]] || die "up needs a number of operators from 1 to 26, not '$count'" "$usage"
  shift
  while (($# > 0)); do
    case "$1" in
      --interval) interval="${2:-}"; [[ "$interval" =~ ^[0-9]{2}:[0-9]{2}:[0-9]{2}$ ]] || die "--interval wants HH:MM:SS"; shift 2 ;;
      --base-port)
        base_port="${2:-}"
        [[ "$base_port" =~ ^[1-9][0-9]{3,4}$ ]] && ((base_port >= 1024 && base_port <= 65000)) \
          || die "--base-port wants a port from 1024 to 65000, not '$base_port'"
        shift 2
        ;;
      *) die "unknown argument: $1" "$usage" ;;
    esac
  done
  if any_alive; then
    note "already up (operators.sh down ends it)"
    print_table
    return 0
  fi
  down quietly
  require_sdk
  build_release "the services" services/standalone/Causality.Standalone.csproj || die "the services could not be built; the reasons stand above"

  trap 'code=$?; set +e; trap "" INT TERM HUP; if ((code != 0)); then note "ending what had started ..."; down quietly; fi' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  rm -rf "$state"/operator-*
  : >"$state/processes"
  : >"$state/table"
  servers_folder >"$state/servers"
  note "starting PostgreSQL and RabbitMQ (unless the environment names them) ..."
  servers_start "$(<"$state/servers")" || die "the servers did not start; the reasons stand above"
  declare -p CAUSALITY_TEST_POSTGRES CAUSALITY_TEST_RABBITMQ CAUSALITY_TEST_RABBITMQ_MANAGEMENT | sed 's/^declare -x/export/' >"$state/settings"
  chmod 600 "$state/settings"
  for ((index = 0; index < count; index++)); do prepare_operator "$index"; done
  note "starting $count operators ..."
  for ((index = 0; index < count; index++)); do
    for service in "${SERVICES[@]}"; do start_service "$(operator_id "$index")" "$service"; done
  done
  await_services || die "not every service became ready"
  pair_operators
  print_table
}

status() {
  local name pid start url health failed=0
  [[ -s "$state/processes" ]] || die "not up" "operators.sh up 2"
  while read -r name pid start url; do
    health=ready
    if ! process_is "$pid" "$start"; then health=ended; elif ! http_is_ok "$url/health/ready"; then health='not ready'; fi
    if [[ "$health" != ready ]]; then failed=1; fi
    printf '%-30s %8s  %-9s  %s\n' "$name" "$pid" "$health" "$url"
  done <"$state/processes"
  printf '\n'
  print_table
  return "$failed"
}

logs() {
  local name="" follow=() files
  while (($# > 0)); do
    if [[ "$1" == --follow ]]; then follow=(-F); else name="$1"; fi
    shift
  done
  mapfile -t files < <(find "$state" -path "$state/operator-*" -name '*.log' | grep -F -- "$name" | sort)
  ((${#files[@]} > 0)) || die "no log whose name contains '$name'" "names look like operator-a/gateway"
  tail -n 40 "${follow[@]}" "${files[@]}"
}

# down [quietly]: everybody is asked to leave at once, so that the waiting happens side by side.
down() {
  local name pid start url
  if [[ -s "$state/processes" ]]; then
    while read -r name pid start url; do
      if process_is "$pid" "$start"; then kill -s TERM "$pid" 2>/dev/null || true; fi
    done <"$state/processes"
    while read -r name pid start url; do stop_process "$pid" "$start" TERM 40; done <"$state/processes"
  elif [[ -z "${1:-}" && ! -e "$state/servers" ]]; then
    note "nothing is up"
  fi
  if [[ -s "$state/settings" ]]; then
    # Databases and virtual hosts of private servers go with the servers.
    if [[ ! -s "$(<"$state/servers")/pids" ]]; then
      # shellcheck source=/dev/null
      source "$state/settings"
      drop_rooms
    fi
  fi
  if [[ -s "$state/servers" ]]; then servers_stop "$(<"$state/servers")"; fi
  rm -rf "$state"/operator-*/data "$state"/operator-*/*.env "$state"/{processes,servers,settings,rooms,table,ports}
}

command="${1:-}"
if (($# > 0)); then shift; fi
case "$command" in
  up | status | logs) "$command" "$@" ;;
  down) down ;;
  *) die "unknown or missing command: '$command'" "$usage" ;;
esac

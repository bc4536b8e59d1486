#!/usr/bin/env bash
# private-server.sh make postgres|rabbitmq | kill FOLDER NAME | again FOLDER NAME [--wiped] | control FOLDER rabbitmq ARGUMENT... | remove FOLDER
# One server that a test may treat badly. `make` prints its folder and then its settings (NAME=VALUE, see lib/servers.sh);
# `kill` is SIGKILL; `again` starts it on the same port, --wiped as after the loss of its disk; `control`
# runs rabbitmqctl; `remove` ends it for good.
set -euo pipefail
# shellcheck source=lib/servers.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/servers.sh"
usage="usage: private-server.sh make postgres|rabbitmq | kill FOLDER NAME | again FOLDER NAME [--wiped] | control FOLDER rabbitmq ARGUMENT... | remove FOLDER"

make() {
  local folder
  folder="$(servers_folder)"
  ensure_packages "$1" >&2
  if ! { "$1_prepare" "$folder" && "$1_launch" "$folder" && await_server "$folder" "$1"; }; then
    servers_stop "$folder"
    die "$1 did not start; the reasons stand above"
  fi
  printf '%s\n' "$folder"
  cat "$folder/settings"
}

# kill_server FOLDER NAME: the process first, then whatever of its children outlives it.
kill_server() {
  local name pid start
  while read -r name pid start; do
    if [[ "$name" == "$2" ]]; then stop_process "$pid" "$start" KILL 20; fi
  done <"$1/pids"
  sed -i "/^$2 /d" "$1/pids"
}

again() {
  if [[ "${3:-}" == --wiped ]]; then rm -rf "$1/$2/mnesia" "$1/$2/log"; fi
  "$2_launch" "$1" again
  wait_until 90 server_is_ready_or_dead "$1" "$2" && "$2_is_ready" "$1" && return 0
  tail_of "$2's log" "$1/$2/server.log"
  die "$2 did not come back"
}

control() {
  local folder="$1" name="$2"
  shift 2
  [[ "$name" == rabbitmq ]] || die "only rabbitmq has a control command" "$usage"
  rabbitmq_control "$folder" "$@"
}

command="${1:-}"
if (($# > 0)); then shift; fi
if [[ "$command" == make ]]; then name="${1:-}"; else name="${2:-}"; fi
[[ "$command" == remove || "$name" =~ ^(postgres|rabbitmq)$ ]] || die "postgres or rabbitmq is expected, not '$name'" "$usage"
[[ "$command" == make || -f "${1:-}/pids" ]] || die "'${1:-}' is no folder that 'make' printed" "$usage"
case "$command" in
  make | again | control) "$command" "$@" ;;
  kill) kill_server "$@" ;;
  remove) servers_stop "$1" ;;
  *) die "unknown or missing command: '$command'" "$usage" ;;
esac

# shellcheck shell=bash
# PostgreSQL and RabbitMQ for tests and local operators: those that the environment names, else private ones.
# Whoever uses them only ever looks at three variables, which servers_start exports:
#   CAUSALITY_TEST_POSTGRES             Npgsql connection string of an administrator
#   CAUSALITY_TEST_RABBITMQ             amqp://user:password@host:port/
#   CAUSALITY_TEST_RABBITMQ_MANAGEMENT  http://user:password@host:port
# State lives in a folder (pids, settings, logs), so that another shell can stop what this one started.

for part in common processes ports http postgres rabbitmq packages; do
  # shellcheck source=/dev/null
  source "$(dirname "${BASH_SOURCE[0]}")/$part.sh"
done
unset part

# server_account: prints the user that servers run as. Root may not run PostgreSQL and should not run either.
server_account() {
  if ((EUID != 0)); then
    id -un
  elif id -u postgres >/dev/null 2>&1; then
    printf 'postgres\n'
  else
    printf 'nobody\n'
  fi
}

# make_server_folder FOLDER: owned by that user, closed to others.
make_server_folder() {
  mkdir -p "$1"
  chmod 700 "$1"
  if ((EUID == 0)); then chown "$(server_account):" "$1"; fi
}

# run_as_server COMMAND...: as that user; execs, so the pid stays.
run_as_server() {
  if ((EUID == 0)); then
    local account
    account="$(server_account)"
    setpriv --reuid="$account" --regid="$(id -g "$account")" --clear-groups -- "$@"
  else
    "$@"
  fi
}

# launch_server FOLDER NAME LOG COMMAND...: in the background, in a session of its own (an interrupt from the
# terminal must reach it through our trap, in order), its pid recorded at once.
launch_server() {
  local folder="$1" name="$2" log="$3"
  shift 3
  local switch=()
  if ((EUID == 0)); then
    local account
    account="$(server_account)"
    switch=(setpriv --reuid="$account" --regid="$(id -g "$account")" --clear-groups --)
  fi
  # From a folder that the server's account may enter, whatever the caller's is.
  env -C / setsid "${switch[@]}" "$@" </dev/null >"$log" 2>&1 &
  # Not a job of this shell any more: bash would comment on its end.
  disown "$!"
  printf '%s %s %s\n' "$name" "$!" "$(process_start_time $! || printf 0)" >>"$folder/pids"
}

write_setting() {
  { grep -v "^$2=" "$1/settings" 2>/dev/null || true; printf '%s=%s\n' "$2" "$3"; } >"$1/settings.new"
  mv "$1/settings.new" "$1/settings"
}

read_setting() { sed -n "s/^$2=//p" "$1/settings"; }

# server_is_alive FOLDER NAME
server_is_alive() {
  local name pid start
  while read -r name pid start; do
    if [[ "$name" == "$2" ]]; then process_is "$pid" "$start" && return 0 || return 1; fi
  done <"$1/pids"
  return 1
}

# server_is_ready_or_dead FOLDER NAME
server_is_ready_or_dead() { "$2_is_ready" "$1" || ! server_is_alive "$1" "$2"; }

# await_server FOLDER NAME: waits for what was launched; a port may have been taken meanwhile, so twice more on others.
await_server() {
  local attempt
  for attempt in 1 2 3; do
    if wait_until 90 server_is_ready_or_dead "$1" "$2" && "$2_is_ready" "$1"; then return 0; fi
    note "$2 did not become ready (attempt $attempt of 3)"
    tail_of "$2's log" "$1/$2/server.log"
    if [[ -s "$1/$2/console.log" ]]; then tail_of "$2's console" "$1/$2/console.log"; fi
    stop_recorded "$1" "$2"
    if [[ "$2" == rabbitmq ]]; then stop_recorded "$1" epmd; fi
    if ((attempt < 3)); then "$2_launch" "$1"; fi
  done
  return 1
}

# stop_recorded FOLDER [NAME]: ends what the folder's pids name, last started first. The data is thrown away, so
# PostgreSQL is asked to leave without a checkpoint (QUIT), and RabbitMQ, whose farewell takes 7 s, is not asked.
stop_recorded() {
  [[ -s "$1/pids" ]] || return 0
  local name pid start signal
  while read -r name pid start; do
    if [[ -n "${2:-}" && "$name" != "$2" ]]; then continue; fi
    case "$name" in
      postgres) signal=QUIT ;;
      rabbitmq) signal=KILL ;;
      *) signal=TERM ;;
    esac
    stop_process "$pid" "$start" "$signal" 20
  done < <(tac "$1/pids")
  if [[ -n "${2:-}" ]]; then
    sed -i "/^$2 /d" "$1/pids"
  else
    : >"$1/pids"
  fi
}

# servers_folder: makes and prints a new folder for private servers. Under TMPDIR or /tmp, never in the
# repository: the servers' account must be able to reach it, and a checkout may be in a closed home.
servers_folder() {
  local folder
  folder="$(mktemp -d "${TMPDIR:-/tmp}/causality-servers.XXXXXX")"
  chmod 711 "$folder"
  if ! run_as_server test -x "$folder"; then
    rm -rf "$folder"
    folder="$(mktemp -d /tmp/causality-servers.XXXXXX)"
    chmod 711 "$folder"
  fi
  : >"$folder/pids"
  : >"$folder/settings"
  printf '%s\n' "$folder"
}

# servers_start FOLDER: starts what the environment does not name, both at once, and exports the variables.
# 1 when one did not become ready; the caller's servers_stop then cleans up what had started.
servers_start() {
  local names=()
  if [[ -z "${CAUSALITY_TEST_POSTGRES:-}" ]]; then names+=(postgres); fi
  if [[ -z "${CAUSALITY_TEST_RABBITMQ:-}" ]]; then
    names+=(rabbitmq)
  elif [[ -z "${CAUSALITY_TEST_RABBITMQ_MANAGEMENT:-}" ]]; then
    die "CAUSALITY_TEST_RABBITMQ is set but CAUSALITY_TEST_RABBITMQ_MANAGEMENT is not" \
      "set it to the same broker's management API, http://user:password@host:port"
  fi
  ensure_packages "${names[@]}"
  local name
  # RabbitMQ first: it boots while PostgreSQL makes its cluster.
  for name in rabbitmq postgres; do
    if [[ " ${names[*]} " == *" $name "* ]]; then
      "${name}_prepare" "$1" || return 1
      "${name}_launch" "$1"
    fi
  done
  for name in "${names[@]}"; do
    await_server "$1" "$name" || return 1
  done
  local line
  while IFS= read -r line; do export "${line?}"; done <"$1/settings"
}

# servers_stop FOLDER: ends every server of the folder, waits for them, removes the folder.
servers_stop() {
  [[ -d "$1" ]] || return 0
  stop_recorded "$1"
  rm -rf "$1"
}

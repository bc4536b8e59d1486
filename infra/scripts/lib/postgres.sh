# shellcheck shell=bash
# A private PostgreSQL from installed binaries, in a folder that goes away with it.

# postgres_bin: prints the newest installed folder of server binaries; 1 when there is none.
postgres_bin() {
  local folder
  folder="$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)"
  if [[ -x "$folder/postgres" && -x "$folder/initdb" ]]; then
    printf '%s\n' "$folder"
  elif command -v postgres >/dev/null && command -v initdb >/dev/null; then
    dirname "$(readlink -f "$(command -v postgres)")"
  else
    return 1
  fi
}

# postgres_prepare FOLDER: makes the data folder. The cluster's files need no fsync while nobody uses it yet.
postgres_prepare() {
  local home="$1/postgres"
  make_server_folder "$home"
  random_hex 16 >"$home/password"
  chown --reference="$home" "$home/password"
  run_as_server "$(postgres_bin)/initdb" --pgdata="$home/data" --username=causality --pwfile="$home/password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale=C --no-sync --no-instructions \
    </dev/null >"$home/initdb.log" 2>&1 && return 0
  tail_of initdb "$home/initdb.log"
  return 1
}

# postgres_launch FOLDER [again]: starts it on a new free port, or on the one that it had. fsync stays on: what an acknowledged append survives is
# part of what the tests ask. No unix socket, whose path may not be longer than 107 bytes.
postgres_launch() {
  local home="$1/postgres" port
  if [[ "${2:-}" == again ]]; then port="$(<"$home/port")"; else port="$(free_port)"; fi
  printf '%s\n' "$port" >"$home/port"
  launch_server "$1" postgres "$home/server.log" \
    "$(postgres_bin)/postgres" -D "$home/data" -p "$port" \
    -c listen_addresses=127.0.0.1 -c unix_socket_directories= \
    -c max_connections=400 -c shared_buffers=64MB -c max_wal_size=512MB -c log_min_messages=warning
  write_setting "$1" CAUSALITY_TEST_POSTGRES \
    "Host=127.0.0.1;Port=$port;Database=postgres;Username=causality;Password=$(<"$home/password")"
}

# postgres_is_ready FOLDER
postgres_is_ready() {
  local value
  value="$(read_setting "$1" CAUSALITY_TEST_POSTGRES)"
  "$(postgres_bin)/pg_isready" -q -h 127.0.0.1 -p "$(npgsql_part "$value" Port)"
}

# npgsql_part CONNECTION_STRING KEY: prints one value of an Npgsql connection string; key in any case.
# Quoted values are not understood: the callers write or ask for plain ones.
npgsql_part() {
  local part
  local -a parts
  IFS=';' read -r -a parts <<<"$1"
  for part in "${parts[@]}"; do
    if [[ "${part%%=*}" =~ ^[[:space:]]*(.*[^[:space:]])[[:space:]]*$ && "${BASH_REMATCH[1],,}" == "${2,,}" ]]; then
      printf '%s\n' "${part#*=}"
      return 0
    fi
  done
}

# run_psql DATABASE ARGUMENT...: psql as the administrator that CAUSALITY_TEST_POSTGRES names.
run_psql() {
  local value="$CAUSALITY_TEST_POSTGRES" database="$1" port
  shift
  command -v psql >/dev/null || die "psql is missing" "install Debian's postgresql-client"
  port="$(npgsql_part "$value" Port)"
  PGHOST="$(npgsql_part "$value" Host)" PGPORT="${port:-5432}" PGUSER="$(npgsql_part "$value" Username)" \
    PGPASSWORD="$(npgsql_part "$value" Password)" PGDATABASE="$database" \
    psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"
}

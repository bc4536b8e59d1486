# shellcheck shell=bash
# One operator's five processes: ports, environment, start, health, pairing. Needs servers.sh; $state names the folder.
#   $state/processes   NAME PID START_TIME HEALTH_ADDRESS, NAME being operator-a/gateway
#   $state/table       one line per operator: id, control, application and peer address, AMQP address, database
#   $state/ID/         SERVICE.env, SERVICE.log, data/

SERVICES=(scheduler differ transfer conflict-resolver gateway)

# service_program SERVICE: the built program, relative to the repository.
service_program() {
  local word name=""
  for word in ${1//-/ }; do name+="${word^}"; done
  printf 'services/%s/bin/Release/net10.0/Causality.%s.dll\n' "$1" "$name"
}

operator_id() { printf "operator-%b\n" "\\x$(printf %x $((97 + $1)))"; }

# pick_port INDEX OFFSET: a free one that no other service was given, or the fixed one under --base-port when nobody
# listens there.
pick_port() {
  local port=$((${base_port:-0} + 10 * $1 + $2))
  if [[ -z "$base_port" ]]; then
    port="$(free_port)"
    while grep -qx "$port" "$state/ports" 2>/dev/null; do port="$(free_port)"; done
    printf '%s\n' "$port" | tee -a "$state/ports"
    return
  fi
  if port_is_busy "$port"; then
    die "port $port on 127.0.0.1 is busy" "choose another --base-port, or leave it out: free ports are found then"
  fi
  printf '%s\n' "$port"
}

# create_rooms ID: its database and virtual host; prints "DATABASE VIRTUAL_HOST". New names every time, so that a
# server of yours is never asked to give up something it had.
create_rooms() {
  local name user api="$CAUSALITY_TEST_RABBITMQ_MANAGEMENT/api"
  name="causality_${1//-/_}_$(random_hex 4)"
  user="${CAUSALITY_TEST_RABBITMQ#*://}"
  run_psql postgres -c "CREATE DATABASE $name TEMPLATE template0" >&2
  printf '%s\n' "$name" >>"$state/rooms"
  http_call PUT "$api/vhosts/$name" '{}' >&2 \
    && http_call PUT "$api/permissions/$name/${user%%:*}" '{"configure":".*","write":".*","read":".*"}' >&2 \
    || die "RabbitMQ's management API did not create virtual host $name" "address: ${api//:\/\/*@/://}"
  printf '%s\n' "$name"
}

# drop_rooms: what create_rooms made; a server that is gone has nothing to drop.
drop_rooms() {
  local name
  [[ -s "$state/rooms" ]] || return 0
  while read -r name; do
    run_psql postgres -c "DROP DATABASE IF EXISTS $name WITH (FORCE)" >/dev/null 2>&1 || note "warning: database $name was not dropped"
    http_call DELETE "$CAUSALITY_TEST_RABBITMQ_MANAGEMENT/api/vhosts/$name" >/dev/null || note "warning: virtual host $name was not deleted"
  done <"$state/rooms"
}

# prepare_operator INDEX: writes the environment of its services and its line in the table.
prepare_operator() {
  local id index="$1" room connection amqp gateway="" scheduler="" conflicts="" peer service offset=0 port
  id="$(operator_id "$index")"
  room="$(create_rooms "$id")"
  connection="Host=$(npgsql_part "$CAUSALITY_TEST_POSTGRES" Host);Port=$(npgsql_part "$CAUSALITY_TEST_POSTGRES" Port);Database=$room"
  connection+=";Username=$(npgsql_part "$CAUSALITY_TEST_POSTGRES" Username);Password=$(npgsql_part "$CAUSALITY_TEST_POSTGRES" Password)"
  amqp="${CAUSALITY_TEST_RABBITMQ%/}/$room"
  mkdir -p "$state/$id/data"
  peer="https://127.0.0.1:$(pick_port "$index" 5)"
  for service in "${SERVICES[@]}"; do
    port="$(pick_port "$index" "$offset")"
    offset=$((offset + 1))
    # The workstation collector: five services and more share this machine.
    printf '%s\n' "DOTNET_gcServer=0" "Operator__Id=$id" "Storage__Provider=PostgreSql" \
      "Storage__ConnectionString=$connection" "Storage__DataFolder=$state/$id/data" \
      "Bus__Transport=RabbitMq" "Bus__Uri=$amqp" "Http__Url=http://127.0.0.1:$port" \
      "PeerAddresses__AllowLoopback=true" >"$state/$id/$service.env"
    case "$service" in
      scheduler) scheduler="http://127.0.0.1:$port"; printf '%s\n' "Sync__SyncInterval=$interval" >>"$state/$id/$service.env" ;;
      conflict-resolver) conflicts="http://127.0.0.1:$port" ;;
      gateway) gateway="http://127.0.0.1:$port"; printf '%s\n' "Gateway__PeerUrl=$peer" >>"$state/$id/$service.env" ;;
    esac
  done
  # For the dashboard; RabbitMQ is asked as the user that the bus has.
  printf '%s\n' "Dashboard__ConflictResolverUrl=$conflicts" "Dashboard__ManagementUrl=${CAUSALITY_TEST_RABBITMQ_MANAGEMENT/\/\/*@/\/\/}" >>"$state/$id/scheduler.env"
  chmod 600 "$state/$id"/*.env
  printf '%s %s %s %s %s %s\n' "$id" "$scheduler" "$gateway" "$peer" "$amqp" "$room" >>"$state/table"
}

# start_service ID SERVICE
start_service() {
  local settings program
  program="$REPOSITORY/$(service_program "$2")"
  [[ -f "$program" ]] || die "$program is missing" "build it: dotnet build services/standalone -c Release"
  mapfile -t settings <"$state/$1/$2.env"
  env -C "$state/$1" "${settings[@]}" setsid dotnet "$program" </dev/null >"$state/$1/$2.log" 2>&1 &
  disown "$!"
  printf '%s/%s %s %s %s\n' "$1" "$2" "$!" "$(process_start_time $! || printf 0)" \
    "$(sed -n 's/^Http__Url=//p' "$state/$1/$2.env")" >>"$state/processes"
}

ready_or_dead() { http_is_ok "$3/health/ready" || ! process_is "$1" "$2"; }

# await_services: 1 with the log of the first service that did not become ready.
await_services() {
  local name pid start url
  while read -r name pid start url; do
    wait_until 120 ready_or_dead "$pid" "$start" "$url" && http_is_ok "$url/health/ready" && continue
    if process_is "$pid" "$start"; then note "error: $name is not ready after 120 s"; else note "error: $name ended while starting"; fi
    tail_of "$name" "$state/$name.log"
    return 1
  done <"$state/processes"
}

# pair_operators: each gets every other's address and key pin.
pair_operators() {
  local id control gateway peer rest answer
  local -A pins=() peers=() controls=()
  while read -r id control gateway peer rest; do
    answer="$(http_call GET "$gateway/v1/identity")" || die "$gateway/v1/identity did not answer: $answer"
    [[ "$answer" =~ \"pin\"[[:space:]]*:[[:space:]]*\"([0-9a-fA-F]{64})\" ]] || die "no pin in $gateway/v1/identity: $answer"
    pins[$id]="${BASH_REMATCH[1]}" peers[$id]="$peer" controls[$id]="$control"
  done <"$state/table"
  local other
  for id in "${!pins[@]}"; do
    for other in "${!pins[@]}"; do
      [[ "$id" != "$other" ]] || continue
      answer="$(http_call POST "${controls[$id]}/v1/peers" \
        "{\"id\":\"$other\",\"address\":\"${peers[$other]}\",\"pins\":[\"${pins[$other]}\"]}")" \
        || die "$id did not accept $other as a peer: $answer"
    done
  done
}

print_table() {
  {
    printf 'OPERATOR CONTROL APPLICATION PEER AMQP DATABASE\n'
    cat "$state/table"
  } | awk '{ for (i = 1; i <= NF; i++) { cell[NR, i] = $i; if (length($i) > width[i]) width[i] = length($i) } columns = NF }
    END { for (r = 1; r <= NR; r++) { for (i = 1; i <= columns; i++) printf "%-*s%s", width[i], cell[r, i], i < columns ? "  " : "\n" } }'
}

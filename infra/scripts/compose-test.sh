#!/usr/bin/env bash
# compose-test.sh [--entries FILE] [--no-build] [--keep]
# Builds the images, brings up the two operators of infra/compose/two-operators.yml, gives each a part of the entries, syncs, and
# checks that they started in order, that both hold the same log, that every container is as closed as docker-compose.yml says, that
# Prometheus reads every target, that a backup can be made, and that they end well. Everything that it started
# is removed again, the images are kept. It has ports, names, volumes and secrets of its own and may run beside an operator in use.
#   --entries FILE   JSON Lines, plain or gzip; without it the shared sample, and without that generated entries
#   --no-build       use the images of the last run
#   --keep           leave the operators up and say how to reach them
# Exit code 0: every check passed; 1: one failed; 77: it could not run here, the last line says why.
# Base images that are missing are only fetched with CAUSALITY_TEST_COMPOSE=1; with CAUSALITY_TEST_COMPOSE=0, which is what test.sh says unless told otherwise, nothing runs.
set -euo pipefail
for part in common processes ports http docker; do
  # shellcheck source=/dev/null
  source "$(dirname "${BASH_SOURCE[0]}")/lib/$part.sh"
done

entries="" keep=false build=true
while (($# > 0)); do
  case "$1" in
    --entries) entries="${2:-}"; [[ -f "$entries" ]] || die "--entries wants a file, not '$entries'"; shift 2 ;;
    --no-build) build=false; shift ;;
    --keep) keep=true; shift ;;
    *) die "unknown argument: $1" "usage: compose-test.sh [--entries FILE] [--no-build] [--keep]" ;;
  esac
done

skip() { printf 'skipped: %s\n' "$*"; exit 77; }
dc() { compose -p "$project" -f "$REPOSITORY/docker-compose.yml" -f "$REPOSITORY/infra/compose/two-operators.yml" "$@"; }

failed=0
check() {
  local what="$1"
  shift
  if "$@"; then note "  ok      $what"; else note "  FAILED  $what"; failed=$((failed + 1)); fi
}

finish() {
  local code=$?
  set +e
  trap "" INT TERM HUP
  if [[ -n "$builder" ]]; then kill "$builder" 2>/dev/null; fi
  if [[ -n "$watcher" ]]; then kill "$watcher" 2>/dev/null; fi
  if [[ -n "$folder" ]] && { ! "$keep" || ((code != 0)); }; then
    if ((code != 0 && code != 77)) && [[ -n "$(containers)" ]]; then dc logs --no-color --tail 25 >&2; fi
    COMPOSE_PROFILES=tools,metrics dc down -v --remove-orphans -t 5 >"$folder/down.log" 2>&1 || tail_of "compose down" "$folder/down.log"
    rm -rf "$folder"
  fi
  "$keep" || docker_stop
}

# build_images: one after the other; the first builds everything, the others take their part of it.
build_images() {
  local target
  for target in scheduler differ transfer conflict-resolver gateway causality; do
    # In the background, so that a signal to this script is heard at once.
    timeout -k 10 900 docker build --target "$target" -t "causality/$target:test" --build-arg "REVISION=$(revision)" \
      -f "$REPOSITORY/infra/docker/Dockerfile" "$REPOSITORY" >"$folder/build.log" 2>&1 &
    builder=$!
    wait "$builder" || { tail -n 30 "$folder/build.log" >&2; return 1; }
    builder=""
  done
}

revision() { git -C "$REPOSITORY" rev-parse --short HEAD 2>/dev/null || printf 'unknown\n'; }

# split_entries: two parts that overlap, so that each operator lacks something and neither lacks everything.
split_entries() {
  if [[ -z "$entries" ]]; then entries="${CAUSALITY_SHARED:-$REPOSITORY/../shared}/data/commits.jsonl.gz"; fi
  if [[ -f "$entries" ]]; then
    if [[ "$entries" == *.gz ]]; then gzip -dc "$entries"; else cat "$entries"; fi >"$folder/entries"
  else
    note "no shared entries here: generating 3,000"
    awk 'BEGIN { for (i = 0; i < 3000; i++) printf "{\"id\":\"entry-%d\",\"timestamp\":%d,\"entry_type\":\"fact\",\"data\":{\"number\":%d}}\n", i, 1700000000000 + 1000 * i, i }' >"$folder/entries"
  fi
  total="$(wc -l <"$folder/entries")"
  mkdir "$folder/parts"
  head -n "$((total * 3 / 4))" "$folder/entries" >"$folder/parts/a"
  tail -n "$((total / 2))" "$folder/entries" >"$folder/parts/b"
  chmod -R a+rX "$folder/parts"
}

# cli OPERATOR ARGUMENT...: the command line of one operator, in a container beside it.
cli() {
  local service=causality
  if [[ "$1" == b ]]; then service=causality-b; fi
  shift
  timeout 180 "${run[@]}" --rm -T -v "$folder/parts:/parts:ro" "$service" "$@" </dev/null 2>"$folder/cli.log"
}

# log_of OPERATOR: "ROOT ENTRIES".
log_of() {
  local answer
  answer="$(cli "$1" status --json | tr -d ' \n')"
  [[ "$answer" =~ \"root\":\"([0-9a-f]+)\" ]] && printf '%s ' "${BASH_REMATCH[1]}"
  [[ "$answer" =~ \"entries\":([0-9]+) ]] && printf '%s\n' "${BASH_REMATCH[1]}"
}

has_synced() {
  local answer
  answer="$(cli a peers list --json | tr -d ' \n')" && [[ "$answer" =~ \"successful_syncs\":[1-9] ]]
}

# equal: asks for a sync and looks whether both logs are the same and complete.
equal() {
  local a b
  cli a sync operator-b --wait >/dev/null && cli b sync operator-a --wait >/dev/null || return 1
  a="$(log_of a)" b="$(log_of b)"
  [[ "$a" == "$b" && "${a#* }" == "$total" ]]
}

# watch_starts: notes when each container starts and becomes healthy, "TIME EVENT SERVICE" a line.
watch_starts() {
  docker events --filter "label=com.docker.compose.project=$project" --filter event=start --filter event=health_status \
    --format '{{.TimeNano}} {{.Action}} {{index .Actor.Attributes "com.docker.compose.service"}}' >"$folder/events" 2>/dev/null &
  watcher=$!
}

# moment EVENT SERVICE OTHERWISE: when that was for the first time, or OTHERWISE when it was not.
moment() {
  local at
  at="$(sed -n "s/^\([0-9]*\) $1 $2\$/\1/p" "$folder/events" | head -n 1)"
  printf '%s\n' "${at:-$3}"
}

SERVICES=(scheduler differ transfer conflict-resolver gateway)

# all_healthy: every service says so itself; broker and database have to before that.
all_healthy() {
  local service
  for service in "${SERVICES[@]}"; do
    [[ "$(docker inspect -f '{{.State.Health.Status}}' "$(dc ps -q "$service")" "$(dc ps -q "$service-b")" | sort -u)" == healthy ]] || return 1
  done
}

# started_in_order: broker and database were healthy before any service started, and nobody had to try twice.
started_in_order() {
  local suffix service server bad=0
  for suffix in "" -b; do
    for service in "${SERVICES[@]}"; do
      for server in rabbitmq postgres; do
        (($(moment start "$service$suffix" 0) > $(moment 'health_status: healthy' "$server$suffix" "$(date +%s%N)"))) || { note "          $service$suffix started before $server$suffix was healthy"; bad=1; }
      done
      [[ "$(docker inspect -f '{{.RestartCount}}' "$(dc ps -q "$service$suffix")")" == 0 ]] || { note "          $service$suffix was started again"; bad=1; }
    done
  done
  [[ "$(docker inspect -f '{{.State.ExitCode}} {{.RestartCount}}' "$(dc ps -aq migrate)")" == "0 0" ]] || { note "          migrate did not end well at once"; bad=1; }
  return "$bad"
}

# asked_from_outside: a program with the user for programs (examples/shell) publishes SyncRequested through the published port, and that sync ends well.
asked_from_outside() {
  local address id
  address="$(sed "s|@rabbitmq:5672|@127.0.0.1:$CAUSALITY_AMQP_PORT|" "$CAUSALITY_SECRETS/a/publisher-broker")"
  id="$(bash "$REPOSITORY/examples/shell/sync.sh" "$address" operator-b)" || return 1
  wait_until 60 sync_ended_well "$id"
}

sync_ended_well() {
  local answer
  answer="$(HTTP_TOKEN="$(<"$CAUSALITY_SECRETS/a/control-token")" http_call GET "http://127.0.0.1:$CAUSALITY_CONTROL_PORT/v1/syncs/$1" | tr -d ' \n')" || return 1
  [[ "$answer" =~ \"status\":\"(completed|skipped|Completed|Skipped)\" ]]
}

# every_target_is_up: Prometheus has read every target of the three jobs: five services and the broker, twice, of two operators.
every_target_is_up() {
  local answer
  answer="$(http_call GET "http://127.0.0.1:$CAUSALITY_PROMETHEUS_PORT/api/v1/targets?state=active")" || return 1
  [[ "$(grep -o '"health":"[a-z]*"' <<<"$answer" | sort | uniq -c | tr -s ' ')" == ' 14 "health":"up"' ]]
}

# rules_are_loaded: and no rule of alerts.yml is broken.
rules_are_loaded() {
  local answer
  answer="$(http_call GET "http://127.0.0.1:$CAUSALITY_PROMETHEUS_PORT/api/v1/rules?type=alert")" || return 1
  [[ "$(grep -o '"health":"[a-z]*"' <<<"$answer" | sort -u)" == '"health":"ok"' ]] \
    && (($(grep -o '"health"' <<<"$answer" | wc -l) == $(grep -c -- '- alert:' "$REPOSITORY/infra/prometheus/alerts.yml")))
}

metrics_are_read() {
  COMPOSE_PROFILES=metrics dc up -d --no-build prometheus >"$folder/metrics.log" 2>&1 || { tail_of "compose up prometheus" "$folder/metrics.log"; return 1; }
  wait_until 120 every_target_is_up && wait_until 60 rules_are_loaded
}

# maintenance OPERATOR ARGUMENT...: the commands that open database and files themselves.
maintenance() {
  local service=maintenance
  if [[ "$1" == b ]]; then service=maintenance-b; fi
  shift
  timeout 300 "${run[@]}" --rm -T -v "$folder/backups:/backups" "$service" "$@" </dev/null >"$folder/maintenance.log" 2>&1 || { tail_of "$service $*" "$folder/maintenance.log"; return 1; }
}

# backed_up: running operators are sound, can be backed up, and what is in the backup is whole.
backed_up() {
  mkdir -p "$folder/backups" && chown 1654:1654 "$folder/backups" || return 1
  local one
  for one in a b; do
    maintenance "$one" verify && maintenance "$one" backup "/backups/$one" && maintenance "$one" restore "/backups/$one" --check || return 1
  done
}

containers() { docker ps -aq --filter "label=com.docker.compose.project=$project"; }

# closed: what docker inspect and the kernel say of every running container.
closed() {
  local id line pid bad=0 status
  while IFS= read -r id; do
    line="$(docker inspect -f '{{.Name}} user={{.Config.User}} readonly={{.HostConfig.ReadonlyRootfs}} caps={{.HostConfig.CapDrop}}{{.HostConfig.CapAdd}} security={{.HostConfig.SecurityOpt}} privileged={{.HostConfig.Privileged}} memory={{.HostConfig.Memory}} pids={{.HostConfig.PidsLimit}} {{.State.Running}} {{.State.Pid}}' "$id")"
    [[ "$line" =~ readonly=true\ caps=\[ALL\]\[\]\ security=\[no-new-privileges(:true)?\]\ privileged=false\ memory=[1-9][0-9]*\ pids=[1-9] && ! "$line" =~ user=(0|root)?[\ :] ]] \
      || { note "          $line"; bad=1; }
    [[ "$line" == *" true "* ]] || continue
    pid="${line##* }"
    # The user and the rights that the process really has: Seccomp 2 is a filter, NoNewPrivs 1 that no program can give it more.
    status="$(grep -E '^(Uid|CapEff|CapPrm|CapBnd|NoNewPrivs|Seccomp):' "/proc/$pid/status" | tr -s '\t\n' ' ')" || continue
    [[ "$status" =~ Uid:\ [1-9] && "$status" =~ CapPrm:\ 0+\ CapEff:\ 0+\ CapBnd:\ 0+\ NoNewPrivs:\ 1\ Seccomp:\ 2 ]] \
      || { note "          $line: $status"; bad=1; }
  done < <(containers)
  return "$bad"
}

# secrets_hidden: no password is in the files as Compose understands them, nor in what docker inspect shows to whoever may ask.
secrets_hidden() {
  local shown secret file
  shown="$(COMPOSE_PROFILES=tools,metrics dc config; containers | xargs docker inspect)"
  for file in "$CAUSALITY_SECRETS"/*/*-password "$CAUSALITY_SECRETS"/*/*-broker "$CAUSALITY_SECRETS"/*/*-database "$CAUSALITY_SECRETS"/*/*-token; do
    secret="$(<"$file")"
    if grep -qF -- "$secret" <<<"$shown"; then note "          $file is in the files or in docker inspect"; return 1; fi
  done
}

# secrets_kept: a second run of make-secrets.sh changes nothing, and nobody else of this machine gets at them.
secrets_kept() {
  local before
  before="$(find "$CAUSALITY_SECRETS" -type f -exec sha256sum {} + | sort)"
  bash "$REPOSITORY/infra/compose/make-secrets.sh" "$CAUSALITY_SECRETS" >/dev/null || return 1
  [[ "$before" == "$(find "$CAUSALITY_SECRETS" -type f -exec sha256sum {} + | sort)" && "$(stat -c %a "$CAUSALITY_SECRETS")" == 700 ]]
}

# reaches SERVICE HOST PORT: whether a program in that container can open the connection.
reaches() { dc exec -T "$1" timeout 5 bash -c "exec 3<>/dev/tcp/$2/$3" </dev/null >/dev/null 2>&1; }

cannot_reach() { ! reaches "$@"; }

cannot_write() { ! dc exec -T "$1" sh -c 'touch /app/x || touch /x' </dev/null >/dev/null 2>&1; }

# ends_well: a service that is told to stop finishes within its grace and says so by its exit code.
ends_well() {
  local service code bad=0 began=$SECONDS
  dc stop >"$folder/stop.log" 2>&1 || return 1
  note "          stopped in $((SECONDS - began)) s"
  for service in "${SERVICES[@]}" "${SERVICES[@]/%/-b}" postgres postgres-b; do
    code="$(docker inspect -f '{{.State.ExitCode}}' "$(dc ps -aq "$service")")"
    if [[ "$code" != 0 ]]; then note "          $service ended with exit code $code"; bad=1; fi
  done
  return "$bad"
}

nothing_left() {
  COMPOSE_PROFILES=tools,metrics dc down -v --remove-orphans >"$folder/down.log" 2>&1 || return 1
  [[ -z "$(containers)$(docker volume ls -q --filter "label=com.docker.compose.project=$project")$(docker network ls -q --filter "label=com.docker.compose.project=$project")" ]]
}

folder="" builder="" watcher="" project="causality-test-$(random_hex 4)"
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
choice="${CAUSALITY_TEST_COMPOSE:-}"
[[ "$choice" != 0 ]] || skip "CAUSALITY_TEST_COMPOSE is 0"
if [[ "$choice" == 1 ]] && ! { command -v dockerd && type -aP docker && have_compose; } >/dev/null 2>&1 && ((EUID == 0)) && command -v apt-get >/dev/null; then
  source "$SCRIPTS/lib/packages.sh"
  install_packages docker.io docker-compose
fi
docker_client || skip "there is no docker client that builds with BuildKit"
have_compose || skip "there is neither docker compose nor docker-compose"
docker_start || skip "no Docker engine runs and none can be started (needs root and dockerd)"
if [[ -n "$(missing_images)" ]]; then
  [[ "$choice" == 1 ]] || skip "base images are missing ($(missing_images | paste -sd' ')); CAUSALITY_TEST_COMPOSE=1 fetches or makes them"
  get_images || die "the base images could not be had; the reasons stand above"
fi

folder="$(mktemp -d "${TMPDIR:-/tmp}/causality-compose.XXXXXX")"
chmod 711 "$folder"
# docker-compose gives the engine a minute for each answer; a busy machine takes longer to start fifteen containers at once.
export COMPOSE_HTTP_TIMEOUT=600
export CAUSALITY_SECRETS="$folder/secrets" CAUSALITY_PEER_BIND=127.0.0.1
export CAUSALITY_VERSION=test
for name in CAUSALITY_{GATEWAY,CONTROL,CONFLICTS,PEER,AMQP,PROMETHEUS}_PORT CAUSALITY_{GATEWAY,CONTROL,CONFLICTS}_PORT_B; do
  export "$name=$(free_port)"
done
bash "$REPOSITORY/infra/compose/make-secrets.sh" "$CAUSALITY_SECRETS" >/dev/null
split_entries
run=(docker-compose)
if docker compose version >/dev/null 2>&1; then run=(docker compose); fi
run+=(-p "$project" -f "$REPOSITORY/docker-compose.yml" -f "$REPOSITORY/infra/compose/two-operators.yml" run)

check "secrets are made once, for their owner only" secrets_kept
check "the file is valid" dc config -q
if "$build"; then
  note "building the images ..."
  began=$SECONDS
  build_images || die "the images could not be built; the reasons stand above"
  note "images: $((SECONDS - began)) s"
fi
note "starting two operators ..."
watch_starts
began=$SECONDS
dc up -d --no-build >"$folder/up.log" 2>&1 || { tail_of "compose up" "$folder/up.log"; die "compose up failed"; }
check "both are up and have synced by themselves" wait_until 300 has_synced
note "from up to the first sync: $((SECONDS - began)) s"
check "every service is healthy" wait_until 120 all_healthy
note "from up to healthy: $((SECONDS - began)) s"
check "broker and database were healthy first, and nobody had to try twice" started_in_order
check "operator-a takes its entries" cli a append /parts/a
check "operator-b takes its entries" cli b append /parts/b
began=$SECONDS
check "both hold the same $total entries" wait_until 240 equal
note "from the last entry to equal logs, both ways: $((SECONDS - began)) s"
if command -v amqp-publish >/dev/null; then
  check "a program outside asks for a sync, as the user for programs" asked_from_outside
else
  note "  skipped a program outside asks for a sync: there is no amqp-publish here (Debian: amqp-tools)"
fi
check "both are sound and can be backed up" backed_up
if get_prometheus "${CAUSALITY_PROMETHEUS_IMAGE:-prom/prometheus:v3.5.0}"; then
  check "Prometheus reads every target and evaluates every rule" metrics_are_read
else
  note "  skipped Prometheus reads every target: its image cannot be had here"
fi
check "every container is closed: user, file system, capabilities, limits" closed
check "no secret is in the files or in docker inspect" secrets_hidden
check "a service cannot write to its own program" cannot_write gateway
check "transfer reaches its own database" reaches transfer postgres 5432
check "transfer reaches the peer's door" reaches transfer gateway-b 7443
check "operator-a does not reach operator-b's database" cannot_reach transfer postgres-b 5432
check "operator-b does not reach operator-a's broker" cannot_reach gateway-b rabbitmq 5672
check "the database has no way out" cannot_reach postgres gateway-b 7443
if "$keep"; then
  trap - EXIT
  note "kept: project $project, control API at http://127.0.0.1:$CAUSALITY_CONTROL_PORT, secrets in $CAUSALITY_SECRETS"
else
  check "every service ends with 0 within its grace" ends_well
  check "nothing is left" nothing_left
fi
((failed == 0)) || exit 1
printf 'compose: every check passed\n'

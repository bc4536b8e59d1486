#!/usr/bin/env bash
# compose-test.sh [--entries FILE] [--keep]
# Builds the images, brings up the two operators of infra/compose/two-operators.yml, gives each a part of the entries, syncs, and
# checks that both hold the same log and that every container is as closed as docker-compose.yml says. Everything that it started
# is removed again, the images are kept. It has ports, names, volumes and secrets of its own and may run beside an operator in use.
#   --entries FILE   JSON Lines, plain or gzip; without it the shared sample, and without that generated entries
#   --keep           leave the operators up and say how to reach them
# Exit code 0: every check passed; 1: one failed; 77: it could not run here, the last line says why.
# Base images that are missing are only fetched with CAUSALITY_TEST_COMPOSE=1; with CAUSALITY_TEST_COMPOSE=0, which is what test.sh says unless told otherwise, nothing runs.
set -euo pipefail
for part in common processes ports docker; do
  # shellcheck source=/dev/null
  source "$(dirname "${BASH_SOURCE[0]}")/lib/$part.sh"
done

entries="" keep=false
while (($# > 0)); do
  case "$1" in
    --entries) entries="${2:-}"; [[ -f "$entries" ]] || die "--entries wants a file, not '$entries'"; shift 2 ;;
    --keep) keep=true; shift ;;
    *) die "unknown argument: $1" "usage: compose-test.sh [--entries FILE] [--keep]" ;;
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
  if [[ -n "$folder" ]] && { ! "$keep" || ((code != 0)); }; then
    if ((code != 0 && code != 77)) && [[ -n "$(containers)" ]]; then dc logs --no-color --tail 25 >&2; fi
    COMPOSE_PROFILES=tools dc down -v --remove-orphans -t 5 >"$folder/down.log" 2>&1 || tail_of "compose down" "$folder/down.log"
    rm -rf "$folder"
  fi
  "$keep" || docker_stop
}

# build_images: one after the other; the first builds everything, the others take their part of it.
build_images() {
  local target
  export CAUSALITY_VERSION="test"
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

# secrets_hidden: no password is in what docker inspect shows to whoever may ask.
secrets_hidden() {
  local shown secret file
  shown="$(containers | xargs docker inspect)"
  for file in "$CAUSALITY_SECRETS"/*/*-password "$CAUSALITY_SECRETS"/*/*-broker "$CAUSALITY_SECRETS"/*/*-database "$CAUSALITY_SECRETS"/*/*-token; do
    secret="$(<"$file")"
    if grep -qF -- "$secret" <<<"$shown"; then note "          $file is in docker inspect"; return 1; fi
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
  local service id code bad=0
  dc stop >"$folder/stop.log" 2>&1 || return 1
  for service in scheduler differ transfer conflict-resolver gateway scheduler-b gateway-b; do
    id="$(dc ps -q "$service")"
    code="$(docker inspect -f '{{.State.ExitCode}}' "$id")"
    if [[ "$code" != 0 ]]; then note "          $service ended with exit code $code"; bad=1; fi
  done
  return "$bad"
}

nothing_left() {
  COMPOSE_PROFILES=tools dc down -v --remove-orphans >"$folder/down.log" 2>&1 || return 1
  [[ -z "$(containers)$(docker volume ls -q --filter "label=com.docker.compose.project=$project")$(docker network ls -q --filter "label=com.docker.compose.project=$project")" ]]
}

folder="" builder="" project="causality-test-$(random_hex 4)"
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
for name in CAUSALITY_{GATEWAY,CONTROL,CONFLICTS,PEER,AMQP}_PORT CAUSALITY_{GATEWAY,CONTROL,CONFLICTS}_PORT_B; do
  export "$name=$(free_port)"
done
bash "$REPOSITORY/infra/compose/make-secrets.sh" "$CAUSALITY_SECRETS" >/dev/null
split_entries
run=(docker-compose)
if docker compose version >/dev/null 2>&1; then run=(docker compose); fi
run+=(-p "$project" -f "$REPOSITORY/docker-compose.yml" -f "$REPOSITORY/infra/compose/two-operators.yml" run)

check "secrets are made once, for their owner only" secrets_kept
check "the file is valid" dc config -q
note "building the images ..."
began=$SECONDS
build_images || die "the images could not be built; the reasons stand above"
note "images: $((SECONDS - began)) s"
note "starting two operators ..."
began=$SECONDS
dc up -d --no-build >"$folder/up.log" 2>&1 || { tail_of "compose up" "$folder/up.log"; die "compose up failed"; }
check "both are up and have synced by themselves" wait_until 300 has_synced
note "from up to the first sync: $((SECONDS - began)) s"
check "operator-a takes its entries" cli a append /parts/a
check "operator-b takes its entries" cli b append /parts/b
check "both hold the same $total entries" wait_until 240 equal
check "every container is closed: user, file system, capabilities, limits" closed
check "no secret is in docker inspect" secrets_hidden
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

# shellcheck shell=bash
# The Docker engine for tests: the one that runs, else one of our own until docker_stop. Needs common.sh and processes.sh.

# The public images that Dockerfile and docker-compose.yml start from.
BASE_IMAGES=(mcr.microsoft.com/dotnet/sdk:10.0 mcr.microsoft.com/dotnet/aspnet:10.0 "${CAUSALITY_POSTGRES_IMAGE:-postgres:17}" "${CAUSALITY_RABBITMQ_IMAGE:-rabbitmq:4-management}")
# Makes stand-ins for them from Debian's packages, where no registry can be reached; beside the repository, not a part of it.
STANDINS="${CAUSALITY_SHARED:-$REPOSITORY/../shared}/images/build-standins.sh"
DOCKERD="" DOCKERD_START=""

# docker_client: puts a client that can build with BuildKit first: one with the buildx plugin, or one from before 23, which has it inside.
docker_client() {
  local client
  # Of a command that it has run already, bash names one place only, with -a as well.
  hash -r
  while IFS= read -r client; do
    if "$client" buildx version >/dev/null 2>&1 || (($("$client" --version 2>/dev/null | grep -o '[0-9]*' | head -n 1) < 23)); then
      PATH="$(dirname "$client"):$PATH"
      export PATH DOCKER_BUILDKIT=1 COMPOSE_DOCKER_CLI_BUILD=1
      return 0
    fi
  done < <(type -aP docker)
  return 1
}

docker_answers() { timeout 20 docker info >/dev/null 2>&1; }

# docker_start: 1 when no engine runs and none can be started. Never a second one beside one that does not answer.
docker_start() {
  docker_answers && return 0
  if [[ -n "${DOCKER_HOST:-}" ]] || ((EUID != 0)) || ! command -v dockerd >/dev/null || pgrep -x dockerd >/dev/null; then return 1; fi
  local log
  log="$(mktemp)"
  note "starting the Docker engine ..."
  setsid dockerd </dev/null >"$log" 2>&1 &
  DOCKERD=$!
  disown "$DOCKERD"
  DOCKERD_START="$(process_start_time "$DOCKERD" || printf 0)"
  wait_until 60 docker_answers_or_ended && docker_answers && return 0
  tail_of "the engine's log" "$log"
  docker_stop
  return 1
}

docker_answers_or_ended() { docker_answers || ! process_is "$DOCKERD" "$DOCKERD_START"; }

# docker_stop: ends the engine if docker_start had to start it.
docker_stop() {
  [[ -n "$DOCKERD" ]] || return 0
  stop_process "$DOCKERD" "$DOCKERD_START" TERM 30
  DOCKERD=""
}

# compose ARGUMENT...: Compose v2 where the client has it, else docker-compose.
compose() {
  if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi
}

have_compose() { docker compose version >/dev/null 2>&1 || command -v docker-compose >/dev/null; }

# missing_images [IMAGE]...: prints those that are not here; without arguments of BASE_IMAGES.
missing_images() {
  local image
  if (($# == 0)); then set -- "${BASE_IMAGES[@]}"; fi
  for image in "$@"; do
    docker image inspect "$image" >/dev/null 2>&1 || printf '%s\n' "$image"
  done
}

# get_prometheus IMAGE: the same for Prometheus, which only one check needs.
get_prometheus() {
  [[ -n "$(missing_images "$1")" ]] || return 0
  note "pulling $1 ..."
  timeout 300 docker pull -q "$1" >/dev/null 2>&1 && return 0
  [[ -x "$STANDINS" ]] || return 1
  note "no registry: making a stand-in ..."
  STANDINS_ALIASES="$1=prom/prometheus:latest" timeout 900 bash "$STANDINS" prometheus >&2
}

# get_images: pulls what is missing; where no registry answers, makes the stand-ins.
get_images() {
  local image
  while IFS= read -r image; do
    note "pulling $image ..."
    timeout 600 docker pull -q "$image" >/dev/null 2>&1 && continue
    [[ -x "$STANDINS" ]] || { note "error: $image cannot be pulled, and there is no $STANDINS to make a stand-in"; return 1; }
    note "no registry: making stand-ins (three to four minutes) ..."
    timeout 1500 bash "$STANDINS" sdk aspnet postgres rabbitmq >&2 || return 1
    break
  done < <(missing_images)
  [[ -z "$(missing_images)" ]]
}

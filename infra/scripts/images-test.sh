#!/usr/bin/env bash
# images-test.sh
# Builds every image twice, each time from nothing, and compares what came out: the layers that we add to the base image, by digest, and
# where one differs, its files. Takes two whole builds. Exit code 0: the same source gave the same layers; 1: not, the files that
# differ stand above; 77: it could not run here, the last line says why.
# Base images that are missing are only fetched with CAUSALITY_TEST_COMPOSE=1.
set -euo pipefail
for part in common processes docker; do
  # shellcheck source=/dev/null
  source "$(dirname "${BASH_SOURCE[0]}")/lib/$part.sh"
done
TARGETS=(scheduler differ transfer conflict-resolver gateway causality)

skip() { printf 'skipped: %s\n' "$*"; exit 77; }

finish() {
  local code=$?
  set +e
  trap "" INT TERM HUP
  if [[ -n "$folder" ]]; then
    docker images -q --filter "reference=causality-test-$round/*" | sort -u | xargs -r docker image rm -f >/dev/null 2>&1
    rm -rf "$folder"
  fi
  docker_stop
  exit "$code"
}

# build ROUND: every target, from a copy of the source in a folder of another name and with other dates. A file that no project reads keeps
# BuildKit from taking anything compiled out of another round; within a round the targets share what the first has made.
build() {
  local target options=(--no-cache)
  mkdir -p "$folder/source-$1"
  git -C "$REPOSITORY" ls-files -z --cached --others --exclude-standard | (cd "$REPOSITORY" && xargs -0 cp --parents -t "$folder/source-$1")
  printf '%s %s\n' "$round" "$1" >"$folder/source-$1/services/round"
  for target in "${TARGETS[@]}"; do
    timeout -k 10 900 docker build "${options[@]}" --target "$target" -t "causality-test-$round/$target:$1" -f "$folder/source-$1/infra/docker/Dockerfile" "$folder/source-$1" >"$folder/build.log" 2>&1 \
      || { tail -n 30 "$folder/build.log" >&2; die "the images could not be built; the reasons stand above"; }
    options=()
  done
}

# layers IMAGE: the digests of its layers, one a line.
layers() { docker image inspect -f '{{range .RootFS.Layers}}{{println .}}{{end}}' "$1" | sed '/^$/d'; }

# contents IMAGE: "HASH OWNER MODE DATE PATH" of every file that an image holds beside the base's.
contents() { docker run --rm --entrypoint sh "$1" -c 'find /app /data -exec stat -c "%u:%g %a %Y %n" {} + ; find /app -type f -exec sha256sum {} +' | sort; }

folder="" round="$(random_hex 4)"
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
docker_client || skip "there is no docker client that builds with BuildKit"
docker_start || skip "no Docker engine runs and none can be started (needs root and dockerd)"
if [[ -n "$(missing_images "${BASE_IMAGES[@]:0:2}")" ]]; then
  [[ "${CAUSALITY_TEST_COMPOSE:-}" == 1 ]] || skip "base images are missing; CAUSALITY_TEST_COMPOSE=1 fetches or makes them"
  get_images || die "the base images could not be had; the reasons stand above"
fi
folder="$(mktemp -d "${TMPDIR:-/tmp}/causality-images.XXXXXX")"

for number in first second; do
  note "building the $number time ..."
  began=$SECONDS
  build "$number"
  note "$((SECONDS - began)) s"
done

failed=0
for target in "${TARGETS[@]}"; do
  first="causality-test-$round/$target:first" second="causality-test-$round/$target:second"
  if [[ "$(layers "$first")" == "$(layers "$second")" ]]; then
    note "  ok      $target: $(layers "$first" | wc -l) layers, the last $(layers "$first" | tail -n 1)"
  else
    note "  FAILED  $target"
    diff <(contents "$first") <(contents "$second") | head -n 20 >&2 || true
    failed=1
  fi
done
((failed == 0)) || die "the same source gave different layers"
printf 'images: the same source gave the same layers, twice\n'

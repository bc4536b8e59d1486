#!/usr/bin/env bash
# test.sh [--filter TEXT] [--no-build]
# Builds everything and runs all tests on a real PostgreSQL and a real RabbitMQ (see lib/servers.sh for where they
# come from). Result files and logs: artifacts/test-results. The last line is "N passed, N failed[, N skipped]";
# the exit code is 0 only when nothing failed.
#   --filter TEXT   only test projects whose name contains TEXT, without the checks around them
#   --no-build      run what was built last time
# Two checks need more than a machine may have, and are counted as skipped where it is missing: k8s-test.sh (kubectl, npm), and
# compose-test.sh (a Docker engine, base images, and minutes: only with CAUSALITY_TEST_COMPOSE=1).
# CAUSALITY_TEST_TIMEOUT_SECONDS (default 600) bounds each project, twice as much the crash tests.
# CAUSALITY_TEST_AHEAD=0 runs everything as it was built (see lib/ahead.sh).
set -euo pipefail
for part in servers dotnet ahead results; do
  # shellcheck source=/dev/null
  source "$(dirname "${BASH_SOURCE[0]}")/lib/$part.sh"
done
exec </dev/null

filter="" build=true
while (($# > 0)); do
  case "$1" in
    --filter) filter="${2:-}"; [[ -n "$filter" ]] || die "--filter needs a text"; shift 2 ;;
    --no-build) build=false; shift ;;
    *) die "unknown argument: $1" "usage: test.sh [--filter TEXT] [--no-build]" ;;
  esac
done
timeout_seconds="${CAUSALITY_TEST_TIMEOUT_SECONDS:-600}"
results="$REPOSITORY/artifacts/test-results"

# The longest first, so that none of them runs on while the other lane is empty; then the quick ones, and the rest.
# PROJECT:SET is the tests of a project that have the trait Set.
first=(EndToEnd:Crashes Standalone EndToEnd EndToEnd:Outages Core Contracts Differ Protocol Observability)
sets=(EndToEnd:Crashes EndToEnd:Outages)
# Of those that start two operators of five processes one at a time: they wait half of the time, and the other half would take more than a small machine has.
crowded=(EndToEnd EndToEnd:Crashes EndToEnd:Outages)
lanes=2

# select_projects: prints the built test projects to run, in order. Without a set a project runs the tests that are in none.
select_projects() {
  local all
  all="$(cd "$REPOSITORY/tests" && printf '%s\n' Causality.*.Tests | sed 's/^Causality\.//; s/\.Tests$//'; printf '%s\n' "${sets[@]}")"
  {
    printf '%s\n' "${first[@]}"
    grep -vxF -f <(printf '%s\n' "${first[@]}") <<<"$all"
  } | grep -xF -f <(printf '%s\n' "$all") | grep -F -- "$filter"
}

# run_project NAME: leaves its .xml, .log and .code in the results folder.
run_project() {
  local project="Causality.${1%%:*}.Tests" name code=0 set traits=() patience="$timeout_seconds"
  name="$(results_name "$1")"
  for set in "${sets[@]}"; do traits+=(-trait- "Set=${set#*:}"); done
  # Starting a service twice for each of many points takes its time.
  if [[ "$1" == *:* ]]; then traits=(-trait "Set=${1#*:}") patience=$((2 * timeout_seconds)); fi
  local program="$REPOSITORY/tests/$project/bin/Release/net10.0/$project"
  (cd "$REPOSITORY/tests/$project" && env "$RUN_MARK" timeout -k 15 "$patience" \
    "$program" -noLogo -noColor -noAutoReporters "${traits[@]}" -xml "$results/$name.xml") >"$results/$name.log" 2>&1 || code=$?
  printf '%s\n' "$code" >"$results/$name.code"
}

# results_name PROJECT[:SET]: what its result files are called.
results_name() { printf 'Causality.%s.Tests' "${1//:/.}"; }

# run_projects NAME...: in the given order, but for those that must wait for another; counted in the given order.
run_projects() {
  local name pid waiting=("$@") crowd=""
  local -A running=()
  while ((${#waiting[@]} > 0 || ${#running[@]} > 0)); do
    name=""
    if ((${#running[@]} < lanes)); then name="$(next_project "$crowd" "${waiting[@]}")"; fi
    if [[ -n "$name" ]]; then
      run_project "$name" &
      running[$!]="$name"
      if is_crowded "$name"; then crowd="$name"; fi
      mapfile -t waiting < <(if ((${#waiting[@]} > 1)); then printf '%s\n' "${waiting[@]}" | grep -vxF -- "$name"; fi)
      continue
    fi
    # Its own jobs only: a plain `wait -n` also returns for the process substitution of an earlier count.
    wait -n "${!running[@]}" || true
    for pid in "${!running[@]}"; do
      if kill -0 "$pid" 2>/dev/null; then continue; fi
      if [[ "${running[$pid]}" == "$crowd" ]]; then crowd=""; fi
      unset "running[$pid]"
    done
  done
  for name in "$@"; do
    name="$(results_name "$name")"
    count_project "$name" "$(<"$results/$name.code")" "$results/$name.xml" "$results/$name.log"
  done
}

is_crowded() { [[ " ${crowded[*]} " == *" $1 "* ]]; }

# next_project CROWD [NAME]...: prints the first that may begin while CROWD runs, or nothing.
next_project() {
  local crowd="$1" name
  shift
  for name in "$@"; do
    if [[ -n "$crowd" ]] && is_crowded "$name"; then continue; fi
    printf '%s\n' "$name"
    return 0
  done
}

check_scripts() {
  local script
  while IFS= read -r script; do
    bash -n "$script" || { check_failed "scripts" "$script does not parse"; return 0; }
  done < <(find "$REPOSITORY/infra/scripts" "$REPOSITORY/.ci" -name '*.sh' -o -path '*/.ci/run')
  check_passed
}

check_format() {
  local log="$results/format.log"
  if (cd "$REPOSITORY" && env "$RUN_MARK" timeout -k 10 300 dotnet format whitespace --folder . --verify-no-changes \
    --exclude '**/bin/**' '**/obj/**' artifacts >"$log" 2>&1); then
    check_passed
  else
    head -n 20 "$log" >&2
    check_failed "format" "run: dotnet format whitespace --folder ."
  fi
}

# run_script NAME SECONDS: a script of its own that says by exit code 77 that it could not run here, and why in its last line.
run_script() {
  local code=0 began=$SECONDS
  env "$RUN_MARK" timeout -k 60 "$2" bash "$SCRIPTS/$1-test.sh" >"$results/$1.log" 2>&1 || code=$?
  printf '%s %s\n' "$code" "$((SECONDS - began))" >"$results/$1.code"
}

# count_script NAME: what run_script has left.
count_script() {
  local code seconds log="$results/$1.log"
  read -r code seconds <"$results/$1.code"
  case "$code" in
    0) check_passed ;;
    77) SKIPPED=$((SKIPPED + 1)) ;;
    *) tail_of "$1-test.sh" "$log"; check_failed "$1" "infra/scripts/$1-test.sh ended with exit code $code; its output is in $log" ;;
  esac
  note "$1: $(tail -n 1 "$log") ($seconds s)"
}

# check_leftovers: a test that leaves a process behind would disturb the next run.
check_leftovers() {
  local left
  left="$(stop_marked)"
  if [[ -n "$left" ]]; then check_failed "processes" "a test left these behind: $left"; else check_passed; fi
}

finish() {
  set +e
  trap "" INT TERM HUP
  stop_marked >/dev/null
  servers_stop "$folder"
}

require_sdk
rm -rf "$results"
mkdir -p "$results"
folder="$(servers_folder)"
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

if "$build" && ! build_release "the solution" Causality.Microservices.sln; then
  check_failed "build" "the errors stand above"
  print_summary
  exit 1
fi
mapfile -t projects < <(select_projects)
((${#projects[@]} > 0)) || die "no test project's name contains '$filter'"
if [[ -z "$filter" ]]; then
  check_scripts
  check_format
fi
# Beside the tests: it reads nothing that they change, and mostly waits for packages.
if [[ -z "$filter" ]]; then run_script k8s 300 & manifests=$!; fi
# While the servers start.
ahead=""
if [[ "${CAUSALITY_TEST_AHEAD:-1}" != 0 ]]; then
  note "compiling ahead ..."
  compile_ahead 'services/*' 'tests/*.Tests' & ahead=$!
fi

ensure_promtool
note "starting PostgreSQL and RabbitMQ ..."
if ! servers_start "$folder"; then
  check_failed "servers" "PostgreSQL and RabbitMQ did not start; the reasons stand above"
  print_summary
  exit 1
fi

if [[ " ${projects[*]} " == *" Dashboard "* && -z "${CAUSALITY_CHROMIUM:-}" ]]; then offer_package chromium chromium; fi
if [[ " ${projects[*]} " == *" Standalone "* || " ${projects[*]} " == *" EndToEnd "* ]]; then offer_programs_of_users; fi

if [[ -n "$ahead" ]]; then wait "$ahead" || note "there is no compiler for that here: what was built runs as it is"; fi
note "running ${#projects[@]} test projects ..."
run_projects "${projects[@]}"
if [[ -z "$filter" ]]; then
  # The shell forgets a job that ended while it waited for others; then what it has left is there.
  wait "$manifests" 2>/dev/null || true
  count_script k8s
fi
check_leftovers
if [[ -z "$filter" ]]; then
  note "checking compose ..."
  CAUSALITY_TEST_COMPOSE="${CAUSALITY_TEST_COMPOSE:-0}" run_script compose 900
  count_script compose
fi

# The servers end before the last line, so that the line is true of a finished run.
servers_stop "$folder"
print_summary
((FAILED == 0))

#!/usr/bin/env bash
# bench.sh pipeline|conflicts|reconcile|sync|edge [--quick] [--json]
# Measures on this machine, and prints a table or, with --json, one object per line: work, ours, other, ratio, aim, met.
#   pipeline   from SyncRequested to SyncSkipped for peers that are already equal: latency one after the other, and syncs a
#              second with many peers. The operator under test is five processes on RabbitMQ and PostgreSQL; the peers are
#              embedded operators in the measuring process. Beside it, in the same run: the same messages without outbox
#              (MassTransit, saga in memory, no database, no peer) and one message from publish to consume on the broker alone.
#   conflicts  the index of entry ids at 1, 10 and 50 million entries (speed of one core, memory) beside a dictionary; its
#              rebuilding from the store; 100,000 conflicts of one sync beside COPY of their rows into PostgreSQL. 50 million
#              need 8 GB of memory; --quick stays below 1 GB.
#   reconcile  finding out what differs at a million segments: nothing to do, 1,000 newest missing, 1,000 scattered missing; round
#              trips, bytes and time over TLS, beside Negentropy alone in the same run; the index's memory, and how soon it is ready
#              from PostgreSQL.
#   sync       what a sync moves, how fast, and how much of it crosses the wire: the real gateway process with generated logs, and a
#              process with the real differ and transfer, over mutual TLS on loopback, on PostgreSQL, all settings at their defaults.
#              Beside it, in turn: Debian's rsync from its daemon on loopback (no TLS) with the same segments as files. Medians.
#              Then what finding the differences costs at a million segments, as by reconcile. --only=TEXT: the rows whose name holds it.
#              --quick moves 75 MB a sync instead of 1 GiB; without it allow half an hour and 8 GB of disk.
#   edge       what honest peers pay for one that asks ten times as often as it may, and for 2,000 connections that send a byte in ten
#              seconds; the gateway's memory meanwhile. Each attack also against a second gateway, the bystander, because attackers,
#              gateway and honest peers share this machine. Needs no servers. --only=TEXT: the attack whose name holds it.
# The services that sync and edge start are compiled ahead, as they are in the images, where NuGet has the compiler.
# Servers: those that CAUSALITY_TEST_POSTGRES, CAUSALITY_TEST_RABBITMQ and CAUSALITY_TEST_RABBITMQ_MANAGEMENT name, else
# private ones that end with the run. Exit code 0 when everything was measured, whether or not an aim was met.
set -euo pipefail
for part in servers dotnet ahead; do
  # shellcheck source=/dev/null
  source "$(dirname "${BASH_SOURCE[0]}")/lib/$part.sh"
done
usage="usage: bench.sh pipeline|conflicts|reconcile|sync|edge [--quick] [--json]"

pipeline() {
  local argument id control gateway peer amqp room
  for argument in "$@"; do
    [[ "$argument" == --quick || "$argument" == --json ]] || die "unknown argument: $argument" "$usage"
  done
  require_sdk
  build_release "the benchmark" tests/Causality.PipelineBenchmark/Causality.PipelineBenchmark.csproj \
    || die "the benchmark could not be built; the reasons stand above"
  folder="$(mktemp -d "${TMPDIR:-/tmp}/causality-bench.XXXXXX")"
  export CAUSALITY_OPERATORS_DIR="$folder"
  trap 'set +e; trap "" INT TERM HUP; "$SCRIPTS/operators.sh" down; rm -rf "$folder"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  # Only what the benchmark asks for is to be measured.
  Sync__Scheduled=false Logging__LogLevel__Default=Warning "$SCRIPTS/operators.sh" up 1 >&2
  read -r id control gateway peer amqp room <"$folder/table"
  # shellcheck source=/dev/null
  source "$folder/settings"
  BENCH_CONTROL="$control" BENCH_GATEWAY="$gateway" BENCH_AMQP="$amqp" BENCH_PROCESSES="$folder/processes" \
    BENCH_SERVER_PIDS="$(<"$folder/servers")/pids" BENCH_POSTGRES="$CAUSALITY_TEST_POSTGRES;Database=$room" \
    "$REPOSITORY/tests/Causality.PipelineBenchmark/bin/Release/net10.0/Causality.PipelineBenchmark" "$@"
}

conflicts() {
  local argument
  for argument in "$@"; do
    [[ "$argument" == --quick || "$argument" == --json ]] || die "unknown argument: $argument" "$usage"
  done
  require_sdk
  build_release "the benchmark" tests/Causality.ConflictBenchmark/Causality.ConflictBenchmark.csproj \
    || die "the benchmark could not be built; the reasons stand above"
  "$SCRIPTS/with-servers.sh" "$REPOSITORY/tests/Causality.ConflictBenchmark/bin/Release/net10.0/Causality.ConflictBenchmark" "$@"
}

reconcile() {
  local argument
  for argument in "$@"; do
    [[ "$argument" == --quick || "$argument" == --json ]] || die "unknown argument: $argument" "$usage"
  done
  require_sdk
  build_release "the benchmark" tests/Causality.ReconciliationBenchmark/Causality.ReconciliationBenchmark.csproj \
    || die "the benchmark could not be built; the reasons stand above"
  "$SCRIPTS/with-servers.sh" "$REPOSITORY/tests/Causality.ReconciliationBenchmark/bin/Release/net10.0/Causality.ReconciliationBenchmark" "$@"
}

sync_benchmark() {
  local argument
  for argument in "$@"; do
    [[ "$argument" == --quick || "$argument" == --json || "$argument" == --only=* ]] || die "unknown argument: $argument" "$usage"
  done
  require_sdk
  command -v rsync >/dev/null || install_packages rsync
  build_release "the benchmark" tests/Causality.SyncBenchmark/Causality.SyncBenchmark.csproj \
    || die "the benchmark could not be built; the reasons stand above"
  build_release "the second benchmark" tests/Causality.ReconciliationBenchmark/Causality.ReconciliationBenchmark.csproj \
    || die "the benchmark could not be built; the reasons stand above"
  as_deployed Causality.SyncBenchmark
  "$SCRIPTS/with-servers.sh" "$REPOSITORY/tests/Causality.SyncBenchmark/bin/Release/net10.0/Causality.SyncBenchmark" "$@"
  if [[ " $* " != *" --only="* ]]; then
    "$REPOSITORY/tests/Causality.ReconciliationBenchmark/bin/Release/net10.0/Causality.ReconciliationBenchmark" --wire "$@"
  fi
}

edge() {
  local argument
  for argument in "$@"; do
    [[ "$argument" == --quick || "$argument" == --json || "$argument" == --only=* ]] || die "unknown argument: $argument" "$usage"
  done
  require_sdk
  build_release "the benchmark" tests/Causality.EdgeBenchmark/Causality.EdgeBenchmark.csproj \
    || die "the benchmark could not be built; the reasons stand above"
  as_deployed Causality.EdgeBenchmark
  # 2,000 connections are as many files, in either process.
  ulimit -n 8192 2>/dev/null || true
  "$REPOSITORY/tests/Causality.EdgeBenchmark/bin/Release/net10.0/Causality.EdgeBenchmark" "$@"
}

# as_deployed PROJECT: the programs that the benchmark starts are compiled ahead, as in the images.
as_deployed() {
  note "compiling ahead ..."
  compile_ahead 'services/*' "tests/$1" || note "there is no compiler for that here: what was built runs as it is"
}

command="${1:-}"
if (($# > 0)); then shift; fi
case "$command" in
  pipeline) pipeline "$@" ;;
  conflicts) conflicts "$@" ;;
  reconcile) reconcile "$@" ;;
  sync) sync_benchmark "$@" ;;
  edge) edge "$@" ;;
  *) die "unknown or missing benchmark: '$command'" "$usage" ;;
esac

# shellcheck shell=bash
# Building with the .NET SDK so that nothing keeps running afterwards. Needs common.sh and processes.sh.

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
# Some schedulers start jobs without a home; the SDK refuses to work then.
export HOME="${HOME:-/tmp}"

# Every process of one run inherits this variable, which is how leftovers are found.
RUN_MARK="CAUSALITY_RUN=$(random_hex 8)"

# require_sdk: fails unless an SDK that global.json accepts is on the PATH.
require_sdk() {
  local hint="install the .NET 10 SDK (https://dotnet.microsoft.com/download/dotnet/10.0) and put dotnet on the PATH"
  command -v dotnet >/dev/null || die "the .NET SDK is missing: there is no dotnet on the PATH" "$hint"
  (cd "$REPOSITORY" && dotnet --version >/dev/null 2>&1) && return 0
  local found
  found="$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ')"
  die "no .NET 10 SDK: found ${found:-runtimes only}" "$hint"
}

# build_release TITLE PROJECT: restores and builds, quiet unless it fails. 1 with the errors printed.
# The compiler server halves the build's time (measured: 23 s against 53 s for the solution on two cores), but a
# shared one would outlive us or belong to somebody else: this run gets its own pipe, and ends it.
build_release() {
  local log status=0
  log="$(mktemp)"
  note "building $1 ..."
  env "$RUN_MARK" timeout -k 10 900 dotnet build "$REPOSITORY/$2" -c Release -v q -nologo -nodeReuse:false \
    -p:UseSharedCompilation=true "-p:SharedCompilationId=causality-${RUN_MARK#*=}" \
    </dev/null >"$log" 2>&1 || status=$?
  stop_marked >/dev/null
  # The compiler server's socket.
  rm -f "${TMPDIR:-/tmp}/causality-${RUN_MARK#*=}"
  if ((status != 0)); then
    { grep -E '(error|warning) [A-Z]+[0-9]+|error :' "$log" || tail -n 40 "$log"; } | sort -u | head -n 60 >&2
    if ((status == 124)); then note "the build did not end within 900 s"; fi
  fi
  rm -f "$log"
  return "$((status != 0))"
}

# stop_marked: ends every process that carries this run's mark, and prints the command of each.
stop_marked() {
  local pid start
  while read -r pid start; do
    process_is "$pid" "$start" || continue
    printf '%s %s\n' "$pid" "$(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline" | cut -c1-160)"
    stop_process "$pid" "$start" TERM 10
  done < <(marked_processes "$RUN_MARK")
}

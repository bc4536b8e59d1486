# shellcheck shell=bash
# Compiles what was built ahead of time, in place, as images are: the tests start some hundreds of processes, and each would compile the same
# libraries for itself, most of its time; and benchmarks are to measure what is deployed. Needs common.sh and dotnet.sh. A later build puts back what it made.

# What is worth it: our own, and the large libraries that every process goes through. Not the tests themselves, each of whose lines runs once.
AHEAD='^(Causality\..*|causality|MassTransit.*|Microsoft\.EntityFrameworkCore.*|Microsoft\.Data\.Sqlite|Npgsql.*|RabbitMQ\.Client|OpenTelemetry.*|Spectre\.Console|System\.CommandLine|SQLitePCLRaw\..*|Polly\.Core|DnsClient)\.dll$'

# compile_ahead PATTERN...: the projects whose folders match; 1 when there is no compiler, and everything then runs as it was built.
compile_ahead() {
  local pattern folders=()
  for pattern in "$@"; do
    mapfile -t -O "${#folders[@]}" folders < <(cd "$REPOSITORY" && compgen -G "$pattern/bin/Release/net10.0")
  done
  local shown compiler frameworks kept="$REPOSITORY/artifacts/ahead"
  shown="$(env "$RUN_MARK" timeout -k 10 120 dotnet msbuild "$SCRIPTS/ahead/crossgen.proj" -restore -t:Show -nologo -v:m -nodeReuse:false </dev/null 2>/dev/null)" || return 1
  compiler="$(sed -n 's/^ *compiler=//p' <<<"$shown")" frameworks="$(sed -n 's/^ *frameworks=//p' <<<"$shown")"
  # The package brings it without leave to be run by others than its owner.
  [[ -x "$compiler" ]] || return 1
  local core aspnet
  core="$(printf '%s\n' "$frameworks"/Microsoft.NETCore.App/10.* | sort -V | tail -n 1)" aspnet="$(printf '%s\n' "$frameworks"/Microsoft.AspNetCore.App/10.* | sort -V | tail -n 1)"
  [[ -d "$core" && -d "$aspnet" ]] || return 1
  mkdir -p "$kept"
  local hash path
  while read -r hash path; do
    [[ "${path##*/}" =~ $AHEAD && ! "$path" =~ \.Tests\.dll$ ]] || continue
    printf '%s %s\n' "$hash" "$path"
  done < <(cd "$REPOSITORY" && find "${folders[@]}" -maxdepth 1 -name '*.dll' -exec md5sum {} +) >"$kept/found"
  # One of each content, the largest first; what was compiled in an earlier run, or is such a result, is not compiled again.
  sort -u -k 1,1 "$kept/found" | while read -r hash path; do
    [[ -e "$kept/$hash.dll" || -e "$kept/$hash.made" ]] || printf '%s %s %s\n' "$(stat -c %s "$REPOSITORY/$path")" "$hash" "$path"
  done | sort -rn | cut -d' ' -f2- | (cd "$REPOSITORY" && env "$RUN_MARK" xargs -r -P "$(nproc)" -L 1 bash -c '
    "$0" "$5" -o "$3/$4.new" -r "$1/*.dll" -r "$2/*.dll" -r "${5%/*}/*.dll" --targetos linux --parallelism 1 -O >"$3/$4.log" 2>&1 || exit 0
    mv "$3/$4.new" "$3/$4.dll"; : >"$3/$(md5sum <"$3/$4.dll" | cut -d" " -f1).made"; rm "$3/$4.log"' "$compiler" "$core" "$aspnet" "$kept")
  # A cache of what is built now and then.
  find "$kept" -type f -mtime +7 -delete
  while read -r hash path; do
    # A new file in its place, never other bytes in the old one.
    if [[ -e "$kept/$hash.dll" ]]; then cp "$kept/$hash.dll" "$REPOSITORY/$path.new" && mv -f "$REPOSITORY/$path.new" "$REPOSITORY/$path"; fi
  done <"$kept/found"
}

# shellcheck shell=bash
# What every script here starts with: where the repository is, how to say something, how to fail.
# Sourced, never run. Needs bash 4.4 and Linux (/proc).

REPOSITORY="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd -P)"
SCRIPTS="$REPOSITORY/infra/scripts"

# Progress goes to standard error, so that a script's standard output stays data.
note() { printf '%s\n' "$*" >&2; }

# die MESSAGE [LINE]...: every further line says what to do about it.
die() {
  printf 'error: %s\n' "$1" >&2
  shift
  if (($# > 0)); then printf '       %s\n' "$@" >&2; fi
  exit 1
}

# random_hex BYTES: for passwords and names; never for anything that outlives the run.
random_hex() { od -An -N"$1" -tx1 /dev/urandom | tr -d ' \n'; }

# wait_until SECONDS COMMAND...: polls a condition; 1 when the time is over first.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}

# tail_of TITLE FILE: the end of a log, indented, so that it can be told from the script's own words.
tail_of() {
  [[ -s "$2" ]] || { note "  ($1: $2 is empty or missing)"; return 0; }
  note "  last lines of $1 ($2):"
  tail -n 20 "$2" | cut -c1-240 | sed 's/^/  | /' >&2
}

# shellcheck shell=bash
# Processes by (pid, start time): a pid alone may have been given to a stranger since it was written down.

# process_start_time PID: prints the start time in clock ticks since boot; 1 when gone or a zombie.
process_start_time() {
  local stat
  { stat="$(<"/proc/$1/stat")"; } 2>/dev/null || return 1
  # The second field is the command in parentheses and may hold spaces and parentheses itself.
  local fields
  read -r -a fields <<<"${stat##*) }"
  [[ "${fields[0]}" != Z && "${fields[0]}" != X ]] || return 1
  printf '%s\n' "${fields[19]}"
}

# process_is PID START_TIME: true while that very process is alive.
process_is() {
  local now
  now="$(process_start_time "$1")" && [[ "$now" == "$2" ]]
}

# process_tree PID: prints "PID START_TIME" for the process and all its descendants.
process_tree() {
  local -A parent_of=() start_of=()
  local file stat pid fields
  for file in /proc/[0-9]*/stat; do
    { stat="$(<"$file")"; } 2>/dev/null || continue
    read -r -a fields <<<"${stat##*) }"
    pid="${stat%% *}"
    parent_of[$pid]="${fields[1]}"
    start_of[$pid]="${fields[19]}"
  done
  local queue=("$1")
  while ((${#queue[@]} > 0)); do
    pid="${queue[0]}"
    queue=("${queue[@]:1}")
    [[ -n "${start_of[$pid]:-}" ]] || continue
    printf '%s %s\n' "$pid" "${start_of[$pid]}"
    local child
    for child in "${!parent_of[@]}"; do
      if [[ "${parent_of[$child]}" == "$pid" ]]; then queue+=("$child"); fi
    done
  done
}

# processes_gone FILE: true when none of the "PID START_TIME" lines is alive.
processes_gone() {
  local pid start
  while read -r pid start; do
    if process_is "$pid" "$start"; then return 1; fi
  done <"$1"
}

# stop_process PID START_TIME SIGNAL SECONDS: signals it, waits for it and its descendants, kills what is left.
# Descendants are listed before the signal: afterwards nobody knows whose children they were.
stop_process() {
  process_is "$1" "$2" || return 0
  local tree pid start
  tree="$(mktemp)"
  process_tree "$1" >"$tree"
  kill -s "$3" "$1" 2>/dev/null || true
  if ! wait_until "$4" processes_gone "$tree"; then
    while read -r pid start; do
      if process_is "$pid" "$start"; then kill -s KILL "$pid" 2>/dev/null || true; fi
    done <"$tree"
    wait_until 10 processes_gone "$tree" || note "warning: process $1 did not end after SIGKILL"
  fi
  rm -f "$tree"
}

# marked_processes NAME=VALUE: prints "PID START_TIME" of every process that inherited this variable,
# which finds grandchildren whose parents are gone. The shell that asks is not listed.
marked_processes() {
  local file pid start
  while read -r file; do
    pid="${file#/proc/}"
    pid="${pid%/environ}"
    [[ "$pid" != "$$" && "$pid" != "$BASHPID" ]] || continue
    if start="$(process_start_time "$pid")"; then printf '%s %s\n' "$pid" "$start"; fi
  done < <(grep -lszxF -- "$1" /proc/[0-9]*/environ 2>/dev/null)
}

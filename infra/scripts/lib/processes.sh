# shellcheck shell=bash
# Processes by (pid, start time): a pid alone may have been given to a stranger since it was written down.

# read_stat PID: sets stat_parent, stat_state and stat_start; 1 when the process is gone. Not "$(<file)": when the
# process ends between opening and reading, that form ends a shell of bash 5.2 that is in its EXIT trap.
read_stat() {
  local line fields
  { IFS= read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  # The second field is the command in parentheses and may hold spaces and parentheses itself.
  read -r -a fields <<<"${line##*) }"
  ((${#fields[@]} > 19)) || return 1
  stat_state="${fields[0]}" stat_parent="${fields[1]}" stat_start="${fields[19]}"
}

# process_start_time PID: prints the start time in clock ticks since boot; 1 when gone or a zombie.
process_start_time() {
  local stat_state stat_parent stat_start
  read_stat "$1" || return 1
  [[ "$stat_state" != Z && "$stat_state" != X ]] || return 1
  printf '%s\n' "$stat_start"
}

# process_is PID START_TIME: true while that very process is alive.
process_is() {
  local now
  now="$(process_start_time "$1")" && [[ "$now" == "$2" ]]
}

# process_tree PID: prints "PID START_TIME" for the process and all its descendants.
process_tree() {
  local -A parent_of=() start_of=()
  local folder pid stat_state stat_parent stat_start
  for folder in /proc/[0-9]*; do
    pid="${folder#/proc/}"
    read_stat "$pid" || continue
    parent_of[$pid]="$stat_parent"
    start_of[$pid]="$stat_start"
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

# processes_reaped FILE: true when init has also collected the zombies among them.
processes_reaped() {
  local pid start
  while read -r pid start; do
    if [[ -e "/proc/$pid" ]]; then return 1; fi
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
  wait_until 3 processes_reaped "$tree" || true
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

# shellcheck shell=bash
# Free TCP ports on 127.0.0.1, without any tool that a fresh machine may lack.

# port_is_busy PORT: true when some process listens on it (IPv4 or IPv6).
port_is_busy() {
  local hex table line
  printf -v hex ':%04X' "$1"
  for table in /proc/net/tcp /proc/net/tcp6; do
    [[ -r "$table" ]] || continue
    while read -r -a line; do
      # Columns: slot, local address, remote address, state; 0A is LISTEN.
      # The kernel may hand out a line that is cut short while the table changes.
      if [[ "${line[1]:-}" == *"$hex" && "${line[3]:-}" == 0A ]]; then return 0; fi
    done <"$table"
  done
  return 1
}

# free_port: prints a port nobody listens on. Taken below the kernel's ephemeral range (32768 up), so that no
# outgoing connection grabs it in between. Somebody else may still take it: who starts a server tries again.
free_port() {
  local port attempt
  for ((attempt = 0; attempt < 200; attempt++)); do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    if ! port_is_busy "$port"; then
      printf '%s\n' "$port"
      return 0
    fi
  done
  note "error: found no free TCP port between 20000 and 32000 on 127.0.0.1"
  return 1
}

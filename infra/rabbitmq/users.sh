#!/usr/bin/env bash
# users.sh MANAGEMENT VIRTUAL_HOST: makes the virtual host and the users of permissions.tsv through the management API
# (http://user:password@host:port, an administrator), and prints NAME=AMQP_URI for each. Running it again changes only passwords
# that are not given: CAUSALITY_BROKER_PASSWORD_NAME, with _ for - in the name. CAUSALITY_BROKER_ADDRESS is the broker's
# host:port in what is printed; default: the management API's host and 5672.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
for part in common http; do
  # shellcheck source=/dev/null
  source "$here/../scripts/lib/$part.sh"
done
(($# == 2)) || die "users.sh needs the management API's address and a virtual host" "users.sh http://admin:password@127.0.0.1:15672 causality"
api="${1%/}/api" vhost="$2"
[[ "$vhost" =~ ^[A-Za-z0-9_.-]+$ ]] || die "the virtual host is '$vhost': use letters, digits, '_', '.' and '-'"
host="${1##*@}" host="${host##*://}" host="${host%%[:/]*}"
address="${CAUSALITY_BROKER_ADDRESS:-$host:5672}"

# put PATH JSON: the answer names no secret; the address does, and is not shown.
put() { http_call PUT "$api/$1" "$2" >/dev/null || die "RabbitMQ's management API did not accept $1" "is its user an administrator?"; }

put "vhosts/$vhost" '{}'
while IFS=$'\t' read -r name configure write read; do
  [[ -n "$name" && "$name" != \#* ]] || continue
  variable="CAUSALITY_BROKER_PASSWORD_${name//-/_}"
  password="${!variable:-$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')}"
  [[ "$password" =~ ^[A-Za-z0-9_.~-]{16,}$ ]] || die "$variable has characters beside letters, digits, '_', '.', '~' and '-', or fewer than 16"
  put "users/$vhost-$name" "{\"password\":\"$password\",\"tags\":\"\"}"
  # A backslash of an expression is two in JSON.
  put "permissions/$vhost/$vhost-$name" "{\"configure\":\"${configure//\\/\\\\}\",\"write\":\"${write//\\/\\\\}\",\"read\":\"${read//\\/\\\\}\"}"
  printf '%s=amqp://%s-%s:%s@%s/%s\n' "$name" "$vhost" "$name" "$password" "$address" "$vhost"
done <"$here/permissions.tsv"

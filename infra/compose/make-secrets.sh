#!/usr/bin/env bash
# make-secrets.sh [FOLDER]
# Makes the secrets of docker-compose.yml: random passwords, for the operator (a) and for the second one of two-operators.yml
# (b), the broker's definitions with their hashes, and the first token of the control API. What exists is kept: running it again changes nothing. The folder is
# infra/compose/secrets; it is named in .env beside docker-compose.yml, where Compose looks for CAUSALITY_SECRETS. With FOLDER
# of your own nothing is written to .env: set CAUSALITY_SECRETS yourself.
set -euo pipefail
repository="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)"
folder="${1:-$repository/infra/compose/secrets}"
umask 077

# Files are readable by all inside a folder that nobody else can enter: Compose mounts them as they are, and the services'
# user is not yours.
write() {
  local file="$folder/$1"
  cat >"$file.new"
  chmod 644 "$file.new"
  mv "$file.new" "$file"
}

random_password() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# binary HEX: prints the bytes.
binary() { printf "$(sed 's/../\\x&/g' <<<"$1")"; }

# rabbitmq_hash PASSWORD: as RabbitMQ stores it: base64 of four random bytes and the SHA-256 of them and the password.
rabbitmq_hash() {
  local salt digest
  salt="$(od -An -N4 -tx1 /dev/urandom | tr -d ' \n')"
  digest="$({ binary "$salt"; printf '%s' "$1"; } | sha256sum | cut -d' ' -f1)"
  binary "$salt$digest" | base64 -w0
}

# make_operator NAME SUFFIX: SUFFIX ends the host names of its containers.
make_operator() {
  local name="$1" suffix="$2" service database broker
  mkdir -p "$folder/$name"
  if [[ -s "$folder/$name/complete" ]]; then return 0; fi
  database="$(random_password)" broker="$(random_password)"
  printf '%s' "$database" | write "$name/postgres-password"
  for service in scheduler differ transfer conflict-resolver gateway migrate; do
    printf 'Host=postgres%s;Database=causality;Username=causality;Password=%s' "$suffix" "$database" | write "$name/$service-database"
    printf 'amqp://causality:%s@rabbitmq%s:5672/causality' "$broker" "$suffix" | write "$name/$service-broker"
  done
  random_password | write "$name/grafana-password"
  # The first token of the control and application API, with every role. Make others with it: causality tokens create.
  printf 'causality_%s%s' "$(random_password)" "$(random_password)" | write "$name/control-token"
  write "$name/rabbitmq-definitions.json" <<JSON
{
  "users": [{ "name": "causality", "password_hash": "$(rabbitmq_hash "$broker")", "hashing_algorithm": "rabbit_password_hashing_sha256", "tags": ["monitoring"] }],
  "vhosts": [{ "name": "causality" }],
  "permissions": [{ "user": "causality", "vhost": "causality", "configure": ".*", "write": ".*", "read": ".*" }]
}
JSON
  # Written last: a run that was cut short begins again.
  printf 'made by make-secrets.sh\n' | write "$name/complete"
}

mkdir -p "$folder"
make_operator a ""
make_operator b -b
if (($# == 0)) && ! grep -qs '^CAUSALITY_SECRETS=' "$repository/.env"; then
  printf 'CAUSALITY_SECRETS=./infra/compose/secrets\n' >>"$repository/.env"
fi
printf 'secrets: %s\n' "$folder"

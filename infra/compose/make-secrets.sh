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

# user NAME TAGS PASSWORD, permission NAME CONFIGURE WRITE READ: entries of the definitions. Regular expressions have backslashes.
user() { printf '{ "name": "%s", "password_hash": "%s", "hashing_algorithm": "rabbit_password_hashing_sha256", "tags": [%s] }' "$1" "$(rabbitmq_hash "$3")" "$2"; }
permission() { printf '{ "user": "%s", "vhost": "causality", "configure": "%s", "write": "%s", "read": "%s" }' "$1" "${2//\\/\\\\}" "${3//\\/\\\\}" "${4//\\/\\\\}"; }

# make_broker NAME SUFFIX: an address with user and password for each user of infra/rabbitmq/permissions.tsv, and the definitions with
# their hashes. `admin` is for people and may do everything; `dashboard` may look at the queues' figures and touch nothing.
make_broker() {
  local name="$1" suffix="$2" who configure write read password tags users="" permissions=""
  while IFS=$'\t' read -r who configure write read; do
    if [[ -z "$who" || "$who" == \#* ]]; then continue; fi
    password="$(random_password)"
    printf 'amqp://%s:%s@rabbitmq%s:5672/causality' "$who" "$password" "$suffix" | write "$name/$who-broker"
    if [[ "$who" == dashboard ]]; then printf '%s' "$password" | write "$name/dashboard-password"; fi
    case "$who" in admin) tags='"administrator"' ;; dashboard) tags='"monitoring"' ;; *) tags="" ;; esac
    users+="    $(user "$who" "$tags" "$password"),"$'\n'
    permissions+="    $(permission "$who" "$configure" "$write" "$read"),"$'\n'
  done < <(cat "$repository/infra/rabbitmq/permissions.tsv"; printf 'admin\t.*\t.*\t.*\ndashboard\t^$\t^$\t^$\n')
  write "$name/rabbitmq-definitions.json" <<JSON
{
  "users": [
${users%,*}
  ],
  "vhosts": [{ "name": "causality" }],
  "permissions": [
${permissions%,*}
  ]
}
JSON
}

# make_database NAME SUFFIX: a role for each service and one for the migration (infra/postgres/roles.sql), and the administrator's password.
make_database() {
  local name="$1" suffix="$2" service role password passwords=""
  random_password | write "$name/postgres-password"
  for service in scheduler differ transfer conflict-resolver gateway migrate; do
    role="${service/conflict-/}"
    role="${role/migrate/migrator}"
    password="$(random_password)"
    passwords+="\"$role\": \"$password\", "
    printf 'Host=postgres%s;Database=causality;Username=causality_%s;Password=%s' "$suffix" "$role" "$password" | write "$name/$service-database"
  done
  printf '{ %s }\n' "${passwords%, }" | write "$name/postgres-roles.json"
}

# make_operator NAME SUFFIX: SUFFIX ends the host names of its containers.
make_operator() {
  local name="$1" suffix="$2"
  mkdir -p "$folder/$name"
  if [[ -s "$folder/$name/complete" ]]; then return 0; fi
  make_database "$name" "$suffix"
  make_broker "$name" "$suffix"
  random_password | write "$name/grafana-password"
  # The first token of the control and application API, with every role. Make others with it: causality tokens create.
  printf 'causality_%s%s' "$(random_password)" "$(random_password)" | write "$name/control-token"
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

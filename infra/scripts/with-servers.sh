#!/usr/bin/env bash
# with-servers.sh COMMAND [ARGUMENT]...
# Runs a command with a PostgreSQL and a RabbitMQ: those that CAUSALITY_TEST_POSTGRES, CAUSALITY_TEST_RABBITMQ and
# CAUSALITY_TEST_RABBITMQ_MANAGEMENT name, else private ones that live as long as the command. The command finds
# them in the same variables, and PostgreSQL also in PGHOST, PGPORT, ... for psql. Its exit code is this one's.
set -euo pipefail
# shellcheck source=lib/servers.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib/servers.sh"

(($# > 0)) || die "no command given" "usage: with-servers.sh COMMAND [ARGUMENT]...   for example: with-servers.sh bash"

folder="$(servers_folder)"
# Neither a second signal nor a failing step may cut the cleanup short.
trap 'set +e; trap "" INT TERM HUP; servers_stop "$folder"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

servers_start "$folder" || die "the servers did not start; the reasons stand above"
PGHOST="$(npgsql_part "$CAUSALITY_TEST_POSTGRES" Host)"
PGPORT="$(npgsql_part "$CAUSALITY_TEST_POSTGRES" Port)"
PGUSER="$(npgsql_part "$CAUSALITY_TEST_POSTGRES" Username)"
PGPASSWORD="$(npgsql_part "$CAUSALITY_TEST_POSTGRES" Password)"
export PGHOST PGPORT="${PGPORT:-5432}" PGUSER PGPASSWORD PGDATABASE=postgres

"$@"

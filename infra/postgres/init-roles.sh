#!/bin/sh
# Runs in the container of PostgreSQL when it makes the database: the roles of roles.sql, with the passwords of a file (JSON).
# They go by a psql variable: what stands in arguments or in the environment, others can see.
set -eu
export CAUSALITY_ROLES="${CAUSALITY_ROLES:-/run/secrets/postgres-roles.json}"
psql -v ON_ERROR_STOP=1 --no-psqlrc --quiet --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --output /dev/null <<'SQL'
\set passwords `cat "$CAUSALITY_ROLES"`
SELECT set_config('causality.prefix', 'causality', false), set_config('causality.passwords', :'passwords', false);
\i /roles.sql
SQL

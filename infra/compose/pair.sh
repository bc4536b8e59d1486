#!/bin/sh
# Runs in the container `pair`: makes the two operators of two-operators.yml peers of each other. Running it again changes nothing.
set -eu
causality() { dotnet /app/causality.dll "$@"; }
token() { printf '/run/secrets/control-token%s' "$1"; }

# pin SUFFIX: waits for that operator, at most two minutes, and prints the key by which peers know it.
pin() {
  tries=0
  until answer="$(causality status --url "http://scheduler$1:8080" --gateway-url "http://gateway$1:8080" --token-file "$(token "$1")" --json 2>&1)"; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || { echo "scheduler$1 or gateway$1 does not answer: $answer" >&2; exit 1; }
    sleep 1
  done
  printf '%s' "$answer" | tr -d ' \n' | sed -n 's/.*"pin":"\([0-9a-f]\{64\}\)".*/\1/p'
}

pin_a="$(pin "")"
pin_b="$(pin -b)"
causality peers add operator-b --address https://gateway-b:7443 --pin "$pin_b" --url http://scheduler:8080 --token-file "$(token "")"
causality peers add "$OPERATOR_A" --address https://gateway:7443 --pin "$pin_a" --url http://scheduler-b:8080 --token-file "$(token -b)"

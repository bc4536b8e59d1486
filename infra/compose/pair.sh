#!/bin/sh
# Runs in the container `pair`: makes the two operators of two-operators.yml peers of each other. Running it again changes nothing.
set -eu

# causality SUFFIX ARGUMENT...: the command line, with that operator's token and addresses.
causality() {
  suffix="$1"
  shift
  CAUSALITY_TOKEN_FILE="/run/secrets/control-token$suffix" CAUSALITY_URL="http://scheduler$suffix:8080" CAUSALITY_GATEWAY_URL="http://gateway$suffix:8080" \
    dotnet /app/causality.dll "$@"
}

# pin SUFFIX: waits for that operator, at most two minutes, and prints the key by which peers know it.
pin() {
  tries=0
  until answer="$(causality "$1" status --json 2>&1)"; do
    tries=$((tries + 1))
    [ "$tries" -lt 120 ] || { echo "scheduler$1 or gateway$1 does not answer: $answer" >&2; exit 1; }
    sleep 1
  done
  printf '%s' "$answer" | tr -d ' \n' | sed -n 's/.*"pin":"\([0-9a-f]\{64\}\)".*/\1/p'
}

pin_a="$(pin "")"
pin_b="$(pin -b)"
causality "" peers add operator-b --address https://gateway-b:7443 --pin "$pin_b"
causality -b peers add "$OPERATOR_A" --address https://gateway:7443 --pin "$pin_a"

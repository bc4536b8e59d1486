#!/bin/sh
# Runs in the container `pair`: makes the two operators of two-operators.yml peers of each other. Running it again changes nothing.
set -eu
causality() { dotnet /app/causality.dll "$@"; }

# pin SUFFIX: the key by which peers know that operator.
pin() {
  answer="$(causality status --url "http://scheduler$1:8080" --gateway-url "http://gateway$1:8080" --json)"
  found="$(printf '%s' "$answer" | grep -o '"pin" *: *"[0-9a-f]\{64\}"' | grep -o '[0-9a-f]\{64\}')"
  [ -n "$found" ] || { echo "no pin in: $answer" >&2; exit 1; }
  printf '%s' "$found"
}

pin_a="$(pin "")"
pin_b="$(pin -b)"
causality peers add operator-b --address https://gateway-b:7443 --pin "$pin_b" --url http://scheduler:8080
causality peers add "$OPERATOR_A" --address https://gateway:7443 --pin "$pin_a" --url http://scheduler-b:8080

#!/usr/bin/env bash
# soak.sh [--rounds N] [--seed N] [--transfer-kills N] [--no-build]
# Kills random services of two operators at random moments of their syncs, round after round (default 20), and checks after
# each that nothing was lost and nothing happened twice. Prints its seed, which makes the choices repeatable, not the timing.
# With --transfer-kills it kills transfer N times in one sync instead, and prints how many bytes the peer had to send again for each.
# Servers as for test.sh. The exit code is 0 only if every round was sound.
set -euo pipefail
for part in common processes dotnet; do
  # shellcheck source=/dev/null
  source "$(dirname "${BASH_SOURCE[0]}")/lib/$part.sh"
done

rounds=20 kills="" seed=$((RANDOM * 32768 + RANDOM)) build=true
while (($# > 0)); do
  case "$1" in
    --rounds) rounds="${2:-}"; [[ "$rounds" =~ ^[1-9][0-9]{0,4}$ ]] || die "--rounds wants a number from 1 to 99999"; shift 2 ;;
    --seed) seed="${2:-}"; [[ "$seed" =~ ^[0-9]{1,9}$ ]] || die "--seed wants a number of up to nine digits"; shift 2 ;;
    --transfer-kills) kills="${2:-}"; [[ "$kills" =~ ^[1-9][0-9]{0,3}$ ]] || die "--transfer-kills wants a number from 1 to 9999"; shift 2 ;;
    --no-build) build=false; shift ;;
    *) die "unknown argument: $1" "usage: soak.sh [--rounds N] [--seed N] [--transfer-kills N] [--no-build]" ;;
  esac
done

require_sdk
trap 'set +e; trap "" INT TERM HUP; stop_marked >/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
if "$build"; then
  build_release "the services and the soak" tests/Causality.EndToEnd.Tests/Causality.EndToEnd.Tests.csproj || die "the soak could not be built; the reasons stand above"
fi
if [[ -n "$kills" ]]; then
  note "$kills kills of transfer in one sync"
  env "$RUN_MARK" CAUSALITY_TRANSFER_KILLS="$kills" bash "$SCRIPTS/with-servers.sh" \
    "$REPOSITORY/tests/Causality.EndToEnd.Tests/bin/Release/net10.0/Causality.EndToEnd.Tests" \
    -noLogo -noColor -noAutoReporters -explicit only -class '*When_transfer_is_killed_again_and_again' -showLiveOutput
  exit
fi
note "seed $seed, $rounds rounds"
env "$RUN_MARK" CAUSALITY_SOAK_ROUNDS="$rounds" CAUSALITY_SOAK_SEED="$seed" bash "$SCRIPTS/with-servers.sh" \
  "$REPOSITORY/tests/Causality.EndToEnd.Tests/bin/Release/net10.0/Causality.EndToEnd.Tests" \
  -noLogo -noColor -noAutoReporters -explicit only -class '*When_services_die_at_random' -showLiveOutput

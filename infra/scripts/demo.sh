#!/usr/bin/env bash
# demo.sh [--entries FILE] [--json]
# Shows two operators whose logs differ become equal. Needs the .NET 10 SDK and nothing else.
# The options are those of `causality demo`; its exit code is this one's: 0 only when the operators converged.
set -euo pipefail
for part in common processes dotnet; do
  # shellcheck source=/dev/null
  source "$(dirname "${BASH_SOURCE[0]}")/lib/$part.sh"
done

require_sdk
trap 'set +e; trap "" INT TERM HUP; stop_marked >/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
build_release "the demo (the first time takes about a minute)" services/standalone/Causality.Standalone.csproj \
  || die "the demo could not be built; the reasons stand above"

env "$RUN_MARK" dotnet "$REPOSITORY/services/standalone/bin/Release/net10.0/causality.dll" demo "$@"

#!/usr/bin/env bash
# fuzz.sh [--minutes N | --cases N | --case N] [--target T] [--seed S]
# Feeds the parsers of everything that strangers write with valid inputs that were spoilt. Same seed, same cases. A fault ends it
# with the input and the command that shows it again. Default: 10,000 cases for each target, with a seed of chance.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
source "$(dirname "${BASH_SOURCE[0]}")/lib/dotnet.sh"
require_sdk
build_release "the fuzzer" tests/Causality.Fuzzing/Causality.Fuzzing.csproj || die "the fuzzer could not be built; the reasons stand above"
exec dotnet "$REPOSITORY/tests/Causality.Fuzzing/bin/Release/net10.0/Causality.Fuzzing.dll" "$@"

#!/usr/bin/env bash
# k8s-test.sh
# Renders every overlay of infra/k8s with kubectl and checks the result without a cluster (infra/k8s/validate): Kubernetes' schemas,
# names that refer to nothing, addresses that cannot be reached, and what is promised of every pod. First it makes sure that the checks refuse bad manifests.
# Exit code 0: all is well; 1: not; 77: it could not run here, the last line says why.
set -euo pipefail
for part in common; do
  # shellcheck source=/dev/null
  source "$(dirname "${BASH_SOURCE[0]}")/lib/$part.sh"
done
skip() { printf 'skipped: %s\n' "$*"; exit 77; }

command -v kubectl >/dev/null && kubectl kustomize --help >/dev/null 2>&1 || skip "there is no kubectl with kustomize"
command -v npm >/dev/null || skip "there is no npm"

folder="$(mktemp -d "${TMPDIR:-/tmp}/causality-k8s.XXXXXX")"
trap 'rm -rf "$folder"' EXIT
# A copy: an operator's own secrets stay out of it, and what is not in the repository must not be needed.
mkdir -p "$folder/infra"
cp -r "$REPOSITORY/infra/k8s" "$REPOSITORY/infra/postgres" "$folder/infra/"
rm -rf "$folder/infra/k8s/validate/node_modules" "$folder/infra/k8s/components"/*/files
bash "$REPOSITORY/infra/compose/make-secrets.sh" "$folder/infra/k8s/components/secrets/files" >/dev/null
mkdir "$folder/infra/k8s/components/s3/files"
for name in key.pem certificate.pem credentials; do printf 'example\n' >"$folder/infra/k8s/components/s3/files/$name"; done
validate="$folder/infra/k8s/validate"
(cd "$validate" && timeout 300 npm ci --ignore-scripts --no-audit --no-fund) >"$folder/npm.log" 2>&1 </dev/null \
  || { tail_of npm "$folder/npm.log"; skip "npm cannot fetch the schemas"; }

node "$validate/test.mjs" || die "the validation itself is wrong"
failed=0
for overlay in "$folder"/infra/k8s/overlays/*/; do
  overlay="${overlay%/}"
  # As its README says: where the database is outside, the connection strings name it.
  if [[ "${overlay##*/}" == production* ]]; then sed -i 's/^Host=postgres;/Host=postgres.example.org;/' "$folder"/infra/k8s/components/secrets/files/a/*-database; fi
  kubectl kustomize "$overlay" >"$folder/rendered.yaml" || { failed=1; continue; }
  printf '%s: ' "${overlay##*/}"
  node "$validate/validate.mjs" "$folder/rendered.yaml" || failed=1
done
((failed == 0)) || die "an overlay is not as it should be; the reasons stand above"

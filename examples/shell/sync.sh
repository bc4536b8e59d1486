#!/usr/bin/env bash
# sync.sh AMQP_ADDRESS [PEER_ID]: asks the operator of that virtual host to sync with a peer, or with all of them; prints the sync's id.
set -euo pipefail
(($# >= 1 && $# <= 2)) || { echo "usage: sync.sh AMQP_ADDRESS [PEER_ID]" >&2; exit 1; }
id="$(</proc/sys/kernel/random/uuid)" peer=""
if (($# == 2)); then peer="\"peerId\":\"$2\","; fi
printf '{"syncId":"%s",%s"requestedBy":"shell"}' "$id" "$peer" \
  | amqp-publish --url="$1" --exchange=Causality.Contracts:SyncRequested --routing-key= --content-type=application/json --persistent
printf '%s\n' "$id"

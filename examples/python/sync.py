"""sync.py AMQP_ADDRESS PEER_ID: asks the operator of that virtual host to sync with a peer, waits for the end and prints the event's message as JSON.

Exit code 0: the logs are equal now (SyncCompleted, or SyncSkipped because they were); 1: they are not, and the message says why.
"""
import json
import sys
import uuid

import pika

PATIENCE_SECONDS = 60
GOOD = ("SyncCompleted", "SyncSkipped")
ENDINGS = GOOD + ("SyncFailed", "SyncCancelled", "SyncRejected")


def contract(name):
    return f"Causality.Contracts:{name}"


def main(address, peer_id):
    connection = pika.BlockingConnection(pika.URLParameters(address))
    channel = connection.channel()
    channel.confirm_delivery()

    # A queue of our own, bound before we ask: an event that is published while nobody listens is gone.
    # The operator's user for programs may make queues of such names, and no exchanges: those are the services'.
    queue = channel.queue_declare(f"publisher.{uuid.uuid4()}", exclusive=True).method.queue
    for name in ENDINGS:
        channel.queue_bind(queue, contract(name))

    request = json.dumps({"peerId": peer_id, "requestedBy": "python"})
    channel.basic_publish(contract("SyncRequested"), "", request, pika.BasicProperties(content_type="application/json", delivery_mode=2))

    for method, _, body in channel.consume(queue, auto_ack=True, inactivity_timeout=PATIENCE_SECONDS):
        if method is None:
            sys.exit(f"no sync with {peer_id} ended within {PATIENCE_SECONDS} s")
        message = json.loads(body)["message"]
        # "coalesced" is no end: another sync with this peer runs, and what we ask for is done after it.
        if message.get("peerId") == peer_id and message.get("reason") != "coalesced":
            name = method.exchange.removeprefix(contract(""))
            print(f"{name}:", file=sys.stderr)
            print(json.dumps(message))
            connection.close()
            sys.exit(0 if name in GOOD else 1)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: sync.py AMQP_ADDRESS PEER_ID")
    main(sys.argv[1], sys.argv[2])

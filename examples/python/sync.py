"""sync.py AMQP_ADDRESS PEER_ID: asks the operator of that virtual host to sync with a peer, waits for SyncCompleted and prints its message as JSON."""
import json
import sys

import pika

PATIENCE_SECONDS = 60


def contract(name):
    return f"Causality.Contracts:{name}"


def main(address, peer_id):
    connection = pika.BlockingConnection(pika.URLParameters(address))
    channel = connection.channel()
    channel.confirm_delivery()

    # A queue of our own, bound before we ask: an event that is published while nobody listens is gone.
    channel.exchange_declare(contract("SyncCompleted"), exchange_type="fanout", durable=True)
    queue = channel.queue_declare("", exclusive=True).method.queue
    channel.queue_bind(queue, contract("SyncCompleted"))

    request = json.dumps({"peerId": peer_id, "requestedBy": "python"})
    channel.basic_publish(contract("SyncRequested"), "", request, pika.BasicProperties(content_type="application/json", delivery_mode=2))

    for method, _, body in channel.consume(queue, auto_ack=True, inactivity_timeout=PATIENCE_SECONDS):
        if method is None:
            sys.exit(f"no SyncCompleted with {peer_id} within {PATIENCE_SECONDS} s")
        message = json.loads(body)["message"]
        if message["peerId"] == peer_id:
            print(json.dumps(message))
            break
    connection.close()


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: sync.py AMQP_ADDRESS PEER_ID")
    main(sys.argv[1], sys.argv[2])

// node sync.js AMQP_ADDRESS PEER_ID
// Asks the operator of that virtual host to sync with a peer, waits for the end and prints the event's message as JSON.
// Exit code 0: the logs are equal now (SyncCompleted, or SyncSkipped because they were); 1: they are not, and the message says why.
"use strict";
const { randomUUID } = require("node:crypto");
const amqp = require("amqplib");

const [address, peerId] = process.argv.slice(2);
const contract = (name) => `Causality.Contracts:${name}`;
const good = ["SyncCompleted", "SyncSkipped"].map(contract);
const endings = [...good, ...["SyncFailed", "SyncCancelled", "SyncRejected"].map(contract)];
const patienceMs = 60_000;

async function main() {
  const connection = await amqp.connect(address);
  const channel = await connection.createConfirmChannel();

  // A queue of our own, bound before we ask: an event that is published while nobody listens is gone.
  // The operator's user for programs may make queues of such names, and no exchanges: those are the services'.
  const { queue } = await channel.assertQueue(`publisher.${randomUUID()}`, { exclusive: true });
  for (const ending of endings) await channel.bindQueue(queue, ending, "");

  const ended = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`no sync with ${peerId} ended within ${patienceMs} ms`)), patienceMs).unref();
    channel.consume(queue, ({ content, fields }) => {
      const { message } = JSON.parse(content.toString("utf8"));
      // "coalesced" is no end: another sync with this peer runs, and what we ask for is done after it.
      if (message.peerId === peerId && message.reason !== "coalesced") resolve({ message, exchange: fields.exchange });
    }, { noAck: true });
  });

  channel.publish(contract("SyncRequested"), "", Buffer.from(JSON.stringify({ peerId, requestedBy: "node" })), { contentType: "application/json", persistent: true });
  await channel.waitForConfirms();
  const { message, exchange } = await ended;
  process.stderr.write(`${exchange.replace(contract(""), "")}:\n`);
  process.stdout.write(`${JSON.stringify(message)}\n`);
  await connection.close();
  process.exitCode = good.includes(exchange) ? 0 : 1;
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});

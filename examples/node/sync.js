// node sync.js AMQP_ADDRESS PEER_ID
// Asks the operator of that virtual host to sync with a peer, waits for SyncCompleted and prints its message as JSON.
"use strict";
const amqp = require("amqplib");

const [address, peerId] = process.argv.slice(2);
const contract = (name) => `Causality.Contracts:${name}`;
const patienceMs = 60_000;

async function main() {
  const connection = await amqp.connect(address);
  const channel = await connection.createConfirmChannel();

  // A queue of our own, bound before we ask: an event that is published while nobody listens is gone.
  await channel.assertExchange(contract("SyncCompleted"), "fanout", { durable: true });
  const { queue } = await channel.assertQueue("", { exclusive: true });
  await channel.bindQueue(queue, contract("SyncCompleted"), "");

  const completed = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error(`no SyncCompleted with ${peerId} within ${patienceMs} ms`)), patienceMs).unref();
    channel.consume(queue, (delivery) => {
      const { message } = JSON.parse(delivery.content.toString("utf8"));
      if (message.peerId === peerId) resolve(message);
    }, { noAck: true });
  });

  channel.publish(contract("SyncRequested"), "", Buffer.from(JSON.stringify({ peerId })), { contentType: "application/json" });
  await channel.waitForConfirms();
  process.stdout.write(`${JSON.stringify(await completed)}\n`);
  await connection.close();
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});

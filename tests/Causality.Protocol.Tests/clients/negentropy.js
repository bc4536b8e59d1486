"use strict";
// Negentropy of npm nostr-tools (nip77) for the conformance tests.
//   node negentropy.js           reads a command a line (JSON), answers with a line each:
//     {"open":"NAME","items":[[seconds,"id in hex"],...],"frame":60000}   a set and a session
//     {"initiate":"NAME"}                                                  -> {"message":hex}
//     {"reconcile":"NAME","message":hex}                                   -> {"message":hex or null,"have":[..],"need":[..]}
//   node negentropy.js vectors   prints the fixed vectors of tests/Causality.Core.Tests/Reconciliation/negentropy-vectors.json
// It implements the asking side: it answers fingerprints in both roles, but never an id list with one of its own.
const { createHash } = require("node:crypto");
const { createInterface } = require("node:readline");
// By path, because the package does not export it.
const { Negentropy, NegentropyStorageVector } = require("./node_modules/nostr-tools/lib/cjs/nip77.js");

function session(items, frame) {
  const storage = new NegentropyStorageVector();
  for (const [seconds, id] of items) storage.insert(seconds, id);
  storage.seal();
  return new Negentropy(storage, frame);
}

// An item follows from its number, so that the vectors need not list them.
const item = (number, spread) => [
  Math.floor(number / spread) * 7,
  createHash("sha256").update(`item ${number}`).digest("hex"),
];
const set = (count, spread, isLeftOut) => [...Array(count).keys()].filter((number) => !isLeftOut(number)).map((number) => item(number, spread));

function hasIdList(message) {
  const bytes = Buffer.from(message, "hex");
  let at = 1;
  const varint = () => {
    for (let value = 0; ; ) {
      const next = bytes[at++];
      value = value * 128 + (next & 127);
      if (next < 128) return value;
    }
  };
  while (at < bytes.length) {
    varint();
    const prefix = varint();
    at += prefix;
    const mode = varint();
    if (mode === 2) return true;
    if (mode === 1) at += 16;
  }
  return false;
}

function vectors() {
  const cases = [
    { name: "both empty", count: 0, spread: 1, client: [1, 0], server: [1, 0] },
    { name: "a list", count: 31, spread: 1, client: [5, 0], server: [7, 3] },
    { name: "one more than a list", count: 40, spread: 1, client: [6, 0], server: [7, 3] },
    { name: "one timestamp for all", count: 600, spread: 600, client: [50, 1], server: [70, 3] },
    { name: "scattered", count: 3000, spread: 3, client: [100, 1], server: [90, 5] },
    { name: "equal", count: 500, spread: 2, client: [0, 0], server: [0, 0] },
    { name: "client empty", count: 100, spread: 1, client: [1, 0], server: [0, 0] },
  ];
  return cases.map(({ name, count, spread, client, server }) => {
    const without = ([every, rest]) => (number) => every > 0 && number % every === rest;
    const asking = session(set(count, spread, without(client)), 1 << 20);
    const answering = session(set(count, spread, without(server)), 1 << 20);
    const steps = [{ by: "client", input: null, output: asking.initiate() }];
    // For as long as both understand each other, that is, up to the first id list.
    while (steps.at(-1).output !== null && !hasIdList(steps.at(-1).output)) {
      const input = steps.at(-1).output;
      const by = steps.at(-1).by === "client" ? "server" : "client";
      steps.push({ by, input, output: (by === "client" ? asking : answering).reconcile(input) });
    }
    return { name, count, spread, client, server, steps };
  });
}

if (process.argv[2] === "vectors") {
  console.log(JSON.stringify(vectors(), null, 1));
} else {
  const sessions = new Map();
  const answer = (command) => {
    if (command.open) {
      sessions.set(command.open, session(command.items, command.frame));
      return {};
    }
    if (command.initiate) return { message: sessions.get(command.initiate).initiate() };
    const [have, need] = [[], []];
    const message = sessions.get(command.reconcile).reconcile(command.message, (id) => have.push(id), (id) => need.push(id));
    return { message, have, need };
  };
  createInterface({ input: process.stdin }).on("line", (line) => console.log(JSON.stringify(answer(JSON.parse(line)))));
}

// node server.js FOLDER BUCKET: serves S3 on a free port of this machine and prints the port.
"use strict";
const S3rver = require("s3rver");

const [directory, bucket] = process.argv.slice(2);
const server = new S3rver({ address: "127.0.0.1", port: 0, silent: true, directory, configureBuckets: [{ name: bucket }] });
server.run().then(({ port }) => process.stdout.write(`${port}\n`));
// Ends with the test that holds our standard input.
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));

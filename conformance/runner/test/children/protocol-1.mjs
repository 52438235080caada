// A program as strict as version 1 of the protocol allows: it ends at a command or a member
// that version 1 does not have, and its answers contain nothing newer. Its tables never change.
// Our own implementation computes the answers.
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { oauth1Implementation, serveImplementation } from "@oauth1/conformance";

// A question mark means optional.
const REQUESTS = {
  describe: [],
  "percent-encode": ["text?", "octets?"],
  "base-string": ["method", "url", "parameters", "form"],
  signature: [
    "baseString",
    "clientSharedSecret",
    "tokenSharedSecret",
    "signatureMethod",
    "privateKey?",
  ],
  sign: [
    "method",
    "url",
    "form",
    "body",
    "client",
    "token",
    "signatureMethod",
    "timestamp",
    "nonce",
    "version",
    "realm",
    "callback",
    "verifier",
    "transmission",
  ],
  verify: [
    "method",
    "url",
    "headers",
    "body",
    "clientSharedSecret",
    "tokenSharedSecret",
    "publicKey?",
    "certificate?",
    "signatureMethods?",
  ],
  stop: [],
};
const CLIENT = ["identifier", "sharedSecret", "privateKey?"];
const TOKEN = ["identifier", "sharedSecret"];

const ANSWERS = [
  ["id", "name", "version", "language", "commands", "signatureMethods", "transmissions"],
  ["result", "authorization", "url", "body", "baseString", "signature", "valid", "problem"],
  ["unsupported", "error"],
].flat();

const requests = new PassThrough();
const answers = new PassThrough();
serveImplementation(oauth1Implementation(), { input: requests, output: answers });

createInterface({ input: answers }).on("line", (line) => {
  const members = Object.entries(JSON.parse(line)).filter(([name]) => ANSWERS.includes(name));
  const answer = Object.fromEntries(members);
  if (answer.commands) answer.commands = answer.commands.filter((name) => name in REQUESTS);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
});

for await (const line of createInterface({ input: process.stdin })) {
  const { id: _, command, ...members } = JSON.parse(line);
  if (!Object.hasOwn(REQUESTS, command)) end(`${command} is not a command of version 1`);
  requireMembers(command, members, REQUESTS[command]);
  if (members.client) requireMembers("client", members.client, CLIENT);
  if (members.token) requireMembers("token", members.token, TOKEN);
  requests.write(`${line}\n`);
  if (command === "stop") break;
}

function requireMembers(what, members, known) {
  for (const name of known) {
    if (!name.endsWith("?") && !Object.hasOwn(members, name)) end(`${what} has no ${name}`);
  }
  for (const name of Object.keys(members)) {
    if (!known.includes(name) && !known.includes(`${name}?`)) end(`${what} has ${name}`);
  }
}

function end(why) {
  process.stderr.write(`${why}\n`);
  process.exit(3);
}

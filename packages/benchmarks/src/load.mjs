// Measures Fastify and Hono with and without the verifier, on loopback: requests per second, and
// whether each response is correct. Writes docs/load.md, which nothing else writes.
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { arch, cpus, platform } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createSigner } from "@oauth1/signer";
import { request } from "./request.mjs";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "200000" },
    rounds: { type: "string", default: "5" },
  },
});
const ROUNDS = Number(values.rounds);
const REQUESTS_A_ROUND = Math.ceil(Number(values.requests) / ROUNDS);
const CONNECTIONS = 50;
/** Concurrent requests on each connection. */
const PIPELINED = 1;
/** One of this many requests is signed with another secret, and must be rejected. */
const WRONG_EVERY = 100;

const { client, token } = request;
const right = createSigner({ client, token });
const wrong = createSigner({ client: { ...client, sharedSecret: "guessed" }, token });

/**
 * @typedef {object} Candidate
 * @property {string} framework
 * @property {boolean} verified
 * @property {number} port
 * @property {number} pid
 * @property {number[]} rates requests per second of each round
 * @property {number[]} costs microseconds of the server's processor time per request of each round
 * @property {number} errors
 * @property {() => void} stop
 */

/** The server and the client each have a core, so that they do not compete. */
const hasCores = platform() === "linux" && cpus().length > 1 && existsSync("/usr/bin/taskset");
pin(process.pid, 0);

/** @type {Candidate[]} */
const candidates = [];
for (const framework of ["Fastify", "Hono"]) {
  for (const verified of [false, true]) {
    const child = fork(fileURLToPath(new URL("load-server.mjs", import.meta.url)), [
      framework,
      verified ? "verified" : "open",
    ]);
    const [{ port }] = await once(child, "message");
    const pid = child.pid ?? Number.NaN;
    pin(pid, 1);
    candidates.push({
      framework,
      verified,
      port,
      pid,
      rates: [],
      costs: [],
      errors: 0,
      stop: () => child.disconnect(),
    });
  }
}
for (const candidate of candidates) await run(candidate, Math.ceil(REQUESTS_A_ROUND / 4));
for (let round = 0; round < ROUNDS; round++) {
  for (const candidate of candidates) {
    const { rate, cost, errors } = await run(candidate, REQUESTS_A_ROUND);
    candidate.rates.push(rate);
    candidate.costs.push(cost);
    candidate.errors += errors;
  }
}
for (const { stop } of candidates) stop();
const page = pageOf();
writeFileSync(fileURLToPath(new URL("../../../docs/load.md", import.meta.url)), page);
console.log(page);
if (candidates.some(({ errors }) => errors > 0)) process.exitCode = 1;

/**
 * Sends signed requests, and compares each status with the expected one. The same requests go to a
 * server without the verifier.
 *
 * @param {Candidate} candidate
 * @param {number} count
 */
async function run({ port, pid, verified }, count) {
  const url = `http://127.0.0.1:${port}/photos?file=vacation.jpg&size=original`;
  const target = url.slice(url.indexOf("/photos"));
  const perConnection = Math.ceil(count / CONNECTIONS / PIPELINED) * PIPELINED;
  // Signed before the clock starts, because only the server is measured.
  const queues = Array.from({ length: CONNECTIONS }, () =>
    Array.from({ length: perConnection }, (_, index) => {
      const isWrong = index % WRONG_EVERY === 7;
      const { headers } = (isWrong ? wrong : right).sign({ method: "GET", url });
      const text = `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: ${headers["Authorization"]}\r\n\r\n`;
      return { text, status: verified && isWrong ? 401 : 200 };
    }),
  );
  const before = processorTime(pid);
  const start = performance.now();
  const errors = await Promise.all(queues.map((queue) => send(port, queue)));
  const seconds = (performance.now() - start) / 1000;
  return {
    rate: (perConnection * CONNECTIONS) / seconds,
    cost: (processorTime(pid) - before) / (perConnection * CONNECTIONS),
    errors: errors.reduce((sum, number) => sum + number, 0),
  };
}

/**
 * @param {number} port
 * @param {readonly { text: string, status: number }[]} queue
 * @returns {Promise<number>} the number of unexpected responses
 */
function send(port, queue) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let sent = 0;
    let answered = 0;
    let errors = 0;
    let rest = "";
    const next = () => {
      const batch = queue.slice(sent, sent + PIPELINED);
      sent += batch.length;
      socket.write(batch.map(({ text }) => text).join(""), "latin1");
    };
    socket.setEncoding("latin1");
    socket.on("data", (chunk) => {
      const text = rest + chunk;
      let end = 0;
      for (const match of text.matchAll(/HTTP\/1\.1 (\d{3}) /g)) {
        end = match.index + match[0].length;
        if (Number(match[1]) !== queue[answered++]?.status) errors++;
      }
      // A status line can be split in two.
      rest = text.slice(Math.max(end, text.length - 12));
      if (answered === queue.length) {
        socket.destroy();
        resolve(errors);
      } else if (answered === sent) next();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the server closed the connection")));
    next();
  });
}

/**
 * @param {number} pid
 * @param {number} core
 */
function pin(pid, core) {
  if (hasCores) execFileSync("/usr/bin/taskset", ["-acp", String(core), String(pid)]);
}

/**
 * Microseconds of processor time that a process used, including system calls.
 *
 * @param {number} pid
 */
function processorTime(pid) {
  if (platform() !== "linux") return Number.NaN;
  // proc(5): the command in brackets, then utime and stime as the 12th and 13th field, in 1/100 s.
  const [, fields = ""] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const [user, system] = fields.split(" ").slice(11, 13).map(Number);
  return ((user ?? 0) + (system ?? 0)) * 10_000;
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function pageOf() {
  const rows = candidates.map(({ framework, verified, rates, costs, errors }, index) => {
    const open = candidates[index - 1];
    const ratio =
      verified && open ? `${((100 * median(rates)) / median(open.rates)).toFixed(0)} %` : "";
    const cost = median(costs).toFixed(1);
    const total = (REQUESTS_A_ROUND * ROUNDS).toLocaleString("en");
    return `| ${framework} | ${verified ? "yes" : "no"} | ${total} | ${median(rates).toFixed(0)} | ${ratio} | ${cost} | ${errors} |`;
  });
  return `# The cost of verifying under load

\`npx pnpm --filter @oauth1/benchmarks bench:load\` writes this page.

A server and a client in separate processes, over loopback: ${CONNECTIONS} connections with ${PIPELINED} concurrent request
each${hasCores ? ", each process on its own core" : ""}. Every request is a GET with a token, signed with HMAC-SHA1 and a unique nonce before the
clock starts. One in ${WRONG_EVERY} is signed with another secret. The verifier uses the memory store of nonces, and
the status of each response is checked. The same requests go to the same server without the verifier. The
handler sends 13 bytes of JSON, \`{"photos":[]}\`. In a handler that does more, the verifier has a smaller
share. The rates are medians of ${ROUNDS} rounds, in which the four servers alternate.

The server's processor time per request shows the cost of the verifier if the client, or another
program, limits the rate. It includes system calls, and those of the loopback, which does the
receiver's work in the sender's time.

${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, ${platform()} ${arch()}, Node ${process.versions.node}.

| framework | verifier | requests | per second | relative to no verifier | server, µs per request | wrong responses |
| --- | --- | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}
`;
}

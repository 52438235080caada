// Sends signed requests to servers with and without the verifier, over loopback.
import { execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { cpus, platform } from "node:os";
import { fileURLToPath } from "node:url";
import { createSigner } from "@oauth1/signer";
import { request } from "./request.mjs";

export const CONNECTIONS = 50;
/** Concurrent requests on each connection. */
export const PIPELINED = 1;
/** One of this many requests is signed with another secret, and must be rejected. */
export const WRONG_EVERY = 100;

/** The server and the client each have a core, so that they do not compete. */
export const hasCores =
  platform() === "linux" && cpus().length > 1 && existsSync("/usr/bin/taskset");

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

/**
 * Measures servers of each framework, with and without the verifier, in turn.
 *
 * @param {readonly string[]} frameworks
 * @param {{ rounds: number, requests: number }} options requests of a round
 */
export async function measureServers(frameworks, { rounds, requests }) {
  pin(process.pid, 0);
  /** @type {Candidate[]} */
  const candidates = [];
  for (const framework of frameworks) {
    for (const verified of [false, true]) candidates.push(await start(framework, verified));
  }
  try {
    for (const candidate of candidates) await run(candidate, Math.ceil(requests / 4));
    for (let round = 0; round < rounds; round++) {
      for (const candidate of candidates) {
        const { rate, cost, errors } = await run(candidate, requests);
        candidate.rates.push(rate);
        candidate.costs.push(cost);
        candidate.errors += errors;
      }
    }
  } finally {
    for (const { stop } of candidates) stop();
  }
  return candidates;
}

/**
 * @param {string} framework
 * @param {boolean} verified
 * @returns {Promise<Candidate>}
 */
async function start(framework, verified) {
  const program = fileURLToPath(new URL("load-server.mjs", import.meta.url));
  const child = fork(program, [framework, verified ? "verified" : "open"]);
  const [{ port }] = await once(child, "message");
  const pid = child.pid ?? Number.NaN;
  pin(pid, 1);
  const stop = () => child.disconnect();
  return { framework, verified, port, pid, rates: [], costs: [], errors: 0, stop };
}

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
export function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

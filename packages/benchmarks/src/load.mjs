// Fastify and Hono with the verifier and without, on loopback: requests a second, and whether each
// request is answered rightly. Writes docs/load.md; nothing else writes that file.
import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
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
/** Requests on their way at a time on each connection. */
const PIPELINED = 1;
/** One of so many requests is signed with another secret, and has to be refused. */
const WRONG_EVERY = 100;

const { client, token } = request;
const right = createSigner({ client, token });
const wrong = createSigner({ client: { ...client, sharedSecret: "guessed" }, token });

/** @typedef {{ framework: string, verified: boolean, port: number, rates: number[], errors: number, stop(): void }} Candidate */

/** @type {Candidate[]} */
const candidates = [];
for (const framework of ["Fastify", "Hono"]) {
  for (const verified of [false, true]) {
    const child = fork(fileURLToPath(new URL("load-server.mjs", import.meta.url)), [
      framework,
      verified ? "verified" : "open",
    ]);
    const [{ port }] = await once(child, "message");
    candidates.push({
      framework,
      verified,
      port,
      rates: [],
      errors: 0,
      stop: () => child.disconnect(),
    });
  }
}
for (const candidate of candidates) await run(candidate, Math.ceil(REQUESTS_A_ROUND / 4));
for (let round = 0; round < ROUNDS; round++) {
  for (const candidate of candidates) {
    const { rate, errors } = await run(candidate, REQUESTS_A_ROUND);
    candidate.rates.push(rate);
    candidate.errors += errors;
  }
}
for (const { stop } of candidates) stop();
const page = pageOf();
writeFileSync(fileURLToPath(new URL("../../../docs/load.md", import.meta.url)), page);
console.log(page);
if (candidates.some(({ errors }) => errors > 0)) process.exitCode = 1;

/**
 * Sends signed requests, the same to a server without the verifier, and holds each status against
 * what it has to be.
 *
 * @param {Candidate} candidate
 * @param {number} count
 */
async function run({ port, verified }, count) {
  const url = `http://127.0.0.1:${port}/photos?file=vacation.jpg&size=original`;
  const target = url.slice(url.indexOf("/photos"));
  const perConnection = Math.ceil(count / CONNECTIONS / PIPELINED) * PIPELINED;
  // Signed before the clock starts: what is measured is the server.
  const queues = Array.from({ length: CONNECTIONS }, () =>
    Array.from({ length: perConnection }, (_, index) => {
      const isWrong = index % WRONG_EVERY === 7;
      const { headers } = (isWrong ? wrong : right).sign({ method: "GET", url });
      const text = `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: ${headers["Authorization"]}\r\n\r\n`;
      return { text, status: verified && isWrong ? 401 : 200 };
    }),
  );
  const start = performance.now();
  const errors = await Promise.all(queues.map((queue) => send(port, queue)));
  const seconds = (performance.now() - start) / 1000;
  return {
    rate: (perConnection * CONNECTIONS) / seconds,
    errors: errors.reduce((sum, number) => sum + number, 0),
  };
}

/**
 * @param {number} port
 * @param {readonly { text: string, status: number }[]} queue
 * @returns {Promise<number>} how many answers were not as they have to be
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
      // A status line may be cut in two.
      rest = text.slice(Math.max(end, text.length - 12));
      if (answered === queue.length) {
        socket.destroy();
        resolve(errors);
      } else if (answered === sent) next();
    });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the server hung up")));
    next();
  });
}

/** @param {readonly number[]} numbers */
function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function pageOf() {
  const rows = candidates.map(({ framework, verified, rates, errors }, index) => {
    const open = candidates[index - 1];
    const ratio =
      verified && open ? `${((100 * median(rates)) / median(open.rates)).toFixed(0)} %` : "";
    const total = (REQUESTS_A_ROUND * ROUNDS).toLocaleString("en");
    return `| ${framework} | ${verified ? "yes" : "no"} | ${total} | ${median(rates).toFixed(0)} | ${ratio} | ${errors} |`;
  });
  return `# What verifying costs under load

\`npx pnpm --filter @oauth1/benchmarks bench:load\` writes this page.

A server in one process, a client in another, over loopback: ${CONNECTIONS} connections with ${PIPELINED} request on its way
on each. Every request is a GET with a token, signed by HMAC-SHA1 with a nonce of its own before the
clock starts; one in ${WRONG_EVERY} is signed with another secret. The verifier has the memory store of nonces, and
each answer's status is checked. The same requests go to the same server without the verifier, which
does next to nothing: a handler that does something leaves the verifier a smaller share. The rates are medians of ${ROUNDS} rounds,
which the four servers take in turn.

${cpus()[0]?.model ?? "unknown processor"}, ${cpus().length} cores, ${platform()} ${arch()}, Node ${process.versions.node}.

| framework | verifier | requests | a second | of those without | wrong answers |
| --- | --- | ---: | ---: | ---: | ---: |
${rows.join("\n")}
`;
}

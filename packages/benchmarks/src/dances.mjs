// Dances with a provider that has few tokens stored, and with one that has many: two databases of one
// PostgreSQL, in turn, so that other programs on the machine slow both down equally.
// Writes docs/provider-load.md, and fails if the median latency of a step differs too much.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createSigner } from "@oauth1/signer";
import { openStorage } from "@oauth1/storage";
import { startPostgres } from "@oauth1/test-servers";
import { openConnections } from "./connections.mjs";
import { measuredOn } from "./measured-on.mjs";
import { countsOf, fill, ownerName } from "./stored-credentials.mjs";

const { values } = parseArgs({ options: { dances: { type: "string", default: "50000" } } });
const DANCES = Number(values.dances);
const SIZES = [10_000, 1_000_000];
/** The number of dances that run concurrently. */
const CONNECTIONS = 4;
/** The dances that warm up the compiler and the caches. */
const WARM_UP = 500;
/** The medians must differ by less. */
const DIFFERENCE = 0.2;
const CLIENT = {
  identifier: "dpf43f3p2l4k3l03",
  sharedSecrets: ["kd94hf93k423kf44"],
  name: "Printer",
  developer: "Example Printers",
  access: ["See your photos"],
  callbacks: ["http://printer.example.com/ready"],
};
const client = { identifier: CLIENT.identifier, sharedSecret: "kd94hf93k423kf44" };

const STEPS = /** @type {const} */ ([
  "temporary credentials",
  "consent page",
  "decision",
  "token",
  "call of the API",
  "list of tokens",
  "revocation",
]);

/**
 * @typedef {object} Side a provider with a database of its own
 * @property {number} tokens
 * @property {number} port
 * @property {Awaited<ReturnType<typeof openConnections>>} connections
 * @property {Record<typeof STEPS[number], number[]>} latencies milliseconds
 */

const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-dances-"));
const postgres = await startPostgres();
try {
  const sides = await measure();
  const rows = STEPS.map((step) => {
    const [few = Number.NaN, many = Number.NaN] = sides.map(({ latencies }) =>
      median(latencies[step]),
    );
    return { step, few, many, ratio: many / few };
  });
  const page = pageOf(rows, sides);
  writeFileSync(fileURLToPath(new URL("../../../docs/provider-load.md", import.meta.url)), page);
  console.log(page);
  const different = rows.filter(({ ratio }) => !(Math.abs(ratio - 1) < DIFFERENCE));
  if (different.length > 0) {
    console.error("the median latency differs too much:", different);
    process.exitCode = 1;
  }
} finally {
  await postgres.stop();
  rmSync(dataFolder, { recursive: true, force: true });
}

async function measure() {
  const databaseUrls = await Promise.all(SIZES.map((tokens) => createDatabase(`tokens_${tokens}`)));
  for (const [index, databaseUrl] of databaseUrls.entries()) {
    await fill({ dataFolder, databaseUrl }, SIZES[index] ?? 0);
  }
  const server = spawn(
    process.execPath,
    [
      fileURLToPath(new URL("dance-server.mjs", import.meta.url)),
      JSON.stringify({ dataFolder, databaseUrls, client: CLIENT }),
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const exited = once(server, "exit");
  const [line] = await Promise.race([
    once(createInterface({ input: server.stdout }), "line"),
    exited.then(([code]) => {
      throw new Error(`the provider must listen, but it exited with ${code}`);
    }),
  ]);
  const sides = await Promise.all(
    /** @type {number[]} */ (JSON.parse(line)).map(async (port, index) => ({
      tokens: SIZES[index] ?? 0,
      port,
      connections: await openConnections(port, CONNECTIONS),
      latencies: noLatencies(),
    })),
  );
  await danceInTurn(sides, WARM_UP);
  for (const side of sides) side.latencies = noLatencies();
  await danceInTurn(sides, DANCES);
  for (const { connections } of sides) connections.close();
  server.kill();
  await exited;
  return sides;
}

/** @param {string} name */
async function createDatabase(name) {
  const storage = await openStorage({ dataFolder, databaseUrl: postgres.url }, {});
  await storage.client.query(`create database ${name}`, []);
  await storage.close();
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  return String(url);
}

/**
 * Makes dances with one side, then the other, and so on.
 *
 * @param {readonly Side[]} sides
 * @param {number} count
 */
async function danceInTurn(sides, count) {
  let begun = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (begun < count) {
        if (begun % 1000 === 0) console.error(`${begun} of ${count} dances`);
        const side = sides[begun++ % sides.length];
        if (side !== undefined) await dance(side);
      }
    }),
  );
}

/**
 * RFC 5849 §2, then a call of the API, and the page on which the resource owner revokes the token, so
 * that the number of tokens stays the same.
 *
 * @param {Side} side
 */
async function dance({ port, connections, latencies, tokens }) {
  const origin = `http://127.0.0.1:${port}`;
  const owner = ownerName(Math.floor(Math.random() * countsOf(tokens).owners));
  const cookie = `Cookie: owner=${owner}\r\n`;

  /**
   * @param {typeof STEPS[number]} step
   * @param {number} status the expected one
   * @param {string} method
   * @param {string} path
   * @param {string} headers
   * @param {string} [body]
   */
  async function send(step, status, method, path, headers, body = "") {
    const text =
      `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${headers}` +
      `${method === "POST" ? `Content-Length: ${body.length}\r\n` : ""}\r\n${body}`;
    const start = performance.now();
    const answer = await connections.send(() => text);
    latencies[step].push(performance.now() - start);
    if (answer.status !== status) {
      throw new Error(`${step}: ${answer.status} instead of ${status}: ${answer.body}`);
    }
    return answer;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {Credentials} [token]
   * @param {readonly [string, string][]} [protocolParameters]
   */
  function signed(method, path, token, protocolParameters = []) {
    const signer = createSigner({ client, token });
    const { headers } = signer.sign({ method, url: origin + path }, { protocolParameters });
    return `Authorization: ${headers["Authorization"]}\r\n`;
  }

  const [callback = ""] = CLIENT.callbacks;
  const first = signed("POST", "/oauth/initiate", undefined, [["oauth_callback", callback]]);
  const begun = await send("temporary credentials", 200, "POST", "/oauth/initiate", first);
  const temporary = credentialsIn(begun.body);

  const address = `/oauth/authorize?oauth_token=${temporary.identifier}`;
  const page = await send("consent page", 200, "GET", address, cookie);
  const binding = /name="binding" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  const form = new URLSearchParams({
    oauth_token: temporary.identifier,
    binding,
    decision: "approve",
  });
  const ofForm = `${cookie}Content-Type: application/x-www-form-urlencoded\r\n`;
  const decided = await send("decision", 303, "POST", "/oauth/authorize", ofForm, String(form));
  const verifier = /oauth_verifier=([\w-]+)/.exec(decided.head)?.[1] ?? "";

  const last = signed("POST", "/oauth/token", temporary, [["oauth_verifier", verifier]]);
  const token = credentialsIn((await send("token", 200, "POST", "/oauth/token", last)).body);

  const called = await send(
    "call of the API",
    200,
    "GET",
    "/photos",
    signed("GET", "/photos", token),
  );
  if (called.body !== owner) throw new Error(`the token must be of ${owner}: ${called.body}`);

  const listed = await send("list of tokens", 200, "GET", "/tokens", cookie);
  if (!listed.body.includes(token.identifier)) throw new Error(`${owner} must have the token`);
  const revoked = await send(
    "revocation",
    200,
    "POST",
    `/revoke?token=${token.identifier}`,
    cookie,
  );
  if (revoked.body !== "true") throw new Error("the token must be revoked");
}

/** @typedef {{ identifier: string, sharedSecret: string }} Credentials */

/**
 * @param {string} body
 * @returns {Credentials}
 */
function credentialsIn(body) {
  const form = new URLSearchParams(body);
  return {
    identifier: form.get("oauth_token") ?? "",
    sharedSecret: form.get("oauth_token_secret") ?? "",
  };
}

function noLatencies() {
  return /** @type {Side["latencies"]} */ (
    Object.fromEntries(STEPS.map((step) => [step, /** @type {number[]} */ ([])]))
  );
}

/** @param {readonly number[]} times */
function median(times) {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)] ?? Number.NaN;
}

/**
 * @param {readonly { step: string, few: number, many: number, ratio: number }[]} rows
 * @param {readonly Side[]} sides
 */
function pageOf(rows, sides) {
  const [few, many] = SIZES.map(countsOf);
  /** @param {number | undefined} number */
  const write = (number) => (number ?? 0).toLocaleString("en");
  const danced = sides.map(({ latencies }) => latencies.token.length);
  const table = rows.map(
    ({ step, few, many, ratio }) =>
      `| ${step} | ${few.toFixed(2)} | ${many.toFixed(2)} | ${ratio.toFixed(2)} |`,
  );
  return `# Load of the provider

\`npx pnpm --filter @oauth1/benchmarks bench:dances\` writes this page. It shows that the latency of
\`@oauth1/provider\` does not depend on the number of stored tokens. It fails if the median of a step differs by
${DIFFERENCE * 100} % or more.

A process serves two providers over HTTP, each with a database of its own in one PostgreSQL, which has its default
settings and syncs each commit to the disk. One database contains ${write(few?.tokens)} tokens of ${write(few?.owners)} resource owners, and
${write(few?.temporaries)} temporary credentials that wait for a decision. The other contains ${write(many?.tokens)} tokens of ${write(many?.owners)}
resource owners, and ${write(many?.temporaries)} temporary credentials. A dance is the three steps of RFC
5849 §2: temporary credentials, the decision of the resource owner, and a token. A client makes ${write(danced[0])} dances with
the first and ${write(danced[1])} with the second, in turn, so that both see the same machine. ${CONNECTIONS} dances run at a time. Each is
for a random resource owner with stored tokens. It calls an API with the new token, lists the tokens of the resource owner, and revokes the new one. Nonces
are stored in the same database. The client checks every response.

The client, the provider and PostgreSQL share the machine, so the ratio matters more than the milliseconds.

${measuredOn}

| step | median with ${write(few?.tokens)} tokens, ms | median with ${write(many?.tokens)} tokens, ms | ratio |
| --- | ---: | ---: | ---: |
${table.join("\n")}
`;
}

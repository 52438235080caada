// Two processes of the console on one PostgreSQL and one Redis, under a steady load of signed calls,
// while an administrator creates, edits, disables and rotates keys. Each response is checked. Writes
// the console's section of docs/load.md.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { createKey, openInstallation, readCalls, readUsage, SYSTEM } from "@oauth1/api-keys";
import { firstStart } from "@oauth1/api-keys/admin";
import { startPostgres, startRedis } from "@oauth1/test-servers";
import { openConnections } from "./connections.mjs";
import { fieldsOf, signerOf, signIn, startConsole } from "./console-process.mjs";
import { writeConsoleSection } from "./load-page.mjs";
import { measuredOn } from "./measured-on.mjs";

const { values } = parseArgs({
  options: {
    rate: { type: "string", default: "2000" },
    seconds: { type: "string", default: "60" },
  },
});
const RATE = Number(values.rate);
const SECONDS = Number(values.seconds);
const CONNECTIONS = 32; // to each process
const KEYS = 20; // that nobody changes
const TICK = 10; // milliseconds
/** A change is effective in every process after this many milliseconds. */
const EFFECTIVE = 5000;
const NEW_KEY_EFFECTIVE = 1000;
const ECHO = "echo/data/data-access";

/**
 * @typedef {object} Target a key, and what a call with it must get
 * @property {string} id
 * @property {ReturnType<typeof signerOf>} signer
 * @property {number} status
 * @property {number} since performance.now() of the change; both statuses are right for a while
 * @property {number} settles milliseconds
 * @property {number} verified
 * @property {number} rejected
 */

const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-console-load-"));
const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
const servers = { dataFolder, databaseUrl: postgres.url, redisUrl: redis.url };
try {
  const result = await measure();
  writeConsoleSection(sectionOf(result));
  console.log(sectionOf(result));
  if (result.wrong.length > 0) {
    console.error(result.wrong.slice(0, 20));
    process.exitCode = 1;
  }
} finally {
  await Promise.all([postgres.stop(), redis.stop()]);
  rmSync(dataFolder, { recursive: true, force: true });
}

async function measure() {
  const options = { dataFolder, databaseUrl: postgres.url };
  const installation = await openInstallation(options);
  const { accountId } = await firstStart(installation);
  /** @type {Target[]} */
  const steady = [];
  for (let number = 0; number < KEYS; number++) {
    const made = await createKey(installation, accountId, SYSTEM, fieldsOf(`Steady ${number}`));
    steady.push(targetOf(made));
  }
  await installation.close();

  const processes = [await startConsole(servers), await startConsole(servers)];
  const ask = await signIn(processes[1]);
  const clients = await Promise.all(
    processes.map(async ({ origin }) => ({
      origin,
      connections: await openConnections(Number(new URL(origin).port), CONNECTIONS),
    })),
  );
  /** @type {string[]} */
  const wrong = [];
  /** @type {Target[]} */
  const changing = [];
  let running = true;
  const changes = administer();

  /** @type {number[]} */
  const latencies = [];
  let sent = 0;
  const start = performance.now();
  /** @type {Set<Promise<void>>} */
  const open = new Set();
  while (performance.now() - start < SECONDS * 1000) {
    const due = Math.min(((performance.now() - start) / 1000) * RATE, SECONDS * RATE);
    // If the servers cannot keep up, the client slows down, and the rate that is reached is stated.
    while (sent < due && open.size < CONNECTIONS * 4) {
      const call = send(sent++).finally(() => open.delete(call));
      open.add(call);
    }
    await wait(TICK);
  }
  await Promise.all(open);
  const seconds = (performance.now() - start) / 1000;
  running = false;
  const changed = await changes;
  for (const { connections } of clients) connections.close();
  // What was collected is written at the end.
  await Promise.all(processes.map(({ stop }) => stop()));
  await checkUsage();
  latencies.sort((one, other) => one - other);
  const at = (/** @type {number} */ part) => latencies[Math.floor(latencies.length * part)] ?? 0;
  return { rate: sent / seconds, sent, p50: at(0.5), p99: at(0.99), changed, wrong };

  /** @param {number} number */
  async function send(number) {
    const client = clients[number % 2];
    if (client === undefined) return;
    const isSteady = number % 5 !== 0 || changing.length === 0;
    const targets = isSteady ? steady : changing;
    const target = targets[Math.floor(number / 5) % targets.length];
    if (target === undefined) return;
    const signWrongly = isSteady && number % 100 === 7;
    const { signer } = target;
    const sentAt = performance.now();
    const before = { ...target };
    const { status } = await client.connections.send(() => {
      const url = `${client.origin}/api/account/${accountId}/${ECHO}`;
      const { headers } = signer({ method: "GET", url: signWrongly ? `${url}?x` : url });
      return requestText(url, headers["Authorization"] ?? "");
    });
    latencies.push(performance.now() - sentAt);
    if (status === 200) target.verified++;
    else target.rejected++;
    const isSettled = target.since === before.since && sentAt - target.since > target.settles;
    const expected = signWrongly ? 401 : target.status;
    if (status !== expected && (isSettled || ![200, 401, 403].includes(status))) {
      wrong.push(`key ${target.id}: ${status} instead of ${expected}`);
    }
  }

  /** An administrator changes a key every 200 ms, through both processes in turn. */
  async function administer() {
    const counts = { created: 0, edited: 0, disabled: 0, enabled: 0, rotated: 0 };
    for (let number = 0; running; number++) {
      const { origin } = processes[number % 2] ?? { origin: "" };
      const target = changing[number % Math.max(1, changing.length)];
      if (target === undefined || (changing.length < 30 && number % 7 === 0)) {
        const made = await ask(origin, "POST", "/keys", fieldsOf(`Changing ${number}`));
        changing.push({ ...targetOf(made), since: performance.now(), settles: NEW_KEY_EFFECTIVE });
        counts.created++;
      } else if (number % 3 === 0) {
        const { version } = await ask(origin, "GET", `/keys/${target.id}`);
        const description = `Edited ${number}`;
        await ask(origin, "PATCH", `/keys/${target.id}`, { version, description });
        counts.edited++;
      } else if (number % 3 === 1) {
        const enables = target.status !== 200;
        await ask(origin, "POST", `/keys/${target.id}/${enables ? "enable" : "disable"}`);
        change(target, { status: enables ? 200 : 401 });
        counts[enables ? "enabled" : "disabled"]++;
      } else if (target.status === 200) {
        const rotated = await ask(origin, "POST", `/keys/${target.id}/rotate`, {
          overlapSeconds: 0,
        });
        change(target, { signer: signerOf(rotated.credentials) });
        counts.rotated++;
      }
      await wait(200);
    }
    return counts;
  }

  /**
   * @param {Target} target
   * @param {Partial<Target>} made
   */
  function change(target, made) {
    Object.assign(target, made, { since: performance.now(), settles: EFFECTIVE });
  }

  /** The counted calls of each key are those that were answered, and its last calls are kept. */
  async function checkUsage() {
    const opened = await openInstallation(options);
    for (const { id, verified, rejected } of [...steady, ...changing]) {
      const { hours, lastUsedAt } = await readUsage(opened, accountId, id);
      const calls = await readCalls(opened, accountId, id);
      const sum = { verified: 0, rejected: 0 };
      for (const hour of hours) {
        sum.verified += hour.verified;
        sum.rejected += hour.rejected;
      }
      if (sum.verified !== verified || sum.rejected !== rejected) {
        wrong.push(
          `key ${id}: ${sum.verified} + ${sum.rejected} calls counted instead of ${verified} + ${rejected}`,
        );
      }
      if (calls.length !== Math.min(50, verified + rejected)) {
        wrong.push(`key ${id}: ${calls.length} recent calls`);
      }
      if ((lastUsedAt === null) !== (verified === 0))
        wrong.push(`key ${id}: last use ${lastUsedAt}`);
    }
    await opened.close();
  }
}

/**
 * @param {import("@oauth1/api-keys").KeyWithCredentials} made
 * @returns {Target}
 */
function targetOf({ key, credentials }) {
  return {
    id: key.id,
    signer: signerOf(credentials),
    status: 200,
    since: 0,
    settles: 0,
    verified: 0,
    rejected: 0,
  };
}

/**
 * @param {string} url
 * @param {string} authorization
 */
function requestText(url, authorization) {
  const { host, pathname } = new URL(url);
  return `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${authorization}\r\n\r\n`;
}

/** @param {Awaited<ReturnType<typeof measure>>} result */
function sectionOf({ rate, sent, p50, p99, changed, wrong }) {
  const { created, edited, disabled, enabled, rotated } = changed;
  return `\`npx pnpm --filter @oauth1/benchmarks bench:console\` writes this section.

Two processes of the console with one PostgreSQL and one Redis, which syncs each nonce to the disk, and a
client that sends ${RATE.toLocaleString("en")} signed calls a second for ${SECONDS} seconds, all on one machine. Meanwhile an administrator
changes keys: ${created} created, ${edited} edited, ${disabled} disabled, ${enabled} enabled, ${rotated} rotated without an overlap. One call in five
is of such a key. Each response is checked: a new key must work within a second, and a change must be
effective in both processes within five. At the end the counted calls of each key, its last use and its
recent calls are compared with what was sent. The latencies are those of the client, with the time that a
call waits for one of ${CONNECTIONS * 2} connections.

${measuredOn}

| calls | per second | p50 | p99 | wrong |
| ---: | ---: | ---: | ---: | ---: |
| ${sent.toLocaleString("en")} | ${rate.toFixed(0)} | ${p50.toFixed(1)} ms | ${p99.toFixed(1)} ms | ${wrong.length} |
`;
}

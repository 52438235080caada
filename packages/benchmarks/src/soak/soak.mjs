// Two processes of the console on PostgreSQL and Redis, and two of the verifier on the same Redis, under a
// mixed load for 30 minutes. One process of each pair is killed (SIGKILL) every two minutes and started again;
// the other one lives all the time, and its memory, sockets, files and listeners are measured. Each response is
// checked, every accepted request is sent again to the other process, and at the end every acknowledged change
// of a key must be in the database. Writes docs/soak.md.
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createKey, openInstallation, readKey, SYSTEM } from "@oauth1/api-keys";
import { firstStart } from "@oauth1/api-keys/admin";
import { startPostgres, startRedis } from "@oauth1/test-servers";
import { fieldsOf, signerOf, signIn, startConsole } from "../console-process.mjs";
import { CLIENTS, credentialsOf } from "./credentials.mjs";
import { slopeOf } from "./slope.mjs";
import { pageOf, writePage } from "./soak-page.mjs";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "30" },
    rate: { type: "string", default: "150" },
    "kill-every": { type: "string", default: "120" },
  },
});
const SECONDS = Number(values.minutes) * 60;
const RATE = Number(values.rate);
const KILL_EVERY = Number(values["kill-every"]);
const SAMPLE_EVERY = SECONDS / 120;
/** The first part of the time, in which caches and pools fill. Its samples do not count. */
const WARM_UP = SECONDS / 5;
/** Longer than a server keeps an idle connection. */
const IDLE = 12_000;
const KEYS = 10; // that sign calls
const CHANGING_KEYS = 30; // that the administrator changes
/** Accepted requests that are sent again after a kill. */
const KEPT = 50;
/** What every client calls, so that a request is right for each process. */
const HOST = "soak.example";

/** @typedef {Awaited<ReturnType<typeof startConsole>>} Running */
/** @typedef {{ heap: number, rss: number, resources: number, listeners: number, warnings: string[] }} Held */
/** @typedef {{ path: string, authorization: string }} Call */
/**
 * @typedef {object} Member
 * @property {string} name
 * @property {() => Promise<Running>} start
 * @property {(number: number, isWrong: boolean) => Call} sign
 * @property {Running | undefined} running
 * @property {Call[]} accepted the last ones
 */

const nodeOptions = ["--expose-gc", "--import", new URL("sampler.mjs", import.meta.url).href];
const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-soak-"));
const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
const options = { dataFolder, databaseUrl: postgres.url };
// A connection of its own for each call: a server may close an idle one in the moment of the next call.
const agent = new http.Agent({ keepAlive: false });
const servers = { dataFolder, databaseUrl: postgres.url, redisUrl: redis.url };
try {
  const result = await soak();
  writePage(pageOf(result));
  console.log(pageOf(result));
  const { counts, faults } = result;
  console.log(
    `soak: ${result.minutes} minutes, ${counts.accepted} accepted, ${counts.replays} replays rejected, ${counts.kills} kills, ${faults.length} faults`,
  );
  if (faults.length > 0) {
    console.error(faults.slice(0, 20));
    process.exitCode = 1;
  }
} finally {
  await Promise.all([postgres.stop(), redis.stop()]);
  rmSync(dataFolder, { recursive: true, force: true });
}

async function soak() {
  const keys = await prepareKeys();
  /** @type {Member[]} */
  const members = [
    { ...consoleOf(keys), name: "console, all the time" },
    { ...consoleOf(keys), name: "console, killed" },
    { ...verifierOf(), name: "verifier, all the time" },
    { ...verifierOf(), name: "verifier, killed" },
  ];
  for (const member of members) member.running = await member.start();
  const steady = members.filter((_, index) => index % 2 === 0);
  const mortal = members.filter((_, index) => index % 2 === 1);

  /** @type {string[]} */
  const faults = [];
  const counts = {
    accepted: 0,
    rejected: 0,
    replays: 0,
    unavailable: 0,
    cutOff: 0,
    changes: 0,
    kills: 0,
  };
  const acknowledged = new Map();
  /** @type {Map<Member, { minutes: number, held: Held }[]>} */
  const samples = new Map(steady.map((member) => [member, []]));
  const ask = await signIn(members[1]?.running);

  await load(Math.min(60, WARM_UP), false);
  const before = await holdings();
  await load(SECONDS, true);
  const after = await holdings();
  await compareKeys();
  for (const { running } of members) await running?.stop();

  const rows = steady.map((member, index) => {
    const points = (samples.get(member) ?? []).filter(({ minutes }) => minutes * 60 > WARM_UP);
    const heap = slopeOf(points.map(({ minutes, held }) => ({ minutes, value: held.heap })));
    const rss = slopeOf(points.map(({ minutes, held }) => ({ minutes, value: held.rss })));
    requireFlat(`the heap of ${member.name}`, heap, 0.05);
    requireFlat(`the RSS of ${member.name}`, rss, 0.1);
    const [first, last] = [before[index], after[index]];
    if (first === undefined || last === undefined) throw new Error("a process was not measured");
    for (const name of /** @type {const} */ (["files", "resources", "listeners"])) {
      if (last[name] > first[name]) {
        faults.push(
          `${member.name} held ${first[name]} ${name} at first, ${last[name]} at the end`,
        );
      }
    }
    if (last.warnings.length > 0) faults.push(`${member.name} warned: ${last.warnings.join(", ")}`);
    return { name: member.name, heap, rss, first, last };
  });
  return { minutes: SECONDS / 60, killEvery: KILL_EVERY, counts, rows, faults };

  /**
   * @param {string} what
   * @param {{ slope: number, error: number, mean: number }} line
   * @param {number} bound how much of the mean may be added in the whole time
   */
  function requireFlat(what, { slope, error, mean }, bound) {
    const growth = ((slope - 2 * error) * SECONDS) / 60;
    if (growth > bound * mean) faults.push(`${what} grows by ${slope} bytes a minute`);
  }

  /** What the steady processes hold while nobody calls them. */
  async function holdings() {
    await wait(IDLE);
    return Promise.all(
      steady.map(async ({ running }) => {
        if (running === undefined) throw new Error("a process has ended");
        return { ...(await sample(running)), ...filesOf(running) };
      }),
    );
  }

  /**
   * @param {number} seconds
   * @param {boolean} isMeasured with kills and samples
   */
  async function load(seconds, isMeasured) {
    const start = performance.now();
    const end = start + seconds * 1000;
    const others = [administer(end)];
    if (isMeasured) others.push(kill(end), measure(start, end));
    /** @type {Set<Promise<void>>} */
    const open = new Set();
    let sent = 0;
    while (performance.now() < end) {
      const due = ((performance.now() - start) / 1000) * RATE;
      while (sent < due && open.size < 64) {
        const call = sendNumber(sent++).finally(() => open.delete(call));
        open.add(call);
      }
      await wait(10);
    }
    await Promise.all([...open, ...others]);
  }

  /** @param {number} number */
  async function sendNumber(number) {
    const member = members[number % members.length];
    const { running } = member ?? {};
    if (member === undefined || running === undefined) return;
    const isWrong = number % 50 < members.length;
    const call = member.sign(number, isWrong);
    const answer = await send(member, running, call);
    if (answer === undefined) return;
    if (answer.status !== (isWrong ? 401 : 200)) {
      faults.push(`${member.name} answered ${answer.status}: ${answer.text}`);
    }
    counts[answer.status === 200 ? "accepted" : "rejected"]++;
    if (answer.status !== 200) return;
    member.accepted = [...member.accepted.slice(1 - KEPT), call];
    const other = members[members.indexOf(member) ^ 1];
    if (number % 5 === 0 && other?.running !== undefined) await replay(other, other.running, call);
  }

  /**
   * Sends an accepted request again: to the process that accepted it, or to the other one.
   *
   * @param {Member} member
   * @param {Running} running
   * @param {Call} call
   */
  async function replay(member, running, call) {
    const answer = await send(member, running, call);
    if (answer === undefined) return;
    counts.replays++;
    if (answer.status !== 401 || !answer.text.includes("nonce_used")) {
      faults.push(`${member.name} answered ${answer.status} to a replay: ${answer.text}`);
    }
  }

  /**
   * @param {Member} member
   * @param {Running} running
   * @param {Call} call
   * @returns {Promise<{ status: number, text: string } | undefined>} undefined if there is no verdict
   */
  async function send(member, running, call) {
    try {
      const answer = await get(running.origin, call);
      if (answer.status !== 503) return answer;
      // Redis did not answer within a second. The verifier accepts nothing that it cannot check.
      counts.unavailable++;
    } catch (error) {
      if (member.running === running) faults.push(`${member.name}: ${error}`);
      else counts.cutOff++;
    }
    return undefined;
  }

  /** @param {number} end */
  async function kill(end) {
    while (performance.now() + (KILL_EVERY + 10) * 1000 < end) {
      await wait(KILL_EVERY * 1000);
      await Promise.all(mortal.map(killOne));
    }
  }

  /** @param {Member} member */
  async function killOne(member) {
    const { running } = member;
    member.running = undefined;
    await running?.stop("SIGKILL");
    counts.kills++;
    const accepted = [...member.accepted];
    const started = await member.start();
    for (const call of accepted) await replay(member, started, call);
    member.running = started;
  }

  /**
   * @param {number} start
   * @param {number} end
   */
  async function measure(start, end) {
    while (performance.now() + SAMPLE_EVERY * 1000 < end) {
      await wait(SAMPLE_EVERY * 1000);
      for (const [{ running }, list] of samples) {
        if (running === undefined) continue;
        list.push({ minutes: (performance.now() - start) / 60_000, held: await sample(running) });
      }
    }
  }

  /**
   * The administrator reads and changes keys through both processes in turn.
   *
   * @param {number} end
   */
  async function administer(end) {
    for (let number = 0; performance.now() < end; number++) {
      await wait(250);
      const member = members[number % 2];
      const { running } = member ?? {};
      if (member === undefined || running === undefined) continue;
      try {
        await administerOnce(running.origin, number);
      } catch (error) {
        if (member.running === running) faults.push(`the administrator: ${error}`);
        else counts.cutOff++;
      }
    }
  }

  /**
   * @param {string} origin
   * @param {number} number
   */
  async function administerOnce(origin, number) {
    const ids = [...acknowledged.keys()];
    if (ids.length < CHANGING_KEYS) {
      const { key } = await ask(origin, "POST", "/keys", fieldsOf(`Changing ${number}`));
      acknowledged.set(key.id, { description: key.description, enabled: true });
      return;
    }
    const id = ids[number % ids.length] ?? "";
    const known = acknowledged.get(id);
    const readings = ["/keys", `/keys/${id}/audit`, "/audit", "/users", `/keys/${id}/usage`];
    if (number % 3 === 0) {
      const { version } = await ask(origin, "GET", `/keys/${id}`);
      const description = `Edited ${number}`;
      acknowledged.set(id, { ...known, description: undefined });
      await ask(origin, "PATCH", `/keys/${id}`, { version, description });
      acknowledged.set(id, { ...known, description });
      counts.changes++;
    } else if (number % 3 === 1) {
      const enabled = known.enabled === false;
      acknowledged.set(id, { ...known, enabled: undefined });
      await ask(origin, "POST", `/keys/${id}/${enabled ? "enable" : "disable"}`);
      acknowledged.set(id, { ...known, enabled });
      counts.changes++;
    } else {
      await ask(origin, "GET", readings[number % readings.length] ?? "");
    }
  }

  /** Every change that was acknowledged is stored. What a kill cut off may be stored or not. */
  async function compareKeys() {
    const installation = await openInstallation(options);
    for (const [id, { description, enabled }] of acknowledged) {
      const key = await readKey(installation, keys.accountId, id);
      const isStored =
        (description === undefined || key.description === description) &&
        (enabled === undefined || key.enabled === enabled);
      if (!isStored) faults.push(`key ${id} lost a change`);
    }
    await installation.close();
  }
}

/** Creates an account whose keys sign the calls. */
async function prepareKeys() {
  const installation = await openInstallation(options);
  const { accountId } = await firstStart(installation);
  const signers = [];
  for (let number = 0; number < KEYS; number++) {
    const fields = fieldsOf(`Steady ${number}`);
    const { credentials } = await createKey(installation, accountId, SYSTEM, fields);
    signers.push(signerOf(credentials));
  }
  await installation.close();
  return { accountId, signers };
}

/**
 * @param {{ accountId: string, signers: ReturnType<typeof signerOf>[] }} keys
 * @returns {Omit<Member, "name">}
 */
function consoleOf({ accountId, signers }) {
  const path = `/api/account/${accountId}/echo/data/data-access`;
  return {
    start: () => startConsole(servers, nodeOptions),
    sign: (number, isWrong) => callOf(signers[number % KEYS], path, isWrong),
    running: undefined,
    accepted: [],
  };
}

/** @returns {Omit<Member, "name">} */
function verifierOf() {
  const signers = Array.from({ length: CLIENTS }, (_, number) => signerOf(credentialsOf(number)));
  return {
    start: startVerifier,
    sign: (number, isWrong) =>
      callOf(signers[number % CLIENTS], `/photos?number=${number}`, isWrong),
    running: undefined,
    accepted: [],
  };
}

/**
 * @param {ReturnType<typeof signerOf> | undefined} sign
 * @param {string} path
 * @param {boolean} isWrong the signature is of another path
 * @returns {Call}
 */
function callOf(sign, path, isWrong) {
  const signed = sign?.({ method: "GET", url: `http://${HOST}${isWrong ? "/another" : path}` });
  return { path, authorization: signed?.headers["Authorization"] ?? "" };
}

/** @returns {Promise<Running>} */
async function startVerifier() {
  const child = fork(fileURLToPath(new URL("verifier-server.mjs", import.meta.url)), {
    execArgv: nodeOptions,
    env: { ...process.env, REDIS_URL: redis.url },
  });
  const exited = once(child, "exit");
  const [{ port }] = /** @type {[{ port: number }]} */ (await once(child, "message"));
  return {
    child,
    origin: `http://127.0.0.1:${port}`,
    link: undefined,
    /** @param {NodeJS.Signals} [signal] */
    async stop(signal = "SIGTERM") {
      child.kill(signal);
      await exited;
    },
  };
}

/**
 * @param {string} origin
 * @param {Call} call
 * @returns {Promise<{ status: number, text: string }>}
 */
async function get(origin, { path, authorization }) {
  const request = http.get(`${origin}${path}`, {
    agent,
    headers: { Host: HOST, Authorization: authorization },
  });
  const [response] = /** @type {[http.IncomingMessage]} */ (await once(request, "response"));
  const problem = response.headers["www-authenticate"] ?? "";
  return { status: response.statusCode ?? 0, text: `${problem} ${await text(response)}` };
}

/**
 * @param {Running} running
 * @returns {Promise<Held>}
 */
async function sample({ child }) {
  const answer = once(child, "message");
  child.send("sample");
  const [held] = await answer;
  return held;
}

/** @param {Running} running the number of its open files and sockets */
function filesOf({ child }) {
  return { files: readdirSync(`/proc/${child.pid}/fd`).length };
}

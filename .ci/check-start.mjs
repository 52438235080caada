// Checks `npm start` as a new user sees it: in a new clone, with an empty home folder. It
// prints an address, a one-time link and a signed curl command. The command gets status 200,
// and Ctrl+C ends it. Clone, packages and data take at most 320 MB, and the second start is
// fast.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MEGABYTES = 320;
/** Upper bounds in milliseconds, for slow and loaded machines. */
const PATIENCE = { "first start": 300_000, "second start": 30_000 };

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "oauth1-start-"));
const clone = join(folder, "clone");
const home = join(folder, "home");
// As on a user's machine. In CI, pnpm checks every entry of the lock file.
const { CI: _, ...ours } = process.env;
const variables = { ...ours, HOME: home, PORT: "0" };

try {
  mkdirSync(home);
  execFileSync("git", ["clone", "--quiet", "--depth", "1", `file://${root}`, clone]);
  const first = await start("first start");
  // Hard links are counted once.
  const sizes = execFileSync("du", ["-sk", folder], { encoding: "utf8" });
  const megabytes = Math.ceil(Number.parseInt(sizes, 10) / 1024);
  const second = await start("second start");
  console.log(
    `npm start: ${megabytes} MB on disk; ready in ${seconds(first)} s, the second time in ${seconds(second)} s`,
  );
  if (megabytes > MEGABYTES) throw new Error(`${megabytes} MB on disk, more than ${MEGABYTES}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * Starts the console, follows its instructions, and ends it. Resolves with the milliseconds until
 * it was ready.
 */
async function start(name) {
  const begin = performance.now();
  const child = spawn("npm", ["start"], {
    cwd: clone,
    env: variables,
    stdio: ["ignore", "pipe", "pipe"],
    // A separate process group: Ctrl+C goes to all its processes.
    detached: true,
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const timer = setTimeout(() => end(child, "SIGKILL"), PATIENCE[name]);
  try {
    const out = await outputUntilReady(child, ended);
    const duration = performance.now() - begin;
    await followInstructions(out);
    end(child, "SIGINT");
    await ended;
    return duration;
  } catch (error) {
    end(child, "SIGKILL");
    throw new Error(`${name}: ${error.message}`);
  } finally {
    clearTimeout(timer);
  }
}

function outputUntilReady(child, ended) {
  return new Promise((resolve, reject) => {
    let out = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text) => {
        process.stdout.write(text);
        out += text;
        if (out.includes("Ctrl+C")) resolve(out);
      });
    }
    ended.then(() => reject(new Error("npm start ended, or timed out, before it was ready")));
  });
}

async function followInstructions(out) {
  const warning = /.*\bwarn(?:ing)?\b.*/i.exec(out);
  if (warning !== null) throw new Error(`the first screen must not show a warning: ${warning[0]}`);
  const [command] = /^curl .*$/m.exec(out) ?? [];
  const [link] = /http:\S+welcome#\S+/.exec(out) ?? [];
  if (command === undefined || link === undefined) {
    throw new Error("npm start must print a curl command and a one-time link");
  }
  const page = await fetch(link);
  if (page.status !== 200)
    throw new Error(`the page of the link must have status 200, not ${page.status}`);
  const report = await fetch(new URL("/report.html", link));
  if (report.status !== 200)
    throw new Error(`the conformance report must have status 200, not ${report.status}`);
  const curl = `${command} -sS -o /dev/null -w '%{http_code}'`;
  const status = execFileSync("sh", ["-c", curl], { encoding: "utf8" });
  if (status !== "200") throw new Error(`the signed request must get status 200, not ${status}`);
}

function end(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It has ended.
  }
}

function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(1);
}

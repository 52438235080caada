// Everything a fresh clone needs before anything of it runs: the pinned pnpm (through npx, nothing
// is installed globally), the dependencies of the lock file, the built packages.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { packageManager, engines } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));

const [major, minor] = process.versions.node.split(".").map(Number);
const [needMajor, needMinor] = engines.node.match(/\d+/g).map(Number);
if (major < needMajor || (major === needMajor && minor < needMinor)) {
  console.error(`Node ${engines.node} is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

function run(...args) {
  const { status, error } = spawnSync("npx", ["--yes", packageManager, ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_NO_UPDATE_NOTIFIER: "1" },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

run("install", "--frozen-lockfile", "--reporter=append-only", "--loglevel=warn");
run("exec", "turbo", "run", "build", "--output-logs=errors-only", "--ui=stream");

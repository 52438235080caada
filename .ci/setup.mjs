// Prepares a fresh clone: installs the pinned pnpm (in this folder, not globally), installs the
// dependencies of the lock file, and builds the packages.
//
//     node .ci/setup.mjs            everything, for tests and development
//     node .ci/setup.mjs console    what `npm start` needs, a fifth of it
//     node .ci/setup.mjs runtimes   everything, and the runtimes of packages/runtimes
//     node .ci/setup.mjs packages   everything, the runtimes, and the tools of packages/installation
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const { packageManager, engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** The dependencies of the last complete installation. pnpm removes this file with them. */
const INSTALLED = join(root, "node_modules/.installed");

const [major, minor] = process.versions.node.split(".").map(Number);
const [needMajor, needMinor] = engines.node.match(/\d+/g).map(Number);
if (major < needMajor || (major === needMajor && minor < needMinor)) {
  console.error(
    `Node ${engines.node} is required, but this is ${process.versions.node}: install it.`,
  );
  process.exit(1);
}

const [wanted = "everything"] = process.argv.slice(2);
if (wanted === "console") {
  await setUpConsole();
} else {
  setUpEverything();
  if (wanted === "runtimes" || wanted === "packages") install(join(root, "packages/runtimes"));
  if (wanted === "packages") install(join(root, "packages/installation"));
}

/**
 * Does not install the test tools, the type checker and the linter, but keeps them if they are
 * already installed. Does nothing if nothing changed.
 */
async function setUpConsole() {
  const isPartial = !existsSync(join(root, "node_modules/turbo"));
  if (!isInstalled()) {
    console.log("Installing what the console needs.");
    install(
      root,
      isPartial ? ["--prod", "--filter", "oauth1", "--filter", "@oauth1/console..."] : [],
    );
    noteInstalled();
  }
  if (isPartial) {
    const { buildConsole } = await import("./build-console.mjs");
    await buildConsole();
  } else {
    build("--filter", "@oauth1/console");
  }
}

function setUpEverything() {
  install(root);
  noteInstalled();
  build();
}

function build(...selection) {
  const quiet = ["--output-logs=errors-only", "--ui=stream"];
  pnpm(root, "exec", "turbo", "run", "build", ...selection, ...quiet);
}

function install(folder, selection = []) {
  pnpm(
    folder,
    "install",
    "--frozen-lockfile",
    "--reporter=append-only",
    "--loglevel=error",
    // Not needed here: commits are reviewed, and CI checks each entry of the lock file with the
    // registry, which takes 190 MB of metadata.
    ...(process.env.CI ? [] : ["--config.trust-lockfile=true"]),
    ...selection,
  );
}

function pnpm(folder, ...args) {
  run(process.execPath, [pinnedPnpm(), ...args], folder);
}

/**
 * The pinned pnpm. It is not run with npx, which asks the registry each time unless the archives
 * (33 MB) stay in its cache next to the unpacked files.
 */
function pinnedPnpm() {
  const folder = `.pnpm/${packageManager}`;
  const program = join(root, folder, "node_modules/pnpm/bin/pnpm.mjs");
  if (!existsSync(program)) {
    console.log(`Fetching ${packageManager}.`);
    const folders = ["--prefix", folder, "--cache", `${folder}/cache`];
    const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
    run("npm", ["install", ...folders, ...quiet, packageManager]);
    rmSync(join(root, folder, "cache"), { recursive: true });
  }
  return program;
}

function run(program, args, folder = root) {
  const { status, error } = spawnSync(program, args, {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    // On Windows, npm is a script.
    shell: process.platform === "win32" && program === "npm",
    env: {
      ...process.env,
      TURBO_TELEMETRY_DISABLED: "1",
      TURBO_NO_UPDATE_NOTIFIER: "1",
      npm_config_update_notifier: "false",
    },
  });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

function isInstalled() {
  return existsSync(INSTALLED) && readFileSync(INSTALLED, "utf8") === dependencies();
}

function noteInstalled() {
  writeFileSync(INSTALLED, dependencies());
}

/** A hash of the files that determine the dependencies. */
function dependencies() {
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  for (const file of ["package.json", "pnpm-workspace.yaml", "pnpm-lock.yaml"]) {
    hash.update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

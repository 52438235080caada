// Publishes every package whose version the registry does not have. With --dry-run it only shows them.
//
//     npm run release -- --dry-run            what would be published
//     npm run release -- --dry-run --files    the same, with the files of each package
//     npm run release                         publishes; the workflow `release` does it
import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { plannedVersions } from "./planned-versions.mjs";
import { packWithDependencies, publishedPackages, root } from "./published.mjs";

const run = promisify(execFile);
/** The default of `changeset publish`. */
const TAG = "latest";
const USAGE = "Usage: npm run release -- [--dry-run [--files]]";

const options = readOptions();
if (options["dry-run"]) await dryRun(options.files);
else await publish();

function readOptions() {
  const flags = { "dry-run": { type: "boolean" }, files: { type: "boolean" } };
  try {
    const { values } = parseArgs({ options: flags });
    if (values.files && !values["dry-run"]) throw new Error("--files needs --dry-run");
    return values;
  } catch (error) {
    fail(`${error.message}\n${USAGE}`, 2);
  }
}

/** Shows what would be published. Asks the registry only which versions it has, without credentials. */
async function dryRun(showFiles) {
  build();
  const planned = await plannedVersions();
  const folder = mkdtempSync(join(tmpdir(), "oauth1-release-"));
  try {
    const packages = publishedPackages().map(({ manifest: { name, version } }) => ({
      name,
      version: planned.get(name) ?? version,
    }));
    const archives = await packWithDependencies(
      packages.map(({ name }) => name.slice("@oauth1/".length)),
      folder,
    );
    const { stdout: registry } = await run("npm", ["config", "get", "registry"]);
    const states = await Promise.all(packages.map((found) => isOnRegistry(found, registry)));
    const rows = [["package", "version", "tag", "files", "packed", "unpacked", "registry"]];
    const lists = [];
    for (const [index, { name, version }] of packages.entries()) {
      const start = `${name.slice(1).replace("/", "-")}-`;
      const archive = archives.find((path) => /^\d/.test(basename(path).replace(start, "")));
      const files = await filesOf(archive);
      const unpacked = files.reduce((sum, { size }) => sum + size, 0);
      const packed = statSync(archive).size;
      rows.push([name, version, TAG, `${files.length}`, kB(packed), kB(unpacked), states[index]]);
      lists.push(
        `\n${name} ${version}`,
        ...files.map(({ path, size }) => `  ${path}  ${kB(size)}`),
      );
    }
    console.log(table(rows));
    if (showFiles) console.log(lists.join("\n"));
    if (planned.size > 0) {
      console.log(
        "\nThe versions are those after `npx changeset version`, which must run before a release.",
      );
    }
    console.log("\nNothing was published.");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Builds and publishes. Does not publish versions that the changesets have not set yet. */
async function publish() {
  if ((await plannedVersions()).size > 0) {
    fail(
      "there are changesets: run `npx changeset version` and commit its changes before a release",
      1,
    );
  }
  build();
  start("changeset", "publish");
}

function build() {
  start("turbo", "run", "build", "--output-logs=errors-only", "--ui=stream");
}

function start(program, ...args) {
  const { status } = spawnSync(join(root, "node_modules/.bin", program), args, {
    cwd: root,
    // The output of a dry run is its table.
    stdio: ["ignore", options["dry-run"] ? "ignore" : "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** The files of an archive, with their sizes in bytes. */
async function filesOf(archive) {
  const { stdout } = await run("tar", ["-tvzf", archive]);
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => /^\S+\s+\S+\s+(\d+)\s+\S+\s+\S+\s+package\/(.*)$/.exec(line))
    .map(([, size, path]) => ({ path, size: Number(size) }));
}

/** Asks without credentials: what is published can be read by anybody. */
async function isOnRegistry({ name, version }, registry) {
  try {
    const address = new URL(encodeURIComponent(name), `${registry.trim().replace(/\/$/, "")}/`);
    const response = await fetch(address, { signal: AbortSignal.timeout(30_000) });
    if (response.status === 404) return "new";
    if (!response.ok) return "no answer";
    return version in (await response.json()).versions ? "has it" : "new";
  } catch {
    return "no answer";
  }
}

function kB(bytes) {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function fail(message, code) {
  console.error(`release: ${message}`);
  process.exit(code);
}

// Installs the requirements of the implementations: first Debian's packages together, then each
// build. Unless --usual is given, then the versions of other releases of Debian. Usage: node
// conformance/implementations/install.mjs [--usual | --latest] [NAME…]
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { unpackPackages } from "./install/debian-release.mjs";
import { tryLatest } from "./install/latest.mjs";

const { values, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    usual: { type: "boolean", default: false },
    latest: { type: "boolean", default: false },
  },
});
const implementations = readdirSync(import.meta.dirname)
  .filter((name) => names.length === 0 || names.includes(name))
  .map((name) => join(import.meta.dirname, name))
  .filter((folder) => existsSync(join(folder, "manifest.json")))
  .map((folder) => ({
    folder,
    versions: readJson(join(folder, "versions.json")),
    ...readJson(join(folder, "manifest.json")),
  }));

if (values.latest) tryLatest(implementations);
else install();

function install() {
  const packages = [...new Set(implementations.flatMap(({ apt }) => apt))].sort();
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the format is of dpkg-query.
  const installed = spawnSync("dpkg-query", ["-W", "-f", "${Status} ${Package}\n", ...packages], {
    encoding: "utf8",
  }).stdout;
  const missing = packages.filter((name) => !installed?.includes(`install ok installed ${name}\n`));
  if (missing.length > 0) {
    const environment = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
    const installing = ["apt-get", "install", "-qq", "--no-install-recommends", ...missing];
    run("apt-get", ["apt-get", "update", "-qq"], environment);
    run("apt-get", installing, environment);
  }
  for (const { name, folder, build } of implementations) {
    if (build !== undefined) run(name, build, { cwd: folder });
  }
  if (values.usual) return;
  for (const { name, folder, versions } of implementations) {
    for (const { version, debian } of versions?.tested ?? []) {
      if (debian !== undefined) unpack(name, version, debian, join(folder, "build", version));
    }
  }
}

/**
 * Debian's unstable release can replace its packages at any time. Packages that it no longer
 * contains are skipped.
 */
function unpack(name, version, { release, packages }, folder) {
  if (existsSync(folder)) return;
  try {
    unpackPackages(release, packages, version, folder);
  } catch (error) {
    console.error(`${name}@${version}: ${error.message}`);
    if (release !== "sid") process.exitCode = 1;
  }
}

function run(what, [command, ...args], options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (status === 0) return;
  console.error(`${what}: ${error?.message ?? `exit code ${status}`}`);
  process.exitCode = 1;
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

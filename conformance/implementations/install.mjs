// Installs what the implementations need: Debian's packages in one go, then each build.
// Usage: node conformance/implementations/install.mjs [NAME…]
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const names = process.argv.slice(2);
const folders = readdirSync(import.meta.dirname)
  .filter((name) => names.length === 0 || names.includes(name))
  .map((name) => join(import.meta.dirname, name))
  .filter((folder) => existsSync(join(folder, "manifest.json")));
const manifests = folders.map((folder) => ({
  folder,
  ...JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8")),
}));

function run(what, [command, ...args], options = {}) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit", ...options });
  if (status === 0) return;
  console.error(`${what}: ${error?.message ?? `exit code ${status}`}`);
  process.exitCode = 1;
}

const packages = [...new Set(manifests.flatMap(({ apt }) => apt))].sort();
// biome-ignore lint/suspicious/noTemplateCurlyInString: the format is of dpkg-query.
const installed = spawnSync("dpkg-query", ["-W", "-f", "${Status} ${Package}\n", ...packages], {
  encoding: "utf8",
}).stdout;
const missing = packages.filter((name) => !installed?.includes(`install ok installed ${name}\n`));
if (missing.length > 0) {
  const environment = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } };
  run("apt-get", ["apt-get", "update", "-qq"], environment);
  run("apt-get", ["apt-get", "install", "-qq", "--no-install-recommends", ...missing], environment);
}
for (const { name, folder, build } of manifests) {
  if (build !== undefined) run(name, build, { cwd: folder });
}

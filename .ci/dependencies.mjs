// The dependencies of the published packages: their licences, and a list of them (SBOM).
//
//     npm run sbom    writes sbom.cdx.json (CycloneDX), which the workflow `release` attaches to a release
import { execFile } from "node:child_process";
import { join } from "node:path";
import { argv } from "node:process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { publishedPackages, root } from "./published.mjs";

const run = promisify(execFile);

/** Licences that a user of an MIT package can accept without legal review. */
const ALLOWED = ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT"];

/** Packages that the build uses for the console's pages and that no page contains. */
const BUILD_ONLY = ["argparse"];

/** The published packages, and the private one whose dependencies are bundled into the console's pages. */
const names = [...publishedPackages().map(({ manifest }) => manifest.name), "@oauth1/console-web"];

/** The licences by the names of the packages that have them. */
export async function licensesOfDependencies() {
  return JSON.parse(await pnpm("licenses", "list", "--json", "--prod"));
}

/** The packages whose licence is not allowed, each with its licence. */
export function notAllowed(licenses) {
  return Object.entries(licenses)
    .filter(([license]) => !ALLOWED.includes(license))
    .flatMap(([license, packages]) => packages.map(({ name }) => ({ name, license })))
    .filter(({ name }) => !BUILD_ONLY.includes(name));
}

/** The bill of materials in CycloneDX 1.6, as JSON. */
export function billOfMaterials(...options) {
  return pnpm(
    "sbom",
    "--sbom-format",
    "cyclonedx",
    "--sbom-spec-version",
    "1.6",
    "--prod",
    ...options,
  );
}

async function pnpm(...args) {
  const filters = names.flatMap((name) => ["--filter", name]);
  const { stdout } = await run(join(root, "node_modules/.bin/pnpm"), [...filters, ...args], {
    cwd: root,
    maxBuffer: 2 ** 26,
  });
  return stdout;
}

if (argv[1] === fileURLToPath(import.meta.url)) {
  await billOfMaterials("--out", join(root, "sbom.cdx.json"));
}

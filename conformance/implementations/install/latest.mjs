// Runs the suite with versions that are newer than the tested ones, in a scratch folder, and
// prints what changed. The repository does not change.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { debianVersion, unpackPackages, upstreamVersion } from "./debian-release.mjs";

const IMPLEMENTATIONS = dirname(import.meta.dirname);
const RESULTS = join(IMPLEMENTATIONS, "..", "results");
const RUNNER = join(IMPLEMENTATIONS, "..", "runner", "bin", "oauth1-conformance.js");

/** The seed and cases of the recorded results. The same seed gives the same cases. */
const RUN = ["--seed", "5849", "--cases", "200"];

/** The release of Debian with the newest packages. */
const NEWEST_RELEASE = "sid";

/** @param implementations - Their manifests, each with its folder and its versions. */
export function tryLatest(implementations) {
  for (const implementation of implementations) {
    const { name, folder, versions } = implementation;
    if (versions === undefined) {
      console.log(`${name}: has no versions.json`);
      continue;
    }
    const scratch = mkdtempSync(join(tmpdir(), `oauth1-latest-`));
    try {
      console.log(`${name}: ${tried(implementation, scratch)}`);
    } catch (error) {
      console.error(`${basename(folder)}: ${error.message}`);
      process.exitCode = 1;
    } finally {
      rmSync(scratch, { recursive: true });
    }
  }
}

/** Returns the result for one implementation. */
function tried(implementation, scratch) {
  const { name, folder, versions } = implementation;
  const newest = versions.tested.map(({ version }) => version).reduce(newer);
  const found = existsSync(join(folder, "package.json"))
    ? npmVersion(folder, name)
    : debianCandidate(implementation);
  if (found === undefined) return `${newest} is the newest that its adapter can be given here`;
  if (newer(found.version, newest) === newest)
    return `${newest} is the newest that can be had here`;
  copyAdapter(folder, scratch);
  const copy = join(scratch, name);
  const environment = found.install(copy);
  const results = join(scratch, "results");
  run(implementation, copy, results, environment);
  const [after] = readdirSync(join(results, name));
  const before = join(RESULTS, name, `${newest}.json`);
  return `${newest} is tested, ${found.version} can be had from ${found.from}\n${compared(before, join(results, name, after))}`;
}

/** The newest version in the npm registry, and how a copy of the adapter gets it. */
function npmVersion(folder, name) {
  const { dependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (!(name in dependencies)) return undefined;
  return {
    version: output("npm", ["view", name, "version"]).trim(),
    from: "the npm registry",
    install(copy) {
      rmSync(join(copy, "package.json"));
      const others = Object.entries(dependencies)
        .filter(([other]) => other !== name && !other.startsWith(`${name}-`))
        .map(([other, range]) => `${other}@${range}`);
      const packages = [`${name}@latest`, ...others];
      output("npm", ["install", "--prefix", copy, "--no-audit", "--no-fund", ...packages]);
      return {};
    },
  };
}

/**
 * The version in Debian's newest release, if the adapter can find a version that is not
 * installed.
 */
function debianCandidate({ versions: { environment, tested } }) {
  const packages = tested.findLast(({ debian }) => debian !== undefined)?.debian.packages;
  if (environment === undefined || packages === undefined) return undefined;
  const version = upstreamVersion(debianVersion(NEWEST_RELEASE, packages[0]));
  if (version === undefined) return undefined;
  return {
    version,
    from: `Debian's ${NEWEST_RELEASE}`,
    install(copy) {
      const root = join(copy, "build", version);
      unpackPackages(NEWEST_RELEASE, packages, version, root);
      return Object.fromEntries(
        Object.entries(environment).map(([variable, value]) => [
          variable,
          value.replaceAll("{root}", root).replaceAll("{version}", version),
        ]),
      );
    },
  };
}

/** The adapter and the protocol's modules, without installed dependencies. */
function copyAdapter(folder, scratch) {
  for (const source of [folder, join(IMPLEMENTATIONS, "protocol")]) {
    cpSync(source, join(scratch, basename(source)), {
      recursive: true,
      filter: (path) => !["node_modules", "build", "__pycache__"].includes(basename(path)),
    });
  }
}

/** Runs the suite. The exit code only says whether something fails. */
function run({ command: [program, ...args] }, folder, results, environment) {
  mkdirSync(results);
  const adapter = [/^\.\.?\//.test(program) ? resolve(folder, program) : program, ...args];
  const { status, stderr, error } = spawnSync(
    process.execPath,
    [RUNNER, "run", ...RUN, "--results", results, "--", ...adapter],
    { cwd: folder, encoding: "utf8", env: { ...process.env, ...environment }, maxBuffer: 2 ** 28 },
  );
  if (status !== 0 && status !== 1) throw new Error(error?.message ?? stderr.trim());
}

/** The changes according to `conformance diff`, whose exit code 1 means a regression. */
function compared(before, after) {
  if (!existsSync(before)) return "The version that is tested has no recorded result.";
  const { stdout, stderr, status } = spawnSync(process.execPath, [RUNNER, "diff", before, after], {
    encoding: "utf8",
  });
  if (status !== 0 && status !== 1) throw new Error(stderr.trim());
  return stdout;
}

function newer(a, b) {
  return a.localeCompare(b, "en", { numeric: true }) > 0 ? a : b;
}

function output(program, args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  if (status === 0) return stdout;
  throw new Error(`${program}: ${error?.message ?? stderr.trim()}`);
}

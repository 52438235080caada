// Packages of another release of Debian, unpacked beside those that are installed.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The lists of packages by release. Each is read once. */
const releases = new Map();

/**
 * Unpacks packages of a release into a folder, atomically: the folder is complete or does not
 * exist.
 *
 * @param release - Its code name.
 * @param packages - The first must have the version.
 * @throws if the release has another version of it, or cannot be reached.
 */
export function unpackPackages(release, packages, version, folder) {
  const options = optionsOf(release);
  const found = upstreamVersion(debianVersion(release, packages[0]));
  if (found !== version) {
    throw new Error(`${release} now has ${packages[0]} ${found}, and not ${version}`);
  }
  mkdirSync(dirname(folder), { recursive: true });
  const scratch = mkdtempSync(join(dirname(folder), "unpacking-"));
  try {
    const root = join(scratch, "root");
    const targets = packages.map((name) => `${name}/${release}`);
    command("apt-get", [...options, "download", "-qq", ...targets], { cwd: scratch });
    for (const name of readdirSync(scratch).filter((file) => file.endsWith(".deb"))) {
      command("dpkg-deb", ["--extract", join(scratch, name), root]);
    }
    renameSync(root, folder);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/**
 * The version of a package in a release, as Debian writes it; undefined if the release does not
 * contain it.
 */
export function debianVersion(release, name) {
  const output = command("apt-cache", [...optionsOf(release), "policy", name]);
  const [, candidate] = /^ +Candidate: (\S+)$/m.exec(output) ?? [];
  return candidate === "(none)" ? undefined : candidate;
}

/** The library's version in a version of Debian's: `1.3.0` of `1:1.3.0+ds-1`. */
export function upstreamVersion(version) {
  return version
    ?.replace(/^\d+:/, "")
    .replace(/-[^-]*$/, "")
    .replace(/\+(?:ds|dfsg|really|deb)?[\d.]*$/, "");
}

/** Options that make apt read the lists of a release without changing those of the machine. */
function optionsOf(release) {
  const known = releases.get(release);
  if (known !== undefined) return known;
  const folder = mkdtempSync(join(tmpdir(), "oauth1-debian-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["lists/partial", "cache/archives/partial"]) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  const sources = join(folder, "sources.list");
  writeFileSync(sources, `deb [signed-by=${KEYRING}] ${mirror()} ${release} main\n`);
  const options = Object.entries({
    "Dir::Etc::SourceList": sources,
    "Dir::Etc::SourceParts": "/dev/null",
    "Dir::Etc::Preferences": "/dev/null",
    "Dir::Etc::PreferencesParts": "/dev/null",
    "Dir::State::Lists": join(folder, "lists"),
    // apt sees an empty system, so the candidate is the version of the release.
    "Dir::State::Status": "/dev/null",
    "Dir::Cache": join(folder, "cache"),
    // It downloads into a folder to which apt's own user cannot write.
    "APT::Sandbox::User": "root",
  }).flatMap(([name, value]) => ["-o", `${name}=${value}`]);
  command("apt-get", [...options, "update", "-qq"]);
  releases.set(release, options);
  return options;
}

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** The archive from which this machine gets its packages. */
function mirror() {
  const lines = command("apt-get", [
    ...["indextargets", "--format", "$(REPO_URI)"],
    ...["Origin: Debian", "Label: Debian", "Created-By: Packages"],
  ]);
  const [first] = lines.trim().split("\n");
  if (!first) throw new Error("apt-get update has not run yet");
  return first;
}

function command(program, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    ...options,
  });
  if (status === 0) return stdout;
  throw new Error(`${program}: ${error?.message ?? stderr.trim()}`);
}

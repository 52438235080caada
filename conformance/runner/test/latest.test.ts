import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";

const conformance = fileURLToPath(new URL("../..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "oauth1-older-"));
afterAll(() => rmSync(scratch, { recursive: true }));

/** An upper bound for installing a library and running the suite with it. */
const TIMEOUT = 300_000;

/**
 * A copy of the relevant part of the repository, in which a library is pinned to an older
 * version.
 */
function pinned(name: string, version: string): string {
  const implementations = join(scratch, "implementations");
  for (const part of ["install", "install.mjs", "protocol", name]) {
    const filter = (path: string) => !/node_modules|\bbuild$/.test(path);
    cpSync(join(conformance, "implementations", part), join(implementations, part), {
      recursive: true,
      filter,
    });
  }
  symlinkSync(join(conformance, "runner"), join(scratch, "runner"));
  const recorded = join("results", name, `${version}.json`);
  mkdirSync(join(scratch, "results", name), { recursive: true });
  cpSync(join(conformance, recorded), join(scratch, recorded));
  const file = join(implementations, name, "versions.json");
  const { tested, ...rest } = JSON.parse(readFileSync(file, "utf8"));
  const [{ alias: _, ...older }] = tested.filter(
    (one: { version: string }) => one.version === version,
  );
  writeFileSync(file, JSON.stringify({ ...rest, tested: [older] }));
  return join(implementations, "install.mjs");
}

it(
  "install.mjs --latest tries the newest version of a library, and prints what changed",
  () => {
    const install = pinned("oauth-1.0a", "1.0.1");
    const listed = () =>
      ["implementations", "results"].flatMap((name) =>
        readdirSync(join(scratch, name), { recursive: true, encoding: "utf8" })
          .map((file) => join(scratch, name, file))
          .sort()
          .map((file) => `${file} ${statSync(file).mtimeMs}`),
      );
    const before = listed();
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [install, "--latest", "oauth-1.0a"],
      { encoding: "utf8", timeout: TIMEOUT },
    );
    if (stderr.includes("npm: ") && !process.env["CI"]) {
      console.warn(`NOT TESTED: the npm registry is out of reach: ${stderr}`);
      return;
    }
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toMatch(
      /^oauth-1\.0a: 1\.0\.1 is tested, 2\.\d+\.\d+ can be had from the npm registry\n/,
    );
    expect(stdout).toMatch(/pass now, and failed before: .*parameter-normalization\/integer-names/);
    expect(stdout).toMatch(/fail in both: .*base-string-uri/);
    expect(listed()).toEqual(before);
  },
  TIMEOUT,
);

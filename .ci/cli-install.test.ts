// `npm install @oauth1/cli` installs few and small packages. Large packages that some of its
// commands need are installed on demand.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packWithDependencies } from "./published.mjs";

const MOST_PACKAGES = 25;
const MOST_BYTES = 6_000_000;

const run = promisify(execFile);
const _root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "oauth1-cli-install-"));
afterAll(() => rmSync(folder, { recursive: true }));

let archives: readonly string[];
beforeAll(async () => {
  archives = await packWithDependencies(["cli"], folder);
  writeFileSync(join(folder, "package.json"), "{}");
  await run(
    "npm",
    ["install", "--omit=dev", "--no-audit", "--no-fund", "--prefer-offline", ...archives],
    {
      cwd: folder,
    },
  );
});

/** Runs the installed command. */
async function oauth1(args: readonly string[], input = "") {
  const child = run(join(folder, "node_modules/.bin/oauth1"), args, { cwd: folder });
  child.child.stdin?.end(input);
  return child.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
  );
}

describe("@oauth1/cli, installed", () => {
  it(`has at most ${MOST_PACKAGES} packages and ${MOST_BYTES} bytes`, () => {
    const files = readdirSync(join(folder, "node_modules"), { recursive: true, encoding: "utf8" });
    const isManifest = /(?:^|node_modules\/)(?:@[^/]+\/)?[^/@]+\/package\.json$/;
    const packages = files.filter((file) => isManifest.test(file));
    const bytes = files
      .map((file) => statSync(join(folder, "node_modules", file)))
      .reduce((sum, stats) => sum + (stats.isFile() ? stats.size : 0), 0);
    console.log(`@oauth1/cli: ${packages.length} packages, ${bytes} bytes`);
    expect(packages.length).toBeGreaterThan(archives.length);
    expect(packages.length).toBeLessThanOrEqual(MOST_PACKAGES);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  });

  it("signs", async () => {
    const { code, stdout } = await oauth1(["explain", "--rfc-example"]);
    expect(code).toBe(0);
    // RFC 5849 §3.1 with erratum 2550.
    expect(stdout).toContain("r6/TJjbCOr97/+UU0NsvSne7s5g=");
  });

  it("answers the conformance protocol", async () => {
    const { code, stdout, stderr } = await oauth1(
      ["signer"],
      '{"id":1,"command":"percent-encode","text":"a b"}\n{"id":2,"command":"stop"}\n',
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout.split("\n")[0] ?? "")).toEqual({ id: 1, result: "a%20b" });
  });

  it.each([
    [["console"], "console"],
    [["console", "--port", "0", "--help"], "console"],
    [["conformance", "run", "--", "python3", "my_signer.py"], "conformance"],
    [["provider", "--callback", "oob"], "provider"],
  ])("prints how to install the package that %j needs", async (args, name) => {
    expect(await oauth1(args)).toEqual({
      code: 2,
      stdout: "",
      stderr: `oauth1: oauth1 ${name} needs the package @oauth1/${name}: install it with npm install --global @oauth1/${name}\n`,
    });
  });

  it("lists the commands of packages that are not installed", async () => {
    const { code, stdout } = await oauth1(["--help"]);
    expect(code).toBe(0);
    const text = stdout.replace(/\s+/g, " ");
    expect(text).toContain("(needs @oauth1/console)");
    expect(text).toContain("(needs @oauth1/conformance)");
  });
});

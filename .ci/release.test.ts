// `npm run release` and the versions that the changesets lead to.
import { execFile } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publishedPackages, root } from "./published.mjs";

const run = promisify(execFile);
const read = (file: string) => readFileSync(file, "utf8");
const folder = mkdtempSync(join(tmpdir(), "oauth1-release-test-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { fixed } = JSON.parse(read(join(root, ".changeset/config.json")));
const packages = publishedPackages();
const names: string[] = packages.map(({ manifest }) => manifest.name);
const VECTORS = "@oauth1/vectors";

/** The version of the set of vectors, which every file repeats. */
const setVersion: string = JSON.parse(
  read(join(root, "conformance/vectors/hmac-sha1.json")),
).version;

describe("the changesets", () => {
  beforeAll(async () => {
    const { stdout } = await run(
      "git",
      ["ls-files", "*package.json", "*CHANGELOG.md", "pnpm-workspace.yaml", ".changeset"],
      {
        cwd: root,
      },
    );
    for (const file of stdout.trim().split("\n")) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      cpSync(join(root, file), join(folder, file));
    }
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    await run("git", ["init", "--quiet"], { cwd: folder });
    const program = join(root, "node_modules/@changesets/cli/bin.js");
    await run(process.execPath, [program, "version"], { cwd: folder });
  });

  const versioned = (path: string) => join(folder, relative(root, path));

  it("give all packages one version, except the vectors", () => {
    expect(fixed).toEqual([names.filter((name) => name !== VECTORS)]);
  });

  it("lead to 0.1.0, and for the vectors to the version of the set", () => {
    for (const { folder: own, manifest } of packages) {
      const { version } = JSON.parse(read(join(versioned(own), "package.json")));
      const first = manifest.name === VECTORS ? setVersion : "0.1.0";
      // After the first release the versions are higher, and those of the fixed packages equal.
      expect(version, manifest.name).toBe(manifest.version === "0.0.0" ? first : version);
    }
    const { version } = JSON.parse(read(join(folder, "conformance/vectors/package.json")));
    expect(version).toBe(setVersion);
  });

  it("write a changelog of sentences for each package", () => {
    for (const { folder: own, manifest } of packages) {
      const changelog = read(join(versioned(own), "CHANGELOG.md"));
      expect(changelog).toMatch(
        /^# @oauth1\/[\w-]+\n\n## \d+\.\d+\.\d+\n\n### \w+ Changes\n\n[A-Z]/,
      );
      expect(changelog, manifest.name).not.toMatch(/Updated dependencies|^- [0-9a-f]{7}:/m);
    }
  });

  it("keep the peers of a package free of ranges, which would make minor versions major ones", () => {
    for (const { manifest } of packages) {
      const peers = Object.entries(manifest.peerDependencies ?? {});
      const own = peers.filter(([name]) => names.includes(name));
      expect(own.map(([, range]) => range).filter((range) => range !== "*")).toEqual([]);
    }
  });
});

describe("npm run release", () => {
  const requests: IncomingMessage[] = [];
  const registry = createServer((request, response) => {
    requests.push(request);
    const name = decodeURIComponent(request.url?.slice(1) ?? "");
    if (name === "@oauth1/options") {
      response.end(JSON.stringify({ name, versions: { "0.1.0": {}, "0.0.0": {} } }));
    } else {
      response.writeHead(name === "@oauth1/signer" ? 500 : 404).end("{}");
    }
  });
  beforeAll(async () => {
    await once(registry.listen(0, "127.0.0.1"), "listening");
  });
  afterAll(() => {
    registry.close();
  });

  /** Runs the script with a registry of its own, and without the settings of the user. */
  async function release(...args: string[]) {
    const { port } = registry.address() as AddressInfo;
    const env = {
      ...process.env,
      npm_config_registry: `http://127.0.0.1:${port}/`,
      npm_config_userconfig: join(folder, "no-settings"),
      NODE_AUTH_TOKEN: "secret",
      NPM_TOKEN: "secret",
    };
    return run(process.execPath, [join(root, ".ci/release.mjs"), ...args], { cwd: root, env }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ code, stdout, stderr }),
    );
  }

  it("shows with --dry-run what it would publish, and publishes nothing", async () => {
    const { code, stdout, stderr } = await release("--dry-run", "--files");
    expect([code, stderr]).toEqual([0, ""]);
    const [table = "", lists = ""] = stdout.split("\n\n@oauth1");
    const [head, ...rows] = table.split("\n").map((line) => line.split(/ {2,}/));
    expect(head).toEqual(["package", "version", "tag", "files", "packed", "unpacked", "registry"]);
    expect(rows.map(([name]) => name)).toEqual(names);
    for (const [name, version, tag, files, packed, unpacked, state] of rows) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
      expect(version).not.toBe("0.0.0");
      expect(tag).toBe("latest");
      expect(Number(files)).toBeGreaterThan(5);
      expect(Number.parseFloat(unpacked ?? "")).toBeGreaterThan(Number.parseFloat(packed ?? ""));
      const answers: Record<string, string> = {
        "@oauth1/options": version === "0.1.0" ? "has it" : "new",
        "@oauth1/signer": "no answer",
      };
      expect(state, name).toBe(answers[name ?? ""] ?? "new");
    }
    expect(lists).toContain("package.json");
    expect(lists).not.toMatch(/\btest\/|node_modules|\.env/);
    expect(stdout.trimEnd()).toMatch(/Nothing was published\.$/);

    expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
    expect(requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  });

  it.each([["--dry"], ["--dry-run", "--force"], ["now"], ["--files"]])(
    "rejects %s %s, and publishes nothing",
    async (...args) => {
      const { code, stdout, stderr } = await release(...args.filter((arg) => arg !== undefined));
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toMatch(/^release: .+\nUsage: npm run release/);
    },
  );

  const pending = readdirSync(join(root, ".changeset")).filter((file) =>
    /^(?!README).*\.md$/.test(file),
  );
  it.skipIf(pending.length === 0)("does not publish while there are changesets", async () => {
    const { code, stderr } = await release();
    expect(code).toBe(1);
    expect(stderr).toBe(
      "release: there are changesets: run `npx changeset version` and commit its changes before a release\n",
    );
  });
});

// A newcomer can complete these pages by copying, in the stated time, with only the packages
// that npm installs.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { firstStart } from "../packages/api-keys/dist/admin.js";
import { createKey, openInstallation, SYSTEM } from "../packages/api-keys/dist/index.js";
import { startConsole } from "../packages/console/dist/server/index.js";
import { followPage, minutesOf } from "./follow-the-pages.js";
import { servePackages } from "./package-registry.mjs";
import { root } from "./published.mjs";

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), "oauth1-pages-"));
let registry: Awaited<ReturnType<typeof servePackages>>;
let common: Record<string, string>;

beforeAll(async () => {
  const archives = join(folder, "archives");
  mkdirSync(archives);
  registry = await servePackages(["client", "cli", "conformance"], archives);
  common = {
    npm_config_userconfig: registry.settings,
  };
});

afterAll(() => {
  registry?.close();
  rmSync(folder, { recursive: true });
});

/**
 * An empty folder, and a separate folder for npx, because two npx that install one package at once
 * fail. It is in the cache, whose downloads all share.
 */
function newcomer(name: string) {
  const path = join(folder, name);
  const cache = join(folder, `cache-${name}`);
  const downloads = join(folder, "downloads");
  for (const made of [path, cache, downloads]) mkdirSync(made, { recursive: true });
  symlinkSync(downloads, join(cache, "_cacache"));
  return { folder: path, environment: { ...common, npm_config_cache: cache } };
}

describe.concurrent("a newcomer who copies from the page", () => {
  const pages: [page: string, section?: string][] = [
    ["guides/call-an-api.md"],
    ["guides/protect-an-api.md"],
    ["guides/take-one-primitive.md"],
    ["verify-your-signer.md", "In five minutes"],
  ];
  it.each(pages)(
    "%s gets the results that it shows, in the stated time",
    { timeout: 600_000 },
    async (page, section) => {
      const start = performance.now();
      await followPage(page, {
        ...newcomer(page.replace(/\W/g, "-")),
        ...(section && { section }),
      });
      expect((performance.now() - start) / 60_000).toBeLessThan(minutesOf(page));
    },
  );

  it("can validate a file as in reference/schemas.md", { timeout: 600_000 }, async () => {
    await followPage("reference/schemas.md", {
      ...newcomer("schemas"),
      section: "Fetch and validate",
    });
  });
});

describe("the README's first example", () => {
  it("calls the console with a key that a user created", { timeout: 600_000 }, async () => {
    const { folder: cwd, environment } = newcomer("readme");
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const program = /^```js\n(\/\/ call\.mjs.*?)^```$/ms.exec(readme)?.[1];
    if (program === undefined) throw new Error("README.md must contain call.mjs");
    writeFileSync(join(cwd, "call.mjs"), program);
    const install =
      /^npm install (@oauth1\/client[^#\n]*)/m.exec(readme)?.[1]?.trim().split(" ") ?? [];
    const env = { ...process.env, ...environment };
    await run("npm", ["init", "--yes"], { cwd, env });
    await run("npm", ["install", ...install], { cwd, env });

    const dataFolder = join(cwd, "data");
    const installation = await openInstallation({ dataFolder });
    const { accountId } = await firstStart(installation);
    const { credentials } = await createKey(installation, accountId, SYSTEM, {
      applicationName: "Quick start",
      developerName: "Jane Doe",
      category: "data",
      permissions: ["data-access"],
    });
    await installation.close();
    const { client, token } = credentials;
    writeFileSync(
      join(cwd, ".env"),
      `OAUTH1_CLIENT_IDENTIFIER=${client.identifier}
OAUTH1_CLIENT_SHARED_SECRET=${client.sharedSecret}
OAUTH1_TOKEN_IDENTIFIER=${token.identifier}
OAUTH1_TOKEN_SHARED_SECRET=${token.sharedSecret}
`,
    );
    const running = await startConsole({ port: 0, dataFolder, log: pino({ level: "silent" }) });
    try {
      const url = `${running.origin}/api/account/${accountId}/echo/data/data-access`;
      const { stdout } = await run(process.execPath, ["--env-file=.env", "call.mjs", url], { cwd });
      expect(stdout).toContain("200");
      expect(stdout).toContain("Quick start");
    } finally {
      await running.close();
    }
  });
});

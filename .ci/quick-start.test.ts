// Runs the README's quick start like a user who has only the packages: in an empty folder, against
// the console of `npm start`.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pino } from "pino";
import { afterAll, describe, expect, it } from "vitest";
import { firstStart } from "../packages/api-keys/dist/admin.js";
import { createKey, openInstallation, SYSTEM } from "../packages/api-keys/dist/index.js";
import { startConsole } from "../packages/console/dist/server/index.js";
import { packWithDependencies } from "./published.mjs";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(join(root, "README.md"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "oauth1-quick-start-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the quick start", () => {
  it("works in an empty folder", { timeout: 120_000 }, async () => {
    const program = /^```js\n(\/\/ call\.mjs.*?)^```$/ms.exec(readme)?.[1];
    if (program === undefined) throw new Error("README.md must contain call.mjs");
    writeFileSync(join(folder, "call.mjs"), program);
    writeFileSync(join(folder, "package.json"), "{}");

    const archives = await packWithDependencies(["client", "signer"], folder);
    await run("npm", ["install", "--no-audit", "--no-fund", ...archives], { cwd: folder });

    // The key that a user creates in the console.
    const dataFolder = join(folder, "data");
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
      join(folder, ".env"),
      `OAUTH1_CLIENT_IDENTIFIER=${client.identifier}
OAUTH1_CLIENT_SHARED_SECRET=${client.sharedSecret}
OAUTH1_TOKEN_IDENTIFIER=${token.identifier}
OAUTH1_TOKEN_SHARED_SECRET=${token.sharedSecret}
`,
    );
    const running = await startConsole({ port: 0, dataFolder, log: pino({ level: "silent" }) });
    try {
      const url = `${running.origin}/api/account/${accountId}/echo/data/data-access`;
      const { stdout } = await run(process.execPath, ["--env-file=.env", "call.mjs", url], {
        cwd: folder,
      });
      expect(stdout).toContain("200");
      expect(stdout).toContain("Quick start");
    } finally {
      await running.close();
    }
  });
});

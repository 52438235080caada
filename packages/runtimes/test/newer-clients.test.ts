// @oauth1/client's own tests of HTTP clients, in Node 22 with got 16, ky 2 and undici 8.
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { hasOauthlib } from "../../client/test/verifying-server.js";
import { runtimes } from "../dist/runtimes.js";
import { isLeftOut } from "./left-out.js";

const node22 = runtimes.find(({ name }) => name === "Node 22");
if (node22 === undefined) throw new Error("the runtimes do not include Node 22");

describe.skipIf(!hasOauthlib || isLeftOut(node22))("got 16, ky 2 and undici 8", () => {
  it("pass the adapters' tests", async () => {
    const vitest = fileURLToPath(new URL("vitest.mjs", import.meta.resolve("vitest/package.json")));
    const config = fileURLToPath(new URL("../newer-clients/vitest.config.ts", import.meta.url));
    const { stdout, stderr } = await promisify(execFile)(node22.program, [
      vitest,
      "run",
      ...["--config", config, "--reporter", "json", "test/adapters.test.ts"],
    ]).catch((failed: { readonly stdout: string; readonly stderr: string }) => failed);
    expect(stdout, stderr).toMatch(/^\{/);
    const report = JSON.parse(stdout);
    expect(report.testResults.map(({ message }: { message: string }) => message)).toEqual([""]);
    expect(report.numPassedTests).toBeGreaterThan(10);
    expect(report.numPassedTests).toBe(report.numTotalTests);
  });
});

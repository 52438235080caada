// The programs of docs/migration, old and new, against a server that verifies with oauthlib.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasOauthlib, type Provider, startProvider } from "../../client/test/provider/provider.js";
import { fenced, programFolder, runProgram, writeProgram } from "./program.js";

const pages = readdirSync(fileURLToPath(new URL("../../../docs/migration/", import.meta.url)));
const PLAIN = "file=vacation%20%E2%98%83.jpg&size=original";
const programs = programFolder();
afterAll(() => programs.remove());

const source = (page: string, which: "js old" | "ts new") =>
  writeProgram(programs.path, `${which.slice(3)}-${page}`, fenced(`migration/${page}`, which));

describe.skipIf(!hasOauthlib)("against the server", () => {
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider({
      clients: { dpf43f3p2l4k3l03: { secret: "kd94hf93k423kf44" } },
      tokens: { nnch734d00sl2jdk: "pfkkdhi9sl3r4s00" },
    });
  }, 60_000);
  afterAll(() => provider.stop());

  /** The status code that a program prints, and whether oauthlib verified its request. */
  async function statusOf(program: string, query: string): Promise<[string, boolean | undefined]> {
    await provider.received();
    const run = runProgram(program, { ADDRESS: `${provider.origin}/photos?${query}` });
    const printed = (await run.output).trim();
    const [received, ...more] = await provider.received();
    expect(more).toEqual([]);
    expect(received?.target).toBe(`/photos?${query}`);
    return [printed, received?.verified];
  }

  for (const page of pages) {
    it(`${page}: both programs send the plain request`, { timeout: 60_000 }, async () => {
      for (const which of ["js old", "ts new"] as const) {
        expect(await statusOf(source(page, which), PLAIN)).toEqual(["200", true]);
      }
    });

    const wrong = fenced(`migration/${page}`, "text wrong").trim().split("\n");
    it.each(wrong)(
      `${page}: only the new program is right: %s`,
      { timeout: 60_000 },
      async (query) => {
        expect(await statusOf(source(page, "js old"), query)).toEqual(["401", false]);
        expect(await statusOf(source(page, "ts new"), query)).toEqual(["200", true]);
      },
    );
  }
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMissing, startPostgres } from "@oauth1/test-servers";
import { describe, expect, it } from "vitest";
import {
  approve,
  begin,
  callApi,
  exchange,
  listTokens,
  openConsent,
  startProvider,
} from "./provider-process.js";
import { freshOwner, problemOf } from "./served-provider.js";

const ROUNDS = process.env["OAUTH1_DEEP"] === "1" ? 50 : 5;

describe.skipIf(isMissing("postgres"))("two processes with one PostgreSQL", () => {
  it("issue exactly one token for 100 concurrent exchanges", { timeout: 600_000 }, async () => {
    const postgres = await startPostgres({ settings: { fsync: "off" } });
    const dataFolder = mkdtempSync(join(tmpdir(), "oauth1-provider-"));
    const processes = [
      startProvider(dataFolder, postgres.url),
      startProvider(dataFolder, postgres.url),
    ] as const;
    const here = await processes[0].begin();
    const there = await processes[1].begin();
    for (let round = 0; round < ROUNDS; round++) {
      const owner = freshOwner();
      const temporary = await begin(here);
      const form = await openConsent(there, temporary, owner);
      const code = await approve(here, temporary, owner, form as URLSearchParams);
      const tokens: string[] = [];
      const problems = await Promise.all(
        Array.from({ length: 100 }, async (_, index) => {
          const exchanged = exchange(index % 2 === 0 ? here : there, temporary, code as string);
          return problemOf(
            exchanged.then(async (token) => {
              tokens.push(token.identifier);
              expect(await callApi(there, token)).toBe(owner);
              expect(await callApi(here, token)).toBe(owner);
            }),
          );
        }),
      );
      expect(tokens, problems.join()).toHaveLength(1);
      expect(await listTokens(there, owner)).toEqual(tokens);
    }
    for (const { kill } of processes) await kill();
    await postgres.stop();
    rmSync(dataFolder, { recursive: true });
  });
});

import { rmSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { AuthorizationError } from "@oauth1/client/authorization";
import { isMissing, startPostgres } from "@oauth1/test-servers";
import { describe, expect, it } from "vitest";
import { freshDataFolder } from "./data-folder.js";
import {
  approve,
  begin,
  callApi,
  exchange,
  listTokens,
  openConsent,
  startProvider,
} from "./provider-process.js";
import { type Credentials, freshOwner, problemOf } from "./served-provider.js";

const isDeep = process.env["OAUTH1_DEEP"] === "1";
/** The number of times the process is killed. */
const KILLS = isDeep ? 50 : 4;
/** The minimum number of tokens that clients receive between two kills. */
const BETWEEN = isDeep ? 20 : 5;
/** The number of clients that dance concurrently. */
const CLIENTS = 8;

/** An approval. Each has a resource owner of its own, who therefore has at most one token. */
interface Approval {
  readonly owner: string;
  readonly temporary: Credentials;
  readonly code: string;
  /** What the client received. A kill can lose the response, and then no retry gets another. */
  token?: Credentials;
}

describe("issued tokens survive kill -9", { timeout: 3_600_000 }, () => {
  it(`of the process with the embedded database, ${KILLS} times`, async () => {
    await danceDuringKills();
  });

  it.skipIf(isMissing("postgres"))(`of the process with PostgreSQL, ${KILLS} times`, async () => {
    const postgres = await startPostgres();
    try {
      await danceDuringKills(postgres.url);
    } finally {
      await postgres.stop();
    }
  });
});

async function danceDuringKills(databaseUrl?: string): Promise<void> {
  const dataFolder = await freshDataFolder();
  let provider = startProvider(dataFolder, databaseUrl);
  let next = startProvider(dataFolder, databaseUrl);
  const restarts = { origin: provider.begin() };
  const approvals: Approval[] = [];
  const progress = { received: 0, exchanging: 0, isEnough: false };
  const dancing = Promise.all(
    Array.from({ length: CLIENTS }, () => danceUntilEnough(restarts, approvals, progress)),
  );
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const enough = progress.received + BETWEEN;
      const isTime = () =>
        progress.received >= enough && (kill % 2 === 0 || progress.exchanging > 0);
      while (!isTime()) await Promise.race([wait(1), dancing]);
      await wait(Math.random() * 10);
      await provider.kill();
      provider = next;
      restarts.origin = provider.begin();
      next = startProvider(dataFolder, databaseUrl);
    }
    progress.isEnough = true;
    await dancing;
    await requireAll(await restarts.origin, approvals);
    expect(progress.received).toBeGreaterThanOrEqual(KILLS * BETWEEN);
  } finally {
    await provider.kill();
    await next.kill();
    rmSync(dataFolder, { recursive: true });
  }
}

/** A client that begins the next dance when it has a token, and a resource owner who allows it. */
async function danceUntilEnough(
  restarts: { readonly origin: Promise<string> },
  approvals: Approval[],
  progress: { received: number; exchanging: number; readonly isEnough: boolean },
): Promise<void> {
  /** Repeats a step that a kill cut off. */
  async function repeated<Result>(step: (origin: string) => Promise<Result>, cut = { off: false }) {
    for (;;) {
      const current = restarts.origin;
      try {
        return await step(await current);
      } catch (error) {
        if (!isCutOff(error)) throw error;
        cut.off = true;
        if (current === restarts.origin) await wait(1); // the kill is not complete
      }
    }
  }

  while (!progress.isEnough) {
    const owner = freshOwner();
    const temporary = await repeated(begin);
    const form = await repeated((origin) => openConsent(origin, temporary, owner));
    if (form === undefined) throw new Error("the consent page must open");
    const posted = { off: false };
    const code = await repeated((origin) => approve(origin, temporary, owner, form), posted);
    if (code === undefined) {
      if (!posted.off) throw new Error("the form must be accepted once");
      continue; // A kill lost the code.
    }
    const approval: Approval = { owner, temporary, code };
    approvals.push(approval);
    const asked = { off: false };
    progress.exchanging++;
    try {
      approval.token = await repeated((origin) => exchange(origin, temporary, code), asked);
      progress.received++;
    } catch (error) {
      // After a kill, the token can exist without a client that knows it.
      if (!asked.off) throw error;
      expect(await problemOf(Promise.reject(error))).toMatch(/^401 token_(?:rejected|used)$/);
    } finally {
      progress.exchanging--;
    }
  }
}

function isCutOff(error: unknown): boolean {
  return error instanceof AuthorizationError
    ? error.code === "ERR_NO_ANSWER"
    : error instanceof TypeError; // of fetch
}

/** Expects that each received token works, and that no approval leads to two tokens. */
async function requireAll(origin: string, approvals: readonly Approval[]): Promise<void> {
  for (const { owner, temporary, code, token } of approvals) {
    const again = await problemOf(exchange(origin, temporary, code));
    const tokens = await listTokens(origin, owner);
    if (token === undefined) {
      expect([again, tokens.length]).toEqual(["401 token_rejected", 1]);
    } else {
      expect([again, tokens]).toEqual(["401 token_rejected", [token.identifier]]);
      expect(await callApi(origin, token)).toBe(owner);
    }
  }
  const identifiers = approvals.flatMap(({ token }) => token?.identifier ?? []);
  expect(new Set(identifiers).size).toBe(identifiers.length);
}

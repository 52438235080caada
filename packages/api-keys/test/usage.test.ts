import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createSigner } from "@oauth1/signer";
import { isMissing } from "@oauth1/test-servers";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { createUser } from "../src/admin.js";
import {
  createApiKeysServer,
  listKeys,
  openInstallation,
  readCalls,
  readKey,
  readUsage,
} from "../src/index.js";
import { CallBuffer } from "../src/usage/call-buffer.js";
import { describeRequest } from "../src/usage/described-request.js";
import { prepareRecorder } from "../src/usage/recorder.js";
import { ORIGIN, signedIn } from "./browser.js";
import { freshDatabase, onBothDatabases } from "./installations.js";
import { type CallingKey, call, callingKey, startServer } from "./signed-calls.js";

const isDeep = process.env["OAUTH1_DEEP"] === "1";
/** The calls of each test that adds them up. */
const CALLS = isDeep ? 10_000 : 2000;
const UNKNOWN_CLIENTS = isDeep ? 200_000 : 100_000;

onBothDatabases((opened) => {
  afterEach(() => {
    vi.useRealTimers();
  });

  const totals = async ({ accountId, key }: CallingKey) => {
    const { hours } = await readUsage(opened.installation, accountId, key.id);
    return {
      verified: hours.reduce((sum, { verified }) => sum + verified, 0),
      rejected: hours.reduce((sum, { rejected }) => sum + rejected, 0),
    };
  };

  describe("the usage of a key", () => {
    it("is written once a minute, not during a request", async () => {
      vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
      const { origin, close } = await startServer(opened.installation);
      const key = await callingKey(opened.installation);
      const wrong = { signer: { client: { ...key.credentials.client, sharedSecret: "wrong" } } };
      for (let number = 0; number < 3; number++) {
        expect((await call(origin, key)).status).toBe(200);
        expect((await call(origin, key, wrong)).status).toBe(401);
      }
      expect(await totals(key)).toEqual({ verified: 0, rejected: 0 });
      expect((await readKey(opened.installation, key.accountId, key.key.id)).lastUsedAt).toBeNull();

      vi.advanceTimersByTime(60_000);
      await expect.poll(() => totals(key)).toEqual({ verified: 3, rejected: 3 });
      const { lastUsedAt } = await readKey(opened.installation, key.accountId, key.key.id);
      expect(Date.now() - Date.parse(lastUsedAt ?? "")).toBeLessThan(120_000);
      const { keys } = await listKeys(opened.installation, key.accountId);
      expect(keys[0]?.lastUsedAt).toBe(lastUsedAt);
      close();
    });

    it("has a count for each of the last 24 hours, and forgets earlier ones", async () => {
      const key = await callingKey(opened.installation);
      const recorder = prepareRecorder(opened.installation, { recordCalls: true, onFault: fail });
      for (let hour = 30; hour >= 0; hour--) {
        recorder.record(
          key.key.client.identifier,
          key.key.id,
          aCall({ at: new Date(Date.now() - hour * 3_600_000) }),
        );
      }
      await recorder.flush();
      const { hours } = await readUsage(opened.installation, key.accountId, key.key.id);
      expect(hours.map(({ verified }) => verified)).toEqual(Array(24).fill(1));
      expect(Date.parse(hours[23]?.start ?? "")).toBe(
        Math.floor(Date.now() / 3_600_000) * 3_600_000,
      );
      const { rows } = (await opened.installation.client.query(
        "select count(*)::int as count from api_key_hours where key_id = $1",
        [key.key.id],
      )) as { rows: { count: number }[] };
      expect(rows[0]?.count).toBe(24);
    });

    it("does not change the last use for a rejected or an older call", async () => {
      const key = await callingKey(opened.installation);
      const recorder = prepareRecorder(opened.installation, { recordCalls: true, onFault: fail });
      const at = new Date(Date.now() - 60_000);
      const record = (call: object) =>
        recorder.record(key.key.client.identifier, key.key.id, aCall(call));
      record({ at });
      await recorder.flush();
      record({ verified: false });
      record({ at: new Date(at.getTime() - 60_000) });
      await recorder.flush();
      const { lastUsedAt } = await readUsage(opened.installation, key.accountId, key.key.id);
      expect(lastUsedAt).toBe(at.toISOString());
    });

    it("is written later if the database fails", async () => {
      const key = await callingKey(opened.installation);
      const faults: unknown[] = [];
      const recorder = prepareRecorder(opened.installation, {
        recordCalls: true,
        onFault: (error) => faults.push(error),
      });
      const { database } = opened.installation;
      recorder.record(key.key.client.identifier, key.key.id, aCall({}));
      await database.execute(sql`alter table api_key_calls rename to away`);
      await recorder.flush();
      await database.execute(sql`alter table away rename to api_key_calls`);
      expect(faults).toHaveLength(1);
      expect(await totals(key)).toEqual({ verified: 0, rejected: 0 });
      recorder.record(key.key.client.identifier, key.key.id, aCall({}));
      await recorder.flush();
      expect(faults).toHaveLength(1);
      expect(await totals(key)).toEqual({ verified: 2, rejected: 0 });
      expect(await readCalls(opened.installation, key.accountId, key.key.id)).toHaveLength(2);
    });

    it("is recorded for known keys only, in bounded memory, however many clients are unknown", async () => {
      const key = await callingKey(opened.installation);
      const recorder = prepareRecorder(opened.installation, { recordCalls: true, onFault: fail });
      setFlagsFromString("--expose-gc");
      const gc = runInNewContext("gc") as () => void;
      gc();
      const before = process.memoryUsage().heapUsed;
      for (let number = 0; number < UNKNOWN_CLIENTS; number++) {
        const client = number.toString(16).padStart(32, "0");
        recorder.record(
          client,
          undefined,
          aCall({ verified: false, path: `/${"x".repeat(300)}${number}` }),
        );
        // The collected identifiers are resolved between requests.
        if (number % 500 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      gc();
      // Without the bound, they would need more than 50 MB.
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(30_000_000);
      await recorder.flush();
      recorder.record(key.key.client.identifier, undefined, aCall({ verified: false }));
      recorder.record("not an identifier", undefined, aCall({ verified: false }));
      await recorder.flush();
      expect(await totals(key)).toEqual({ verified: 0, rejected: 1 });
    });

    it(`adds up over ${CALLS} calls, together with those of unknown clients`, async () => {
      const keys = await Promise.all([1, 2, 3].map(() => callingKey(opened.installation)));
      const recorder = prepareRecorder(opened.installation, { recordCalls: true, onFault: fail });
      const expected = keys.map(() => ({ verified: 0, rejected: 0 }));
      for (let number = 0; number < CALLS; number++) {
        const at = number % 3;
        const { key } = keys[at] as CallingKey;
        const counted = expected[at] as { verified: number; rejected: number };
        const verified = number % 7 !== 0;
        counted[verified ? "verified" : "rejected"]++;
        recorder.record(key.client.identifier, verified ? key.id : undefined, aCall({ verified }));
        recorder.record(
          number.toString(16).padStart(32, "f"),
          undefined,
          aCall({ verified: false }),
        );
        if (number % (CALLS / 8) === 0) await recorder.flush();
      }
      await recorder.flush();
      expect(await Promise.all(keys.map(totals))).toEqual(expected);
      for (const key of keys) {
        expect(await readCalls(opened.installation, key.accountId, key.key.id)).toHaveLength(50);
      }
    });
  });

  describe("the recent calls of a key", () => {
    /** Makes calls to a separate server, which writes them when its installation closes. */
    async function afterCalls(
      key: CallingKey,
      calls: (origin: string) => Promise<unknown>,
      options = {},
    ) {
      const closing: (() => Promise<void>)[] = [];
      const installation = {
        ...opened.installation,
        beforeClose: (task: () => Promise<void>) => void closing.push(task),
      };
      const { origin, close } = await startServer(installation, options);
      await calls(origin);
      close();
      await Promise.all(closing.map((task) => task()));
      return readCalls(opened.installation, key.accountId, key.key.id);
    }

    it("contain the called resource and the response", async () => {
      const key = await callingKey(opened.installation);
      const calls = await afterCalls(key, async (origin) => {
        await call(origin, key, { path: `${key.path}?from=2026&to=a+secret&from=2027` });
        await call(origin, key, { path: key.path.replace("users", "skills") });
        await call(origin, key, { path: key.path.replace("users", "nothing") });
        const now = Math.floor(Date.now() / 1000);
        const once = { nonce: () => "same", clock: () => now };
        await call(origin, key, { signer: once });
        await call(origin, key, { signer: once });
        await call(origin, key, { signer: { clock: () => 1 } });
      });
      expect(
        calls.map(({ at, ...shown }) => ({
          ...shown,
          isNew: Date.now() - Date.parse(at) < 60_000,
        })),
      ).toMatchObject([
        {
          status: 401,
          verified: false,
          problem: "timestamp_refused",
          explanation: expect.stringContaining("oauth_timestamp"),
        },
        {
          status: 401,
          verified: false,
          problem: "nonce_used",
          explanation: "oauth_nonce was already used",
        },
        { status: 200, verified: true, problem: null, explanation: null },
        { status: 404, verified: true, problem: "not_found", explanation: null },
        {
          status: 403,
          verified: true,
          problem: "permission_missing",
          explanation: expect.stringContaining('"Skills API"'),
        },
        {
          isNew: true,
          method: "GET",
          path: key.path,
          queryNames: ["from", "to"],
          status: 200,
          verified: true,
          problem: null,
          explanation: null,
          mistakes: [],
        },
      ]);
    });

    it("explain a wrong signature: scheme, method, query, secret", async () => {
      const key = await callingKey(opened.installation);
      const { client, token } = key.credentials;
      // A server diagnoses at most two requests a second.
      await afterCalls(key, async (origin) => {
        const url = `${origin}${key.path}`;
        await call(origin, key, { signedUrl: url.replace("http:", "https:") });
        await call(origin, key, { signedMethod: "POST" });
      });
      await afterCalls(key, async (origin) => {
        await call(origin, key, { path: `${key.path}?q=1`, signedUrl: `${origin}${key.path}` });
        await call(origin, key, {
          signer: { client: { ...client, sharedSecret: `${client.sharedSecret}\n` } },
        });
      });
      const calls = await afterCalls(key, async (origin) => {
        await call(origin, key, { signer: { token: { ...token, sharedSecret: "wrong" } } });
        const form = new URLSearchParams({ greeting: "hello & goodbye" });
        await call(origin, key, {
          method: "POST",
          body: form,
          signedUrl: `${origin.replace("http:", "https:")}${key.path}`,
        });
      });
      expect(calls.map(({ mistakes }) => mistakes)).toEqual([
        ["SchemeSwapped"],
        [],
        ["SecretWhitespace"],
        ["QueryNotSigned"],
        ["MethodOverridden"],
        ["SchemeSwapped"],
      ]);
      expect(calls.map(({ problem }) => problem)).toEqual(Array(6).fill("signature_invalid"));
      expect(calls[5]?.explanation).toMatch(
        /^Your client signed https, the request came by http: .* \(§3\.4\.1\.2\)\.$/,
      );
      expect(calls[4]?.explanation).toMatch(/^Your client signed POST, the request is a GET: /);
      expect(calls[1]?.explanation).toContain("check that client and server have the same secrets");
    });

    it("are diagnosed at most twice a second, and the others have the verifier's advice", async () => {
      const key = await callingKey(opened.installation);
      const calls = await afterCalls(key, (origin) =>
        Promise.all(
          Array.from({ length: 20 }, () =>
            call(origin, key, { signedUrl: `https://example.com${key.path}` }),
          ),
        ),
      );
      const diagnosed = calls.filter(({ explanation }) => explanation?.startsWith("Your client"));
      expect(calls).toHaveLength(20);
      expect(diagnosed.length).toBeLessThan(20);
      expect(calls.at(-1)?.explanation).toBeTruthy();
    });

    it("contain no secret, signature, value of the query, or body", async () => {
      const key = await callingKey(opened.installation, {
        category: "agent-interactions",
        permissions: ["user-login"],
      });
      const { accountId } = key;
      await createUser(opened.installation, accountId, key.actor, {
        username: `bot.${accountId}`,
        role: "Agent",
      });
      const { client, token } = key.credentials;
      const secrets = [client.sharedSecret, token.sharedSecret];
      const loginPath = `/api/account/${accountId}/login?v=1.3`;
      const calls = await afterCalls(key, async (origin) => {
        for (const secret of secrets) {
          const encoded = [...secret].map((each) => `%${each.charCodeAt(0).toString(16)}`).join("");
          await call(origin, key, { path: `/api/account/${accountId}/echo/data/${secret}` });
          await call(origin, key, {
            path: `/api/account/${accountId}/echo/data/x?${secret}=${secret}`,
          });
          await call(origin, key, {
            path: `/api/account/${accountId}/echo/data/${encoded}?${encoded}`,
          });
          await call(origin, key, {
            signedUrl: `${origin}/${secret}`,
            path: `/api/account/${accountId}/echo/data/x?a=${secret}`,
          });
          await call(origin, key, {
            signer: { transmission: "query" },
            path: `${key.path}?pin=1234567`,
          });
        }
        for (const values of [
          { secret: client.sharedSecret, accessTokenSecret: token.sharedSecret },
          { secret: token.sharedSecret, accessTokenSecret: client.sharedSecret },
        ]) {
          await fetch(`${origin}${loginPath}`, {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({
              username: `bot.${accountId}`,
              appKey: client.identifier,
              accessToken: token.identifier,
              ...values,
            }),
          });
        }
      });
      expect(calls).toHaveLength(12);
      expect(calls.slice(0, 2)).toMatchObject([
        {
          path: loginPath.replace("?v=1.3", ""),
          verified: false,
          status: 401,
          problem: "bad_authentication",
        },
        { verified: true, status: 200, problem: null },
      ]);
      const { rows } = await opened.installation.client.query(
        "select * from api_key_calls where key_id = $1",
        [key.key.id],
      );
      const stored = decodeURIComponent(JSON.stringify(rows).replaceAll("%", "%25")).toLowerCase();
      for (const secret of secrets) {
        for (let start = 0; start < secret.length - 8; start++) {
          expect(stored).not.toContain(secret.slice(start, start + 8));
        }
      }
      expect(stored).not.toContain("1234567");
      expect(stored).not.toMatch(/%2[bf]|%3d/);
      expect(stored).not.toContain(`bot.${accountId}`);
    });

    it("are not recorded with recordCalls: false, but counted", async () => {
      const key = await callingKey(opened.installation);
      const calls = await afterCalls(key, (origin) => call(origin, key), { recordCalls: false });
      expect(calls).toEqual([]);
      expect(await totals(key)).toEqual({ verified: 1, rejected: 0 });
    });
  });

  it("the console's API returns the latest calls to users who may see them", async () => {
    const api = createApiKeysServer(opened.installation, {
      publicOrigin: ORIGIN,
      addressOf: () => "192.0.2.7",
      allowInsecureTransport: true,
    });
    const page = await signedIn(api, opened);
    const { body } = await page.send("POST", "/api/console/keys", {
      applicationName: "Weather bot",
      developerName: "Jane Doe",
      category: "data",
      permissions: ["data-access"],
    });
    const { key, credentials } = body as unknown as CallingKey;
    const signed = createSigner(credentials).sign({
      method: "GET",
      url: `${ORIGIN}/api/account/${page.accountId}/echo/data/data-access`,
    });
    expect((await api.request(signed.url, signed as RequestInit)).status).toBe(200);
    const usage = await page.send("GET", `/api/console/keys/${key.id}/usage`);
    expect(usage.status).toBe(200);
    expect(usage.body).toMatchObject({ lastUsedAt: expect.any(String) });
    const calls = await page.send("GET", `/api/console/keys/${key.id}/calls`);
    expect(calls.body).toMatchObject({
      areRecorded: true,
      calls: [{ status: 200, verified: true }],
    });

    const agent = await signedIn(api, opened, "Agent");
    expect((await agent.send("GET", `/api/console/keys/${key.id}/usage`)).status).toBe(404);
    expect((await agent.send("GET", `/api/console/keys/${key.id}/calls`)).status).toBe(403);
  });
});

describe("the description of a request", () => {
  it.each([
    ["http://host:99999/a?b=c", "/a", ["b"]],
    ["http://host//evil:99999/a", "//evil:99999/a", []],
    ["http://host?b=c&b=d&=e", "/", ["b", ""]],
    [
      `http://host/${"a".repeat(40)}/${"b".repeat(41)}?${"c".repeat(41)}`,
      `/${"a".repeat(40)}/…`,
      ["…"],
    ],
    ["http://host/?%00=1&a%ff=2", "/", ["…", "a\ufffd"]],
  ])("of %s has a path and names", (url, path, queryNames) => {
    expect(describeRequest({ method: "GET", url })).toEqual({ method: "GET", path, queryNames });
  });

  it("is short, however long the request is", () => {
    const url = `http://host${"/abc".repeat(1000)}?${"&abc".repeat(1000)}&${Array.from({ length: 1000 }, (_, at) => at).join("&")}`;
    expect(JSON.stringify(describeRequest({ method: "M".repeat(1000), url })).length).toBeLessThan(
      1000,
    );
  });
});

describe("a buffer of calls", () => {
  it("keeps the last calls of each client, and no more than its maximum of all", () => {
    const buffer = new CallBuffer(120);
    for (let number = 0; number < 1000; number++) {
      for (const client of ["a", "b", "c", "d"])
        buffer.add(client, aCall({ status: number }), true);
    }
    const kept = ["a", "b", "c", "d"].map((client) => buffer.take(client)?.calls ?? []);
    expect(kept.map(({ length }) => length)).toEqual([30, 30, 30, 30]);
    expect(kept[0]?.map(({ status }) => status)).toEqual(
      Array.from({ length: 30 }, (_, at) => 970 + at),
    );
    expect(buffer.size).toBe(0);
  });
});

describe.skipIf(isMissing("postgres"))("two processes on one PostgreSQL server", () => {
  it(`add up ${CALLS} calls, and write them when they end`, async () => {
    const options = await freshDatabase();
    const installation = await openInstallation(options);
    const key = await callingKey(installation);
    const processes = await Promise.all([0, 1].map(() => startProcess(options)));
    const wrong = { signer: { client: { ...key.credentials.client, sharedSecret: "wrong" } } };
    const unknown = { signer: { client: { identifier: "0".repeat(32), sharedSecret: "x" } } };
    const statuses = { 200: 0, 401: 0 } as Record<number, number>;
    await Promise.all(
      processes.map(async ({ origin }) => {
        for (let round = 0; round < CALLS / 100; round++) {
          await Promise.all(
            Array.from({ length: 50 }, async (_, at) => {
              const answer = await call(origin, key, at % 10 === 0 ? wrong : {});
              statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
              await answer.arrayBuffer();
            }),
          );
          if (round % 10 === 0) await (await call(origin, key, unknown)).arrayBuffer();
        }
      }),
    );
    // On a machine that is too busy for the database to answer in time, some are answered with 503.
    const { 200: verified = 0, 401: rejected = 0, 503: failed = 0 } = statuses;
    expect(verified + rejected + failed).toBe(CALLS);
    expect(verified).toBeGreaterThan(0);
    await Promise.all(processes.map(({ end }) => end()));
    const { hours, lastUsedAt } = await readUsage(installation, key.accountId, key.key.id);
    expect(hours.reduce((sum, hour) => sum + hour.verified, 0)).toBe(verified);
    expect(hours.reduce((sum, hour) => sum + hour.rejected, 0)).toBe(rejected + failed);
    expect(lastUsedAt).not.toBeNull();
    expect(await readCalls(installation, key.accountId, key.key.id)).toHaveLength(50);
    await installation.close();
  });
});

const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill();
});

async function startProcess(options: object) {
  const child = fork(new URL("usage-server.mjs", import.meta.url), [JSON.stringify(options)]);
  children.push(child);
  const [{ origin }] = (await once(child, "message")) as [{ origin: string }];
  return {
    origin,
    async end() {
      const exited = once(child, "exit");
      child.send("end");
      expect((await exited)[0]).toBe(0);
    },
  };
}

function aCall(parts: object) {
  return {
    at: new Date(),
    method: "GET",
    path: "/",
    queryNames: [],
    status: 200,
    verified: true,
    problem: null,
    explanation: null,
    mistakes: [],
    ...parts,
  };
}

function fail(error: unknown): never {
  throw error;
}

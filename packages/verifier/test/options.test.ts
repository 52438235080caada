// Servers with a wrong setup: each mistake is named when the server starts, and a result of a store
// that cannot be used accepts nothing.
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { rsaSha1Sync } from "@oauth1/signature-methods/sync/rsa-sha1";
import { createSigner } from "@oauth1/signer";
import { createVerifier, type Verification, VerifierError } from "@oauth1/verifier";
import { cachedCredentials } from "@oauth1/verifier/credentials/cache";
import { expressVerifier } from "@oauth1/verifier/express";
import { fastifyVerifier } from "@oauth1/verifier/fastify";
import { honoVerifier } from "@oauth1/verifier/hono";
import { nodeVerifier } from "@oauth1/verifier/node";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import { createNonceTable, postgresNonceStore } from "@oauth1/verifier/nonces/postgres";
import { redisNonceStore } from "@oauth1/verifier/nonces/redis";
import { tracedVerifier } from "@oauth1/verifier/opentelemetry";
import fastify from "fastify";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  client,
  credentialStore,
  nonceStore,
  signed,
  testVerifier,
  token,
} from "./verifying-server.js";

const right = {
  credentials: credentialStore(),
  nonces: nonceStore(),
  signatureMethods: [hmacSha1],
};
const pool = { query: async () => ({ rows: [] }) };
const redis = { call: async () => "OK" };

/** Each call has a mistake. The text names the option. */
const wrong: [call: () => unknown, named: string][] = [
  [() => createVerifier(undefined as never), "options must be an object"],
  [() => createVerifier(null as never), "options must be an object"],
  [() => createVerifier("x" as never), "options must be an object"],
  [() => createVerifier(Promise.resolve(right) as never), "options must not be a Promise"],
  ...[
    ["credentials", [undefined, null, {}, () => {}, { find: "x" }, new Map()]],
    ["nonces", [undefined, null, {}, memoryNonceStore, { spend: true }, new Set()]],
    [
      "signatureMethods",
      [
        ...[undefined, null, [], hmacSha1, ["HMAC-SHA1"], "HMAC-SHA1", [undefined], [hmacSha1, {}]],
        // The verifier's decisions depend on each of these members.
        ...["name", "keyType", "requiresNonce", "revealsSecrets", "prepareToVerify"].map(
          (member) => [{ ...hmacSha1, [member]: undefined }],
        ),
        [{ ...hmacSha1, keyType: "RSA" }],
      ],
    ],
    ["timestampTolerance", [0, -1, 1.5, "300", Number.NaN, Number.POSITIVE_INFINITY, null]],
    ["realm", [7, null, {}]],
    ["publicOrigin", [7, null, new URL("https://api.example.com")]],
    ["publicPath", [7, null, {}]],
    ["trustedProxies", ["10.0.0.0/8", true, null]],
    ["problemReporting", ["off", "FULL", "", true, null]],
    ["token", [true, "REQUIRED", "", null]],
    ["requireBodyHash", ["false", 0, null]],
    ["allowInsecureTransport", ["false", 1, null]],
    ["limits", [1000, null, "x"]],
    ["clock", [Date, 1, null].filter((value) => typeof value !== "function")],
  ].flatMap(([name, values]) =>
    (values as unknown[]).map((value): [() => unknown, string] => [
      () => createVerifier({ ...right, [name as string]: value } as never),
      `createVerifier: ${name} must be`,
    ]),
  ),
  [() => createVerifier({ ...right, timeStampTolerance: 3 } as never), "timeStampTolerance is not"],
  [() => createVerifier({ ...right, nonceStore: nonceStore() } as never), "nonceStore is not"],
  [() => createVerifier({ ...right, limits: { Body: 1 } } as never), "limits: Body is not"],
  [() => createVerifier({ ...right, limits: { body: 0 } }), "limits: body must be a whole number"],
  [() => createVerifier({ ...right, limits: { bodyTimeout: "1" } } as never), "bodyTimeout must"],
  ...[
    {},
    { addresses: "::1", fields: ["forwarded"] },
    { addresses: [1], fields: ["forwarded"] },
  ].map((trustedProxies): [() => unknown, string] => [
    () => createVerifier({ ...right, trustedProxies } as never),
    "trustedProxies: addresses must be",
  ]),
  ...[[], ["x-real-ip"], "forwarded", undefined].map((fields): [() => unknown, string] => [
    () => createVerifier({ ...right, trustedProxies: { addresses: ["::1"], fields } } as never),
    "trustedProxies: fields must be",
  ]),

  ...[expressVerifier, honoVerifier, tracedVerifier, nodeVerifier].flatMap((adapter) =>
    [undefined, null, {}, createVerifier, right].map((verifier): [() => unknown, string] => [
      () => adapter(verifier as never, (() => {}) as never),
      "verifier must be the result of createVerifier()",
    ]),
  ),
  [() => nodeVerifier(testVerifier(), undefined as never), "listener must be a function"],

  [() => memoryNonceStore({ capacity: 0 }), "memoryNonceStore: capacity must be"],
  [() => memoryNonceStore({ capacity: "10" } as never), "capacity must be"],
  [() => memoryNonceStore({ since: Number.NaN }), "since must be"],
  [() => memoryNonceStore({ clock: 7 } as never), "clock must be a function"],
  [() => memoryNonceStore({ maxEntries: 7 } as never), "maxEntries is not an option"],
  [() => memoryNonceStore(7 as never), "options must be an object"],
  [() => redisNonceStore(undefined as never), "redisNonceStore: client must be"],
  [() => redisNonceStore({} as never), "redisNonceStore: client must be"],
  [() => redisNonceStore("redis://localhost" as never), "redisNonceStore: client must be"],
  [() => redisNonceStore(redis, { prefix: "a" } as never), "prefix is not an option"],
  [() => redisNonceStore(redis, { keyPrefix: 7 } as never), "keyPrefix must be a string"],
  [() => redisNonceStore(redis, { timeout: 0 }), "timeout must be"],
  [() => redisNonceStore(redis, { clockSkew: -1 }), "clockSkew must be"],
  [() => postgresNonceStore(undefined as never), "postgresNonceStore: client must be"],
  [() => postgresNonceStore("postgres://" as never), "postgresNonceStore: client must be"],
  [() => postgresNonceStore(pool, { tableName: "a" } as never), "tableName is not an option"],
  [() => postgresNonceStore(pool, { table: "a;b" }), "table must be"],
  [() => postgresNonceStore(pool, { sweepInterval: 0 }), "sweepInterval must be"],
  [() => postgresNonceStore(pool, { onSweepError: "log" } as never), "onSweepError must be"],
  [() => createNonceTable(7 as never), "table must be"],
  [() => cachedCredentials(undefined as never), "cachedCredentials: store must be"],
  [() => cachedCredentials({} as never), "cachedCredentials: store must be"],
  [() => cachedCredentials(right.credentials, { ttl: 1 } as never), "ttl is not an option"],
  [() => cachedCredentials(right.credentials, { maxAge: "1" } as never), "maxAge must be"],
];

describe("a call with a wrong argument", () => {
  it.each(wrong.map(([call, named], index) => [index, named, call] as const))(
    "%d: throws an error that says %s",
    (_, named, call) => {
      const error = errorOf(call);
      expect(error).toBeInstanceOf(VerifierError);
      expect(error.message).toContain(named);
      expect(error.code).toBe("ERR_VERIFIER_OPTION");
    },
  );

  it("is reported by Fastify's plugin, too", async () => {
    await expect(
      fastify()
        .register(fastifyVerifier, { verifier: {} } as never)
        .ready(),
    ).rejects.toThrow("fastifyVerifier: verifier must be the result of createVerifier()");
  });

  it("throws an error that never contains the value", () => {
    const error = errorOf(() => createVerifier({ ...right, realm: ["kd94hf93k423kf44"] } as never));
    expect(JSON.stringify([error, error.message, error.stack])).not.toContain("kd94hf93k423kf44");
  });
});

function errorOf(call: () => unknown): VerifierError {
  try {
    call();
  } catch (error) {
    return error as VerifierError;
  }
  throw new Error("no error");
}

const identified = { identifier: client.identifier };
const secrets = [client.sharedSecret];
const known = { ...identified, sharedSecrets: secrets };

async function verifyWith(
  answer: unknown,
  options: Parameters<typeof testVerifier>[0] = {},
  signer = createSigner({ client, token }),
): Promise<Verification> {
  const verifier = testVerifier({ credentials: { find: () => answer as never }, ...options });
  return verifier.verify(signer.sign({ method: "GET", url: "https://api.example.com/" }));
}

describe("the result of a credential store", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    ["null", null],
    ["undefined", undefined],
    ["no client", {}],
    ["a null client", { client: null }],
    ["an undefined client", { client: undefined, token: null }],
  ])("with %s is treated as an unknown client", async (_, answer) => {
    expect(await verifyWith(answer)).toMatchObject({ problem: "consumer_key_unknown" });
    expect(await verifyWith(Promise.resolve(answer))).toMatchObject({
      problem: "consumer_key_unknown",
    });
  });

  it("with a null token is treated as an unknown token", async () => {
    expect(await verifyWith({ client: known, token: null })).toMatchObject({
      problem: "token_rejected",
    });
  });

  it.each<[named: string, answer: unknown]>([
    ["find()", true],
    ["find()", "x"],
    ["client must", { client: "x" }],
    ["client.identifier", { client: {} }],
    ["client.identifier", { client: { identifier: 7, sharedSecrets: secrets } }],
    ["client.sharedSecrets", { client: { ...identified, sharedSecrets: client.sharedSecret } }],
    ["client.sharedSecrets", { client: { ...identified, sharedSecrets: new Set(secrets) } }],
    ["client.sharedSecrets", { client: { ...identified, sharedSecrets: [7] } }],
    ["client.sharedSecrets", { client: { ...identified, sharedSecrets: [undefined] } }],
    ["client.sharedSecrets", { client: { ...identified, sharedSecrets: null } }],
    ["sharedSecret is not read", { client: { ...identified, sharedSecret: client.sharedSecret } }],
    ["[redacted]", { client: { ...identified, sharedSecrets: ["[redacted]"] } }],
    ["sharedSecrets or publicKey", { client: identified }],
    ["client.status", { client: { ...known, status: "disabled" } }],
    ["client.status", { client: { ...known, status: "Rejected" } }],
    ["client.status", { client: { ...known, status: false } }],
    ["client.status", { client: { ...known, status: null } }],
    ["client.signatureMethods", { client: { ...known, signatureMethods: "HMAC-SHA1" } }],
    ["token must", { client: known, token: "x" }],
    ["token.identifier", { client: known, token: { sharedSecrets: [token.sharedSecret] } }],
    ["token.sharedSecrets", { client: known, token: { identifier: token.identifier } }],
    [
      "token.sharedSecrets",
      {
        client: known,
        token: { ...token, sharedSecrets: token.sharedSecret, sharedSecret: undefined },
      },
    ],
    ["token.sharedSecrets", { client: known, token: { identifier: "t", sharedSecrets: "x" } }],
    [
      "token.status",
      {
        client: known,
        token: {
          identifier: token.identifier,
          sharedSecrets: [token.sharedSecret],
          status: "disabled",
        },
      },
    ],
  ])("that is wrong in %s leads to 503, and the cause names it (%#)", async (named, answer) => {
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    for (const given of [answer, Promise.resolve(answer)]) {
      const verification = await verifyWith(given);
      expect(verification).toMatchObject({ status: 503, problem: "store_unavailable" });
      const { cause } = verification as { cause?: unknown };
      expect(String(cause)).toContain(named);
      expect(String(cause)).not.toMatch(/kd94hf93k423kf44|pfkkdhi9sl3r4s00/);
    }
  });

  it("with a string of secrets does not make each character a secret", async () => {
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const guessed = { identifier: client.identifier, sharedSecret: "k" };
    const signer = createSigner({ client: guessed });
    const answer = { client: { ...identified, sharedSecrets: client.sharedSecret } };
    expect(await verifyWith(answer, {}, signer)).toMatchObject({ verified: false, status: 503 });
  });

  it("without a key for the method is reported to the server", async () => {
    const signatureMethods = [hmacSha1, rsaSha1Sync] as never;
    expect(
      await verifyWith({ client: { ...identified, publicKey: "x" } }, { signatureMethods }),
    ).toMatchObject({ problem: "token_rejected" });
    const twoLegged = createSigner({ client });
    expect(
      await verifyWith(
        { client: { ...identified, publicKey: "x" } },
        { signatureMethods },
        twoLegged,
      ),
    ).toMatchObject({
      problem: "signature_invalid",
      advice: "the client has no sharedSecrets, which HMAC-SHA1 needs",
    });
  });

  it("is not cached if it is wrong", async () => {
    let asked = 0;
    const cached = cachedCredentials({
      find: () => {
        asked++;
        return { client: { ...identified, sharedSecrets: "x" } } as never;
      },
    });
    await expect(cached.find("a", undefined)).rejects.toThrow("client.sharedSecrets");
    await expect(cached.find("a", undefined)).rejects.toThrow("client.sharedSecrets");
    expect(asked).toBe(2);
    const missing = cachedCredentials({ find: () => null as never });
    expect(await missing.find("a", undefined)).toEqual({ client: undefined });
  });
});

describe("the result of a nonce store or a clock", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([true, false, undefined, null, "", "FRESH", "ok", 1, {}])(
    "leads to 503 if it is %j for a nonce",
    async (answer) => {
      vi.spyOn(process, "emitWarning").mockImplementation(() => {});
      for (const given of [answer, Promise.resolve(answer)]) {
        const verifier = testVerifier({ nonces: { spend: () => given as never } });
        const request = signed({ method: "GET", url: "https://api.example.com/" });
        expect(await verifier.verify(request)).toMatchObject({
          status: 503,
          cause: expect.objectContaining({
            message: 'spend() must return "fresh", "used" or "stale"',
          }),
        });
      }
    },
  );

  it.each([Number.NaN, undefined, "7", Number.POSITIVE_INFINITY, new Date()])(
    "leads to 503 if it is %j for the time",
    async (now) => {
      vi.spyOn(process, "emitWarning").mockImplementation(() => {});
      const verifier = testVerifier({ clock: () => now as never });
      const request = signed({ method: "GET", url: "https://api.example.com/" });
      expect(await verifier.verify(request)).toMatchObject({ status: 503 });
    },
  );
});

describe("the reason why a server cannot verify", () => {
  afterEach(() => vi.restoreAllMocks());
  const down = { find: () => Promise.reject(new Error("connection refused")) };
  const request = () => signed({ method: "GET", url: "https://api.example.com/" });

  it("is a process warning, once a minute, without subscribers", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const verifier = testVerifier({ credentials: down });
    for (let index = 0; index < 100; index++) await verifier.verify(request());
    expect(warn.mock.calls).toEqual([
      ["@oauth1/verifier responds 503: Error: connection refused", "OAuth1VerifierWarning"],
    ]);
  });

  it("goes to subscribers instead", async () => {
    const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const { subscribe, unsubscribe } = await import("node:diagnostics_channel");
    const causes: unknown[] = [];
    const listen = (message: unknown) => {
      causes.push((message as { verification: { cause?: unknown } }).verification.cause);
    };
    subscribe("oauth1:verifier:rejected", listen);
    await testVerifier({ credentials: down }).verify(request());
    unsubscribe("oauth1:verifier:rejected", listen);
    expect(causes.map(String)).toEqual(["Error: connection refused"]);
    expect(warn).not.toHaveBeenCalled();
  });

  it("is in Fastify's log", async () => {
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const lines: string[] = [];
    const app = fastify({ logger: { stream: { write: (line: string) => lines.push(line) } } });
    await app.register(fastifyVerifier, { verifier: testVerifier({ credentials: down }) });
    app.get("/", () => "");
    const { url, headers } = signed({ method: "GET", url: "http://localhost:80/" });
    const response = await app.inject({ url: new URL(url).pathname, headers });
    expect(response.statusCode).toBe(503);
    expect(response.body).toMatch(/^The server cannot verify/);
    const logged = lines.map((line) => JSON.parse(line)).find(({ level }) => level === 50);
    expect(logged).toMatchObject({ err: { message: "connection refused" } });
  });
});

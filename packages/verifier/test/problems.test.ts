// Every problem: its code, its status (RFC 5849 §3.2), what the client receives, and in which
// order.
import { parseChallenge, serializeAuthorizationHeader } from "@oauth1/auth-header";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { createSigner } from "@oauth1/signer";
import { VerifierError, type VerifierOptions } from "@oauth1/verifier";
import { describe, expect, it } from "vitest";
import {
  type Account,
  client,
  credentialStore,
  nonceStore,
  signed,
  testVerifier,
  token,
} from "./verifying-server.js";

const NOW = 1_700_000_000;
const url = "https://api.example.com/photos";
const FORM = "application/x-www-form-urlencoded";

type Options = Partial<VerifierOptions<Account>>;

async function rejection(
  request: Parameters<ReturnType<typeof testVerifier>["verify"]>[0],
  options: Options = {},
) {
  const verifier = testVerifier({ clock: () => NOW, ...options });
  const verification = await verifier.verify(request);
  if (verification.verified) throw new Error("verified");
  const { parameters } = parseChallenge(verification.headers["WWW-Authenticate"] ?? "");
  const told = Object.fromEntries(parameters);
  // The body contains the same as the challenge. The extension has no code for a server that cannot
  // verify.
  if (verification.status === 503) expect(verification.body).toMatch(/^The server cannot verify/);
  else expect(Object.fromEntries(new URLSearchParams(verification.body))).toEqual(told);
  expect(verifier.counts).toEqual({ verified: 0, rejected: { [verification.problem]: 1 } });
  return { ...verification, told };
}

/**
 * Returns a request signed by the client, with protocol parameters changed or omitted before or
 * after.
 */
function withParameters(
  changes: Record<string, string | undefined>,
  { timestamp = NOW, ...options }: { timestamp?: number; nonce?: () => string } = {},
) {
  const { protocolParameters } = createSigner({
    client,
    token,
    clock: () => timestamp,
    ...options,
  }).sign({ method: "GET", url });
  const parameters = Object.entries({
    ...Object.fromEntries(protocolParameters),
    ...changes,
  }).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return {
    method: "GET",
    url,
    headers: { Authorization: serializeAuthorizationHeader({ parameters }) },
  };
}

describe("a request without required parameters", () => {
  it("is rejected with 401 and the names of the required parameters if it is unsigned", async () => {
    expect(await rejection({ method: "GET", url })).toMatchObject({
      status: 401,
      problem: "parameter_absent",
      told: {
        oauth_problem: "parameter_absent",
        oauth_parameters_absent:
          "oauth_consumer_key&oauth_signature_method&oauth_signature&oauth_timestamp&oauth_nonce",
      },
    });
    for (const Authorization of ["Bearer abc", "Basic YTpi", 'OAuth realm="Photos"', "OAuth"]) {
      expect(await rejection({ method: "GET", url, headers: { Authorization } })).toMatchObject({
        status: 401,
        problem: "parameter_absent",
      });
    }
  });

  it.each([
    "oauth_consumer_key",
    "oauth_signature_method",
    "oauth_signature",
    "oauth_timestamp",
    "oauth_nonce",
  ])("%s", async (name) => {
    expect(await rejection(withParameters({ [name]: undefined }))).toMatchObject({
      status: 400,
      problem: "parameter_absent",
      told: { oauth_parameters_absent: name },
    });
  });
});

describe("protocol parameters", () => {
  const cases: [
    name: string,
    Parameters<typeof withParameters>,
    status: number,
    problem: string,
  ][] = [
    ["version 2.0", [{ oauth_version: "2.0" }], 400, "version_rejected"],
    ["an empty version", [{ oauth_version: "" }], 400, "version_rejected"],
    ["another method", [{ oauth_signature_method: "HMAC-MD5" }], 400, "signature_method_rejected"],
    [
      "a method in lower case",
      [{ oauth_signature_method: "hmac-sha1" }],
      400,
      "signature_method_rejected",
    ],
    ["a timestamp that is too old", [{}, { timestamp: NOW - 301 }], 401, "timestamp_refused"],
    ["a timestamp in the future", [{}, { timestamp: NOW + 301 }], 401, "timestamp_refused"],
    ["a timestamp of zero", [{ oauth_timestamp: "0" }], 401, "timestamp_refused"],
    ["a negative timestamp", [{ oauth_timestamp: `-${NOW}` }], 401, "timestamp_refused"],
    ["a timestamp with a fraction", [{ oauth_timestamp: `${NOW}.5` }], 401, "timestamp_refused"],
    ["a timestamp with an exponent", [{ oauth_timestamp: "17e8" }], 401, "timestamp_refused"],
    ["a timestamp with a leading zero", [{ oauth_timestamp: `0${NOW}` }], 401, "timestamp_refused"],
    ["a timestamp with a space", [{ oauth_timestamp: ` ${NOW}` }], 401, "timestamp_refused"],
    ["a timestamp in other digits", [{ oauth_timestamp: "१७००००००००" }], 401, "timestamp_refused"],
    ["a very long timestamp", [{ oauth_timestamp: "9".repeat(4000) }], 401, "timestamp_refused"],
    ["an empty nonce", [{ oauth_nonce: "" }], 400, "parameter_rejected"],
    ["a nonce that is too long", [{}, { nonce: () => "n".repeat(257) }], 400, "parameter_rejected"],
    ["an unknown client", [{ oauth_consumer_key: "unknown" }], 401, "consumer_key_unknown"],
    ["an unknown token", [{ oauth_token: "unknown" }], 401, "token_rejected"],
    [
      "another signature",
      [{ oauth_signature: "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" }],
      401,
      "signature_invalid",
    ],
    ["an empty signature", [{ oauth_signature: "" }], 401, "signature_invalid"],
    ["a signature that is not base64", [{ oauth_signature: "☃" }], 401, "signature_invalid"],
  ];
  it.each(cases)("%s", async (_, [changes, options], status, problem) => {
    const nonces = nonceStore();
    const rejected = await rejection(withParameters(changes, options), { nonces });
    expect(rejected).toMatchObject({ verified: false, status, problem });
    expect(rejected.told["oauth_problem"]).toBe(problem);
    expect(rejected.told["oauth_problem_advice"]).toBe(rejected.advice);
    expect(nonces.spent.size).toBe(0);
  });

  it("are rejected with a report of what would be acceptable", async () => {
    expect((await rejection(withParameters({ oauth_version: "2.0" }))).told).toMatchObject({
      oauth_acceptable_versions: "1.0-1.0",
    });
    expect((await rejection(withParameters({}, { timestamp: 1 }))).told).toMatchObject({
      oauth_acceptable_timestamps: `${NOW - 300}-${NOW + 300}`,
    });
  });

  it("are named in the report if they are rejected", async () => {
    expect((await rejection(withParameters({ oauth_nonce: "" }))).told).toMatchObject({
      oauth_parameters_rejected: "oauth_nonce=",
    });
  });

  it("can have a timestamp in the first or last second of the tolerance", async () => {
    for (const timestamp of [NOW - 300, NOW + 300]) {
      const verifier = testVerifier({ clock: () => NOW });
      expect(await verifier.verify(withParameters({}, { timestamp }))).toMatchObject({
        verified: true,
      });
    }
  });

  it("reach the nonce store with the last second in which the timestamp is accepted", async () => {
    let expires = 0;
    const verifier = testVerifier({
      clock: () => NOW,
      timestampTolerance: 60,
      nonces: {
        spend: (nonce) => {
          expires = nonce.expires;
          return "fresh";
        },
      },
    });
    await verifier.verify(withParameters({}, { timestamp: NOW - 10 }));
    expect(expires).toBe(NOW + 50);
  });
});

describe("known clients and tokens", () => {
  it.each([
    [{ client: { status: "refused" } }, "consumer_key_refused"],
    [{ client: { status: "rejected" } }, "consumer_key_rejected"],
    [{ token: { status: "used" } }, "token_used"],
    [{ token: { status: "expired" } }, "token_expired"],
    [{ token: { status: "revoked" } }, "token_revoked"],
    [{ token: { status: "rejected" } }, "token_rejected"],
  ] as const)("with %j are rejected with 401 %s", async (changed, problem) => {
    const credentials = credentialStore(changed);
    expect(await rejection(withParameters({}), { credentials })).toMatchObject({
      status: 401,
      problem,
      client: client.identifier,
    });
  });
});

describe("the signature methods of a client", () => {
  it.each([
    [["HMAC-SHA256"], "signature_method_rejected"],
    [[], "signature_method_rejected"],
    [["HMAC-SHA256", "HMAC-SHA1"], undefined],
  ])("%j reject HMAC-SHA1: %s", async (signatureMethods, problem) => {
    const credentials = credentialStore({ client: { signatureMethods } });
    const verifier = testVerifier({ credentials, clock: () => NOW });
    const verification = await verifier.verify(withParameters({}));
    expect("problem" in verification ? verification.problem : undefined).toBe(problem);
  });
});

describe("replay protection", () => {
  it("accepts a request once", async () => {
    const verifier = testVerifier({ clock: () => NOW });
    const request = withParameters({});
    expect(await verifier.verify(request)).toMatchObject({ verified: true });
    expect(await verifier.verify(request)).toMatchObject({ status: 401, problem: "nonce_used" });
    expect(verifier.counts).toEqual({ verified: 1, rejected: { nonce_used: 1 } });
  });

  it("spends no nonce if the signature is wrong", async () => {
    const verifier = testVerifier({ clock: () => NOW });
    const request = withParameters({});
    const Authorization = request.headers.Authorization.replace(
      /oauth_signature="../,
      'oauth_signature="AA',
    );
    expect(await verifier.verify({ ...request, headers: { Authorization } })).toMatchObject({
      problem: "signature_invalid",
    });
    expect(await verifier.verify(request)).toMatchObject({ verified: true });
  });

  it("rejects a timestamp that the store cannot remember", async () => {
    expect(await rejection(withParameters({}), { nonces: { spend: () => "stale" } })).toMatchObject(
      {
        status: 401,
        problem: "timestamp_refused",
      },
    );
  });
});

describe("unavailable stores", () => {
  const down = new Error("connection refused: secret");
  it.each<[string, Options]>([
    ["credentials", { credentials: { find: () => Promise.reject(down) } }],
    [
      "credentials, at once",
      {
        credentials: {
          find: () => {
            throw down;
          },
        },
      },
    ],
    ["nonces", { nonces: { spend: () => Promise.reject(down) } }],
    [
      "nonces, at once",
      {
        nonces: {
          spend: () => {
            throw down;
          },
        },
      },
    ],
  ])("lead to 503 without the reason: %s", async (name, options) => {
    const rejected = await rejection(withParameters({}), options);
    expect(rejected).toMatchObject({ status: 503, problem: "store_unavailable", cause: down });
    const [store] = /^\w+/.exec(name) ?? [];
    expect(rejected.advice).toBe(`the server's ${store} cannot be used at the moment`);
    expect(Number(rejected.headers["Retry-After"])).toBeGreaterThan(0);
    expect(JSON.stringify([rejected.headers, rejected.body])).not.toContain("secret");
  });

  it("do not hide a wrong signature if the nonce store is down", async () => {
    const nonces = { spend: () => Promise.reject(down) };
    expect(await rejection(withParameters({ oauth_signature: "x" }), { nonces })).toMatchObject({
      status: 401,
    });
  });

  it.each<[cause: string, Options]>([
    ["clock() must return seconds since 1970", { clock: () => Number.NaN }],
    ['spend() must return "fresh", "used" or "stale"', { nonces: { spend: () => true as never } }],
  ])("lead to 503 if an answer is not of the right type: %s", async (cause, options) => {
    expect(await rejection(withParameters({}), options)).toMatchObject({
      status: 503,
      cause: new TypeError(cause),
    });
  });

  it("lead to 503 if credentials cannot be used", async () => {
    const credentials = credentialStore({ client: { sharedSecrets: ["\ud800"] } });
    expect(await rejection(withParameters({}), { credentials })).toMatchObject({
      status: 503,
      problem: "store_unavailable",
      advice: "the server's credentials cannot be used at the moment",
    });
  });
});

describe("problemReporting", () => {
  it("reports only the code with code", async () => {
    const rejected = await rejection(withParameters({ oauth_version: "2.0" }), {
      problemReporting: "code",
    });
    expect(rejected.told).toEqual({ oauth_problem: "version_rejected" });
    expect(rejected.headers["Content-Type"]).toBe(FORM);
  });

  it("reports the same for every problem of one status with none", async () => {
    const requests = [
      withParameters({ oauth_consumer_key: "unknown" }),
      withParameters({ oauth_token: "unknown" }),
      withParameters({ oauth_signature: "x" }),
      withParameters({}, { timestamp: 1 }),
    ];
    const told = await Promise.all(
      requests.map(async (request) => {
        const { status, headers, body } = await rejection(request, { problemReporting: "none" });
        return { status, headers, body };
      }),
    );
    expect(new Set(told.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([
        JSON.stringify({
          status: 401,
          headers: { "WWW-Authenticate": 'OAuth realm="Photos"', "Cache-Control": "no-store" },
          body: "",
        }),
      ]),
    );
  });

  it("does not affect that unknown clients are looked up and checked like known ones", async () => {
    const asked: string[] = [];
    let checks = 0;
    const counting: typeof hmacSha1 = {
      ...hmacSha1,
      prepareToVerify: (client, token) => {
        const check = hmacSha1.prepareToVerify(client, token);
        return (...args) => {
          checks++;
          return check(...args);
        };
      },
    };
    const credentials = credentialStore();
    const options: Options = {
      signatureMethods: [counting],
      credentials: {
        find: (...names) => {
          asked.push(names[0]);
          return credentials.find(...names);
        },
      },
    };
    const perRequest = [];
    for (const changes of [
      { oauth_consumer_key: "unknown" },
      { oauth_token: "unknown" },
      { oauth_signature: "wrong" },
    ]) {
      checks = 0;
      await rejection(withParameters(changes), options);
      perRequest.push(checks);
    }
    expect(perRequest).toEqual([1, 1, 1]);
    expect(asked).toHaveLength(3);
  });
});

describe("body hash", () => {
  const json = {
    method: "POST",
    url,
    body: '{"a":1}',
    headers: { "Content-Type": "application/json" },
  };
  const options = { bodyHash: true, clock: () => NOW };

  it("is checked if present", async () => {
    const verifier = testVerifier({ clock: () => NOW });
    const request = signed(json, options);
    expect(await verifier.verify(request)).toMatchObject({
      verified: true,
      body: new TextEncoder().encode(json.body),
    });
    expect(await rejection({ ...signed(json, options), body: '{"a":2}' })).toMatchObject({
      status: 401,
      problem: "signature_invalid",
    });
    expect(await rejection({ ...signed(json, options), body: null })).toMatchObject({
      problem: "signature_invalid",
    });
  });

  it("of a request without a body is that of an empty body", async () => {
    const request = signed({ method: "GET", url }, options);
    const verifier = testVerifier({ clock: () => NOW });
    expect(await verifier.verify(request)).toMatchObject({ verified: true });
    expect(
      await rejection({ ...signed({ method: "GET", url }, options), body: "x" }),
    ).toMatchObject({
      problem: "signature_invalid",
    });
  });

  it("is required by option for a body that is not a form", async () => {
    const verifier = testVerifier({ clock: () => NOW, requireBodyHash: true });
    const clock = () => NOW;
    expect(await verifier.verify(signed(json, { clock }))).toMatchObject({
      status: 400,
      problem: "parameter_absent",
    });
    expect(await verifier.verify(signed(json, options))).toMatchObject({ verified: true });
    const form = { method: "POST", url, body: "a=1", headers: { "Content-Type": FORM } };
    expect(await verifier.verify(signed(form, { clock }))).toMatchObject({ verified: true });
    expect(await verifier.verify(signed({ method: "GET", url }, { clock }))).toMatchObject({
      verified: true,
    });
  });

  it("is rejected with a form and with PLAINTEXT", async () => {
    const headers = { "Content-Type": FORM };
    const further = [["oauth_body_hash", "2jmj7l5rSw0yVb/vlWAYkK/YBwk="]] as const;
    const signer = createSigner({ client, token, clock: () => NOW });
    const form = signer.sign(
      { method: "POST", url, body: "a=1", headers },
      { protocolParameters: further },
    );
    expect(await rejection(form)).toMatchObject({
      status: 400,
      problem: "parameter_rejected",
      told: { oauth_parameters_rejected: "oauth_body_hash=2jmj7l5rSw0yVb%2FvlWAYkK%2FYBwk%3D" },
    });
    const plain = createSigner({
      client,
      token,
      clock: () => NOW,
      signatureMethod: plaintext,
    }).sign({ method: "GET", url }, { protocolParameters: further });
    expect(await rejection(plain, { signatureMethods: [plaintext] })).toMatchObject({
      status: 400,
      problem: "parameter_rejected",
    });
  });
});

describe("a wrong setup", () => {
  it.each<[string, Options, string]>([
    [
      "publicOrigin with a path",
      { publicOrigin: "https://api.example.com/v1" },
      "ERR_PUBLIC_ORIGIN",
    ],
    ["publicOrigin without a scheme", { publicOrigin: "api.example.com" }, "ERR_PUBLIC_ORIGIN"],
    [
      "publicOrigin of another scheme",
      { publicOrigin: "ftp://api.example.com" },
      "ERR_PUBLIC_ORIGIN",
    ],
    [
      "an invalid address",
      { trustedProxies: { addresses: ["localhost"], fields: ["forwarded"] } },
      "ERR_TRUSTED_PROXIES",
    ],
    [
      "an invalid range",
      { trustedProxies: { addresses: ["10.0.0.0/33"], fields: ["forwarded"] } },
      "ERR_TRUSTED_PROXIES",
    ],
  ])("%s", (_, options, code) => {
    expect(() => testVerifier(options)).toThrowError(
      expect.objectContaining({ name: "VerifierError", code }),
    );
  });

  it("is reported if something else has read the body", async () => {
    const request = new Request(url, {
      method: "POST",
      body: "a=1",
      headers: { "Content-Type": FORM },
    });
    await request.text();
    await expect(testVerifier().verify(request)).rejects.toThrow(VerifierError);
  });

  it("is reported if a header cannot contain the realm", () => {
    expect(() => testVerifier({ realm: "a\r\nb" })).toThrowError(
      expect.objectContaining({ code: "ERR_REALM" }),
    );
  });
});

// The verifier implements the same rules in its own fast path. Both must agree.
import { readFileSync } from "node:fs";
import {
  type DiagnosisOptions,
  diagnose,
  type ReceivedRequest,
  type Secrets,
} from "@oauth1/diagnosis";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha1Sync } from "@oauth1/signature-methods/sync/rsa-sha1";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { rsaSha512Sync } from "@oauth1/signature-methods/sync/rsa-sha512";
import { createSigner } from "@oauth1/signer";
import { createVerifier } from "@oauth1/verifier";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const RUNS = process.env["CI"] ? 10_000 : 1000;
const NOW = 1191242096;

const methods = [
  hmacSha1,
  hmacSha256,
  hmacSha512,
  plaintext,
  rsaSha1Sync,
  rsaSha256Sync,
  rsaSha512Sync,
].map((method) => ({
  ...method,
  prepareToVerify: (client: never, token?: { sharedSecret: string }) =>
    // Published vectors have keys of 1024 bits.
    method.prepareToVerify({ ...(client as object), minimumModulusLength: 1024 } as never, token),
}));

/** The verifier's result for a request: `valid`, or the problem. */
async function verified(
  { method, url, headers, body }: ReceivedRequest,
  secrets: Secrets,
  options: DiagnosisOptions,
): Promise<string> {
  const { clientSharedSecret = "", tokenSharedSecret = "", publicKey } = secrets;
  const { verify } = createVerifier({
    credentials: {
      find: (identifier, token) => ({
        client: { identifier, sharedSecrets: [clientSharedSecret], publicKey },
        token:
          token === undefined
            ? undefined
            : { identifier: token, sharedSecrets: [tokenSharedSecret] },
      }),
    },
    nonces: { spend: () => "fresh" },
    signatureMethods: methods.filter(
      ({ name }) => options.signatureMethods?.includes(name) ?? true,
    ),
    timestampTolerance: options.now === null ? Number.MAX_SAFE_INTEGER : 300,
    clock: () => options.now ?? NOW,
    allowInsecureTransport: options.allowInsecureTransport,
    limits: { nonce: 256 },
  });
  const verification = await verify({ method, url, headers, body });
  return verification.verified ? "valid" : verification.problem;
}

/** The same from the diagnosis: the problem of the first broken rule. */
function diagnosed(request: ReceivedRequest, secrets: Secrets, options: DiagnosisOptions): string {
  const { valid, findings } = diagnose(request, secrets, { ...options, effort: 0 });
  const broken = findings.find(({ holds }) => !holds);
  expect(valid).toBe(broken === undefined);
  return broken?.problem ?? "valid";
}

interface Vector {
  readonly id: string;
  readonly result: "valid" | "invalid" | "acceptable";
  readonly problem?: string;
  readonly input: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly [string, string][];
    readonly body: string | null;
    readonly clientSharedSecret: string;
    readonly tokenSharedSecret: string;
    readonly publicKey?: string;
    readonly certificate?: string;
    readonly signatureMethods?: readonly string[];
  };
}

describe("agreement with the verifier", () => {
  const file = new URL("../../../conformance/vectors/request-verification.json", import.meta.url);
  const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: Vector[] };

  it("holds for every vector", () => {
    const answers = vectors.map(({ id, result, problem, input }) => {
      const { body, clientSharedSecret, tokenSharedSecret } = input;
      const request = { ...input, body: body === null ? null : Buffer.from(body, "base64") };
      const publicKey = input.publicKey ?? input.certificate;
      const answer = diagnosed(
        request,
        { clientSharedSecret, tokenSharedSecret, publicKey },
        { signatureMethods: input.signatureMethods, now: null, allowInsecureTransport: true },
      );
      const isRight =
        result === "acceptable" ||
        (result === "valid"
          ? answer === "valid"
          : answer !== "valid" && (problem === undefined || answer === problem));
      return { id, answer, isRight };
    });
    expect(answers.filter(({ isRight }) => !isRight)).toEqual([]);
  });

  it("holds for the result and the problem of random requests", async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(request(), async ({ received, options }) => {
        const answer = await verified(received, secrets, options);
        seen.set(answer, (seen.get(answer) ?? 0) + 1);
        expect(diagnosed(received, secrets, options)).toBe(answer);
      }),
      { numRuns: RUNS },
    );
    // The random requests reach every problem, and many are valid.
    expect([...seen.keys()]).toEqual(expect.arrayContaining(PROBLEMS));
    const checked = [...seen.values()].reduce((sum, count) => sum + count);
    expect(seen.get("valid")).toBeGreaterThan(checked / 20);
  });
});

const PROBLEMS = [
  "valid",
  "parameter_absent",
  "parameter_rejected",
  "version_rejected",
  "signature_method_rejected",
  "timestamp_refused",
  "signature_invalid",
  "request_rejected",
];

const secrets: Secrets = { clientSharedSecret: "kd94hf93k423kf44", tokenSharedSecret: "pfkkdhi9" };
const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
const token = { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9" };

/** A signed request that was changed on its way. */
function request(): fc.Arbitrary<{ received: ReceivedRequest; options: DiagnosisOptions }> {
  const text = fc.constantFrom("", "a", "b c", "é", "1", "x=y", "+", "~", "%");
  return fc
    .record({
      method: fc.constantFrom("GET", "POST", "PUT"),
      url: fc.constantFrom(
        "http://example.com/",
        "https://example.com/photos?size=original&a=%20&b",
        "http://EXAMPLE.com:8080/r%20v/X?id=1+2",
      ),
      form: fc.option(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 3 })),
      hasToken: fc.boolean(),
      transmission: fc.constantFrom("header", "query", "form-body"),
      signatureMethod: fc.constantFrom(hmacSha1, hmacSha256, hmacSha512, plaintext),
      timestamp: fc.constantFrom(NOW, NOW, NOW, NOW, NOW, NOW, NOW - 301, NOW + 5000),
      version: fc.constantFrom("1.0", null),
      accepted: fc.option(fc.constant(["HMAC-SHA1", "HMAC-SHA256", "PLAINTEXT"]), {
        nil: undefined,
      }),
      allowInsecureTransport: fc.boolean(),
      accidents: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 2 }),
    })
    .map((made) => {
      const isForm = made.transmission === "form-body" || made.form !== null;
      const signed = createSigner({
        client,
        token: made.hasToken ? token : undefined,
        signatureMethod: made.signatureMethod,
        transmission: made.transmission as "header",
        version: made.version as "1.0",
        clock: () => made.timestamp,
        allowInsecureTransport: true,
      }).sign({
        method: isForm && made.method === "GET" ? "POST" : made.method,
        url: made.url,
        ...(isForm ? { body: new URLSearchParams((made.form ?? []) as [string, string][]) } : {}),
      });
      const body: unknown = signed.body;
      let received: Mutable = {
        method: signed.method,
        url: signed.url,
        headers: Object.entries(signed.headers) as [string, string][],
        body: body === undefined || body === null ? null : String(body),
      };
      for (const accident of made.accidents) received = afterAccident(received, accident);
      const options = {
        now: NOW,
        signatureMethods: made.accepted,
        allowInsecureTransport: made.allowInsecureTransport,
      };
      return { received, options };
    });
}

interface Mutable {
  readonly method: string;
  readonly url: string;
  readonly headers: [string, string][];
  readonly body: string | null;
}

/** One of the changes that happen to requests. */
function afterAccident(received: Mutable, [kind, at, what]: [number, number, number]): Mutable {
  const everywhere = (change: (text: string) => string): Mutable => ({
    ...received,
    url: change(received.url),
    headers: received.headers.map(([name, value]) => [name, change(value)]),
    body: received.body === null ? null : change(received.body),
  });
  const cut = (text: string, inserted: string, length: number) => {
    const index = at % (text.length + 1);
    return text.slice(0, index) + inserted + text.slice(index + length);
  };
  const header = (name: string, value: string): Mutable => ({
    ...received,
    headers: [...received.headers, [name, value]],
  });
  const names = [
    "consumer_key",
    "token",
    "signature_method",
    "timestamp",
    "nonce",
    "version",
    "signature",
  ];
  const name = `oauth_${names[what % names.length]}`;
  const part = new RegExp(`${name}(="[^"]*"(?:, )?|=[^&"]*&?)`);
  // Without a fragment: the verifier rejects one, and the diagnosis assumes that it was not sent.
  const characters = [
    '"',
    "%",
    "&",
    "=",
    ",",
    " ",
    "+",
    "é",
    "\u0000",
    "%zz",
    "%ff",
    ";",
    "?",
    "a",
  ];
  const character = characters[what % characters.length] ?? "";
  const accidents: (() => Mutable)[] = [
    () => everywhere((text) => text.replace(part, "")),
    () => everywhere((text) => text.replace(part, (whole) => whole + whole)),
    () => everywhere((text) => text.replace(new RegExp(`(${name}="?)[^"&]*`), "$1")),
    () => everywhere((text) => text.replace(new RegExp(`(${name}="?)`), "$11")),
    () => everywhere((text) => text.replace(/(oauth_version="?)1\.0/, "$12.0")),
    () => everywhere((text) => text.replace(/HMAC-SHA\d+|PLAINTEXT/, "hmac-sha1")),
    () => ({ ...received, url: cut(received.url, character, what % 2) }),
    () =>
      received.body === null
        ? received
        : { ...received, body: cut(received.body, character, what % 2) },
    () => ({
      ...received,
      headers: received.headers.map(([field, value]) => [
        field,
        // A header field is octets without control characters.
        /^authorization$/i.test(field)
          ? cut(value, character.replace(/[^!-~ ]/, "!"), what % 2)
          : value,
      ]),
    }),
    () => ({
      ...received,
      headers: received.headers.filter(([field]) => !/^content-type$/i.test(field)),
    }),
    () =>
      header("Content-Type", what % 2 ? "application/json" : "application/x-www-form-urlencoded"),
    () => ({
      ...received,
      headers: [
        ["Content-Type", TYPES[what % TYPES.length] ?? ""],
        ...received.headers.filter(([field]) => !/^content-type$/i.test(field)),
      ],
    }),
    () => header("Content-Encoding", what % 2 ? "gzip" : "identity"),
    () => header("Authorization", what % 2 ? "Basic YTpi" : 'OAuth oauth_token="x"'),
    () => ({
      ...received,
      url: `${received.url}${received.url.includes("?") ? "&" : "?"}${name}=1`,
    }),
    () => ({
      ...received,
      url: `${received.url}${received.url.includes("?") ? "&" : "?"}oauth_body_hash=1`,
    }),
    () => ({ ...received, method: ["get", "P T", "", "PATCH"][what % 4] ?? "" }),
  ];
  return accidents[kind % accidents.length]?.() ?? received;
}

const TYPES = [
  "application/x-www-form-urlencoded; charset=UTF-8",
  "application/x-www-form-urlencoded; charset=iso-8859-1",
  "application/x-www-form-urlencoded; charset=utf-16",
  "application/x-www-form-urlencoded, application/json",
  "form",
  "",
];

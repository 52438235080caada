// diagnosed(verifier) in front of real servers: what trusted clients learn, and what it never
// reveals.
import { createHmac, generateKeyPairSync } from "node:crypto";
import { createServer, request as httpRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { Writable } from "node:stream";
import { DiagnosisError } from "@oauth1/diagnosis";
import { type DiagnosedOptions, diagnosed, explainRejected } from "@oauth1/diagnosis/verifier";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { createSigner } from "@oauth1/signer";
import {
  type CredentialStore,
  createVerifier,
  type KnownClient,
  type VerifierOptions,
} from "@oauth1/verifier";
import { expressVerifier } from "@oauth1/verifier/express";
import { fastifyVerifier } from "@oauth1/verifier/fastify";
import { nodeVerifier } from "@oauth1/verifier/node";
import express from "express";
import fc from "fast-check";
import fastify from "fastify";
import { afterEach, describe, expect, it } from "vitest";

// RFC 5849 §1.2.
const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
const token = { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

function storeOf(known: Partial<KnownClient> = {}): CredentialStore {
  return {
    find: (identifier, tokenIdentifier) =>
      identifier === client.identifier || identifier === "another"
        ? {
            client: { identifier, sharedSecrets: [client.sharedSecret], ...known },
            token:
              tokenIdentifier === token.identifier
                ? { identifier: tokenIdentifier, sharedSecrets: [token.sharedSecret] }
                : undefined,
          }
        : { client: undefined },
  };
}

function verifiers({
  credentials = storeOf(),
  verifier: options = {},
  ...further
}: Partial<DiagnosedOptions> & {
  credentials?: CredentialStore;
  verifier?: Partial<VerifierOptions>;
} = {}) {
  const plain = createVerifier({
    credentials,
    nonces: { spend: () => "fresh" },
    signatureMethods: [hmacSha1, plaintext, rsaSha256],
    realm: "Photos",
    allowInsecureTransport: true,
    ...options,
  });
  const isTrusted = (identifier: string) => identifier === client.identifier;
  return { plain, helpful: diagnosed(plain, { credentials, isTrusted, ...further }) };
}

type Helpful = ReturnType<typeof verifiers>["helpful"];

/** Each server answers verified requests with the length of the body. */
const servers: Record<string, (verifier: Helpful) => Promise<string>> = {
  async express(verifier) {
    const app = express();
    app.use(expressVerifier(verifier), express.text({ type: "*/*" }), (request, response) => {
      response.send(`verified ${JSON.stringify(request.body ?? "").length}`);
    });
    const server = app.listen(0, "127.0.0.1");
    closing.push(() => server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
  async fastify(verifier) {
    const app = fastify();
    closing.push(() => app.close());
    await app.register(fastifyVerifier, { verifier });
    app.all("/*", () => "verified");
    return app.listen({ port: 0, host: "127.0.0.1" });
  },
  async node(verifier) {
    const listener = nodeVerifier(verifier, (_, response) => response.end("verified"));
    const server = createServer(listener).listen(0, "127.0.0.1");
    closing.push(() => server.close());
    await new Promise((resolve) => server.once("listening", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  },
};

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | null;
}

interface Answer {
  readonly status: number;
  readonly challenge: string;
  readonly body: string;
}

/** Sends a URL as it is spelled, unlike fetch. */
function send(url: string, { method = "GET", headers = {}, body }: Sent): Promise<Answer> {
  const [, host = "", port, path = "/"] = /^http:\/\/([^:/]+):(\d+)(.*)$/.exec(url) ?? [];
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host, port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => (text += chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          challenge: response.headers["www-authenticate"] ?? "",
          body: text,
        }),
      );
    });
    sent.on("error", reject).end(body);
  });
}

const adviceIn = (body: string) => new URLSearchParams(body).get("oauth_problem_advice");

const signer = createSigner({ client, token });

describe.each(Object.entries(servers))("diagnosed(verifier) with %s", (_, start) => {
  it("names the mistake of a trusted client in the challenge and in the body", async () => {
    const origin = await start(verifiers().helpful);
    const signed = signer.sign({ method: "GET", url: `${origin}/photos/` });
    const answer = await send(`${origin}/photos`, signed);
    expect(answer.status).toBe(401);
    expect(new URLSearchParams(answer.body).get("oauth_problem")).toBe("signature_invalid");
    expect(adviceIn(answer.body)).toMatch(
      /^Your client signs a "\/" at the end of the path .* Known as TrailingSlashAdded\.$/,
    );
    expect(answer.challenge).toMatch(
      /^OAuth realm="Photos", oauth_problem="signature_invalid", oauth_problem_advice="Your%20client%20signs%20.*TrailingSlashAdded\."$/,
    );
  });

  it("diagnoses requests with a form and with other bodies", async () => {
    const origin = await start(verifiers().helpful);
    const form = { "Content-Type": "application/x-www-form-urlencoded" };
    const url = `${origin}/photos`;
    const unsigned = signer.sign({ method: "POST", url });
    const withForm = await send(url, {
      method: "POST",
      headers: { ...unsigned.headers, ...form },
      body: "title=Ladies",
    });
    expect(adviceIn(withForm.body)).toContain("Known as FormNotSigned.");

    const asForm = signer.sign({ method: "POST", url, headers: form, body: "title=Ladies" });
    const withText = await send(url, {
      method: "POST",
      headers: { ...asForm.headers, "Content-Type": "text/plain" },
      body: "title=Ladies",
    });
    expect(adviceIn(withText.body)).toContain("Known as BodySignedAsForm.");
  });

  it("responds to other clients and to other problems like the verifier alone", async () => {
    const { plain, helpful } = verifiers();
    const [origin, other] = [await start(helpful), await start(plain)];
    const another = createSigner({ client: { ...client, identifier: "another" }, token });
    const stranger = createSigner({ client: { ...client, identifier: "stranger" }, token });
    const strangers = createSigner({ client, token: { ...token, identifier: "unknown" } });
    for (const one of [another, stranger, strangers]) {
      const answers = [origin, other].map(async (at) => {
        const { headers } = one.sign({ method: "GET", url: `${at}/photos/` });
        return send(`${at}/photos`, { headers });
      });
      const [first, second] = await Promise.all(answers);
      expect(first).toEqual(second);
      expect(first).toMatchObject({ status: 401, body: "oauth_problem=signature_invalid" });
    }
    const unsigned = await Promise.all([origin, other].map((at) => send(`${at}/photos`, {})));
    expect(unsigned[0]).toEqual(unsigned[1]);
    expect(unsigned[0]?.body).toBe("oauth_problem=parameter_absent");
  });

  it("passes valid requests on with their bodies", async () => {
    const origin = await start(verifiers().helpful);
    const signed = signer.sign({
      method: "POST",
      url: `${origin}/photos`,
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "title=Ladies",
    });
    const answer = await send(signed.url, { ...signed, body: "title=Ladies" });
    expect(answer).toMatchObject({ status: 200, body: expect.stringMatching(/^verified/) });
  });
});

/** A request that is signed as GET. The client sends it with POST. */
const methodOverridden = () => {
  const { headers, url } = signer.sign({ method: "GET", url: "https://photos.example.net/" });
  return { method: "POST", url, headers };
};

describe("diagnosed(verifier)", () => {
  it("returns the mistakes and the catalogue's words for logs", async () => {
    const { helpful } = verifiers({ verifier: { problemReporting: "none" } });
    expect(await helpful.verify(methodOverridden())).toMatchObject({
      verified: false,
      status: 401,
      problem: "signature_invalid",
      mistakes: ["MethodOverridden"],
      advice:
        "Your client signs a method other than the one that it sends: pass the method that you send to your " +
        "library (§3.4.1.1). Known as MethodOverridden.",
      client: client.identifier,
    });
  });

  it("diagnoses the URL that clients call, even behind a proxy", async () => {
    const { helpful } = verifiers({
      verifier: { publicOrigin: "https://api.example.com", publicPath: "/prod" },
      hosts: ["internal.example:8080"],
    });
    const origin = await servers["node"]?.(helpful);
    for (const [url, mistake] of [
      ["https://api.example.com/prod/photos", undefined],
      ["http://api.example.com/prod/photos", "SchemeSwapped"],
      ["https://internal.example:8080/prod/photos", "HostReplaced"],
    ] as const) {
      const answer = await send(`${origin}/photos`, signer.sign({ method: "GET", url }));
      if (mistake === undefined) expect(answer.status).toBe(200);
      else expect(adviceIn(answer.body)).toContain(`Known as ${mistake}.`);
    }
  });

  it("tries every secret during a rotation", async () => {
    const credentials = storeOf({ sharedSecrets: ["the new secret", client.sharedSecret] });
    const { helpful } = verifiers({ credentials });
    expect(await helpful.verify(methodOverridden())).toMatchObject({
      mistakes: ["MethodOverridden"],
    });
  });

  it("explains signatures with RSA", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const { helpful } = verifiers({ credentials: storeOf({ publicKey, sharedSecrets: [] }) });
    const rsa = createSigner({
      client: { identifier: client.identifier, privateKey },
      signatureMethod: rsaSha256,
    });
    const url = "https://photos.example.net/";
    const { headers } = await rsa.sign({ method: "PUT", url });
    expect(await helpful.verify({ method: "DELETE", url, headers })).toMatchObject({
      mistakes: ["MethodOverridden"],
    });
  });

  it("says that no known mistake explains a signature with an unknown secret", async () => {
    const { helpful } = verifiers();
    const stranger = createSigner({ client: { ...client, sharedSecret: "unknown" }, token });
    const url = "https://photos.example.net/";
    const rejected = await helpful.verify(stranger.sign({ method: "GET", url }));
    expect(rejected).toMatchObject({
      mistakes: [],
      advice: "oauth_signature does not match the request",
    });
    expect(adviceIn((rejected as { body: string }).body)).toBe(
      "The signature is not that of the request. No known mistake explains it: check that client " +
        "and server have the same secrets.",
    );
  });

  it("does not change the verifier's limits and counts", async () => {
    const { plain, helpful } = verifiers({ verifier: { limits: { body: 10 } } });
    const { headers, url } = signer.sign({ method: "GET", url: "https://photos.example.net/" });
    const body = "x".repeat(11);
    const rejected = await helpful.verify({ method: "POST", url, headers, body });
    expect(rejected).toMatchObject({ problem: "signature_invalid" });
    expect(rejected).not.toHaveProperty("mistakes");
    expect(helpful.counts).toBe(plain.counts);
    expect(plain.counts.rejected).toEqual({ signature_invalid: 1 });
  });

  it("makes at most the allowed number of diagnoses in a minute", async () => {
    const { helpful } = verifiers({ perMinute: 2 });
    const results: unknown[] = [];
    for (let time = 0; time < 4; time++) {
      const rejected = await helpful.verify(methodOverridden());
      results.push("mistakes" in rejected);
    }
    expect(results).toEqual([true, true, false, false]);
  });

  it("bounds the search by its effort", async () => {
    const { helpful } = verifiers({ effort: 0 });
    expect(await helpful.verify(methodOverridden())).toMatchObject({ mistakes: [] });
  });

  it("calls isTrusted with the request, and only for wrong signatures", async () => {
    const asked: unknown[] = [];
    const isTrusted = (identifier: string, request: unknown) => {
      asked.push([identifier, request]);
      return Promise.resolve(true);
    };
    const { helpful } = verifiers({ isTrusted });
    const right = signer.sign({ method: "GET", url: "https://photos.example.net/" });
    expect(await helpful.verify(right)).toMatchObject({ verified: true });
    await helpful.verify({ method: "GET", url: "https://photos.example.net/" });
    const wrong = methodOverridden();
    expect(await helpful.verify(wrong)).toMatchObject({ mistakes: ["MethodOverridden"] });
    expect(asked).toEqual([[client.identifier, wrong]]);
  });

  it.each<[string, Partial<DiagnosedOptions>]>([
    ["a truthy value instead of true", { isTrusted: (() => "yes") as never }],
    ["a promise of false", { isTrusted: () => Promise.resolve(false) }],
  ])("does not trust a client because of %s", async (_, options) => {
    const rejected = await verifiers(options).helpful.verify(methodOverridden());
    expect(rejected).not.toHaveProperty("mistakes");
    expect(rejected).toMatchObject({ body: "oauth_problem=signature_invalid" });
  });

  it.each<[string, Partial<DiagnosedOptions>]>([
    [
      "isTrusted fails",
      {
        isTrusted: () => {
          throw new Error("unavailable");
        },
      },
    ],
    ["isTrusted rejects", { isTrusted: () => Promise.reject(new Error("unavailable")) }],
  ])("responds like the verifier alone, with the error as cause, if %s", async (_, options) => {
    const rejected = await verifiers(options).helpful.verify(methodOverridden());
    expect(rejected).toMatchObject({
      status: 401,
      body: "oauth_problem=signature_invalid",
      cause: new Error("unavailable"),
    });
  });

  it.each<[unknown, unknown, string]>([
    [{}, {}, "verifier: must be the result of createVerifier()"],
    [verifiers().plain, {}, "credentials: must be an object with a function find(client, token)"],
    [verifiers().plain, { credentials: storeOf() }, "isTrusted: must be a function"],
    [
      verifiers().plain,
      { credentials: storeOf(), isTrusted: () => true, perMinute: 0 },
      "perMinute: must be a whole number of at least 1",
    ],
    [
      verifiers().plain,
      { credentials: storeOf(), isTrusted: () => true, trusted: [] },
      "trusted: is not an option: use one of",
    ],
  ])("rejects wrong arguments", (verifier, options, message) => {
    const wrap = () => diagnosed(verifier as never, options as never);
    expect(wrap).toThrow(DiagnosisError);
    expect(wrap).toThrow(message);
  });
});

describe("a secret never appears", () => {
  /** Long enough that nothing else contains it by chance, with characters that encodings change. */
  const secret = fc
    .tuple(
      fc.array(fc.constantFrom(..."aZ09-._~ +%&=/'\"\\é☃😀"), { maxLength: 30 }),
      fc.uint8Array({ minLength: 9, maxLength: 9 }),
    )
    .filter(([, octets]) => new Set(octets).size > 5)
    .map(([characters, octets]) => Buffer.from(octets).toString("base64") + characters.join(""));

  const encode = (text: string) =>
    encodeURIComponent(text).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );

  /** Every place of a request in which a client may send a secret that it should keep. */
  const places: Record<string, (secret: string) => string> = {
    nowhere: () => "/photos",
    "a parameter": (secret) => `/photos?secret=${encode(secret)}`,
    "a name": (secret) => `/photos?${encode(secret)}=1`,
    "a parameter that is encoded twice": (secret) => `/photos?secret=${encode(encode(secret))}`,
    "the path": (secret) => `/photos/${encode(secret)}`,
    "a path that escapes every character": (secret) =>
      `/photos/${Buffer.from(secret).toString("hex").replace(/../g, "%$&")}`,
    "a name that is cut off in words": (secret) => `/photos?${"x".repeat(180)}${encode(secret)}=1`,
  };

  /** The changes that a wrong signer makes to the text that it signs, or to its key. */
  const signers: Record<string, (base: string, keys: [string, string]) => string> = {
    "another method": (base, [first, second]) =>
      hmac(base.replace(/^GET/, "PUT"), `${first}&${second}`),
    "no query": (base, [first, second]) =>
      hmac(
        base.replace(/[^&]*$/, (pairs) =>
          pairs
            .split("%26")
            .filter((pair) => pair.startsWith("oauth_"))
            .join("%26"),
        ),
        `${first}&${second}`,
      ),
    "the path twice encoded": (base, [first, second]) =>
      hmac(base.replaceAll("%25", "%2525"), `${first}&${second}`),
    "an added slash": (base, [first, second]) =>
      hmac(base.replace(/^(GET&[^&]*)/, "$1%2F"), `${first}&${second}`),
    "swapped secrets": (base, [first, second]) => hmac(base, `${second}&${first}`),
    "no token secret": (base, [first]) => hmac(base, `${first}&`),
    noise: () => hmac("a", "b"),
  };

  function hmac(text: string, key: string): string {
    return createHmac("sha1", key).update(text).digest("base64");
  }

  /** Wrong PLAINTEXT signatures, which contain the secrets themselves. */
  const plaintexts: Record<string, (keys: [string, string]) => string> = {
    "encoded twice": ([first, second]) => `${encode(first)}&${encode(second)}`,
    swapped: ([first, second]) => `${second}&${first}`,
    "without the token's": ([first]) => `${first}&`,
    "with more": ([first, second]) => `${first}&${second}x`,
  };

  /** The texts that a reader can decode from a text. */
  function* readings(text: string): Iterable<string> {
    let decoded = text.replaceAll("+", "%2B");
    for (let times = 0; times < 6; times++) {
      yield decoded;
      decoded = decoded.replace(/(?:%[\dA-F]{2})+/gi, (escapes) =>
        Buffer.from(escapes.replaceAll("%", ""), "hex").toString(),
      );
    }
  }

  it("in a response, a result or a log, whatever the secrets and wherever clients put them", async () => {
    let secrets = ["", ""] as [string, string];
    const credentials: CredentialStore = {
      find: (identifier, tokenIdentifier) => ({
        client: { identifier, sharedSecrets: [secrets[0]] },
        token: { identifier: tokenIdentifier ?? "", sharedSecrets: [secrets[1]] },
      }),
    };
    let log = "";
    const stream = new Writable({
      write(chunk, _, done) {
        log += chunk;
        done();
      },
    });
    const { helpful } = verifiers({ credentials, perMinute: 100_000, isTrusted: () => true });
    const results: unknown[] = [];
    const app = fastify({ logger: { level: "trace", stream } });
    closing.push(() => app.close());
    // A server that logs the whole result.
    const logging: Helpful = {
      ...helpful,
      async verify(...parameters) {
        const result = await helpful.verify(...parameters);
        if (!result.verified) {
          const { body: _, headers: __, ...logged } = result;
          app.log.warn({ ...logged, ...result.headers, response: result.body }, result.advice);
        }
        if (!result.verified) results.push(result);
        return result;
      },
    };
    await app.register(fastifyVerifier, { verifier: logging });
    app.all("/*", () => "verified");
    // Not the URL of the request, which the client chooses.
    app.log.level = "warn";
    const origin = await app.listen({ port: 0, host: "127.0.0.1" });
    let explained = 0;

    await fc.assert(
      fc.asyncProperty(
        fc.tuple(secret, secret),
        fc.constantFrom(...Object.values(places)),
        fc.oneof(
          fc.constantFrom(...Object.values(signers)),
          fc.constantFrom(...Object.values(plaintexts)),
        ),
        fc.integer({ min: 0, max: 1 }),
        async (drawn, place, sign, which) => {
          secrets = drawn;
          log = "";
          results.length = 0;
          const keys = drawn.map(encode) as [string, string];
          const path = place(drawn[which] ?? "");
          const isPlaintext =
            sign.length === 1 && Object.values(plaintexts).includes(sign as never);
          const parameters = {
            oauth_consumer_key: client.identifier,
            oauth_nonce: "n",
            oauth_signature_method: isPlaintext ? "PLAINTEXT" : "HMAC-SHA1",
            oauth_timestamp: String(Math.floor(Date.now() / 1000)),
            oauth_token: token.identifier,
          };
          const [uri = "", query = ""] = path.split("?");
          const pairs = [
            ...Object.entries(parameters),
            ...query
              .split("&")
              .filter(Boolean)
              .map((pair) => pair.split("=").map(decodeURIComponent)),
          ]
            .map((pair) => pair.map((text) => encode(text ?? "")).join("="))
            .sort();
          const base = ["GET", `${origin}${uri}`, pairs.join("&")].map(encode).join("&");
          const signature = isPlaintext
            ? (sign as (typeof plaintexts)[string])(keys)
            : (sign as (typeof signers)[string])(base, keys);
          const answer = await send(`${origin}${path}`, {
            headers: {
              Authorization: `OAuth ${Object.entries({ ...parameters, oauth_signature: signature })
                .map(([name, value]) => `${name}="${encode(value)}"`)
                .join(", ")}`,
            },
          });
          const shown = [answer.challenge, answer.body, log, JSON.stringify(results)];
          for (const text of shown.flatMap((one) => [...readings(one)])) {
            // The octets at the beginning of each secret are random.
            for (const beginning of drawn.map((one) => one.slice(0, 12))) {
              expect(text).not.toContain(beginning);
            }
          }
          if (answer.status === 401 && /Known%20as|Known\+as/.test(answer.body)) explained++;
        },
      ),
      { numRuns: 400 },
    );
    expect(explained).toBeGreaterThan(100);
  });
});

describe("explainRejected()", () => {
  const SECRET_VALUES = {
    path: "PathThatIsSecret",
    name: "NameThatIsSecret",
    value: "ValueThatIsSecret",
  };
  const url = `http://api.example.com/${SECRET_VALUES.path}?${SECRET_VALUES.name}=${SECRET_VALUES.value}`;
  const received = (signed: object) => {
    const { headers } = createSigner({ client, token }).sign({ method: "GET", url, ...signed });
    return { method: "GET", url, headers };
  };
  const explain = (signed: object) =>
    explainRejected(received(signed), client.identifier, { credentials: storeOf() });

  it.each([
    [
      { url: url.replace("http:", "https:") },
      ["SchemeSwapped"],
      "signed https, the request came by http",
    ],
    [{ method: "POST" }, ["MethodOverridden"], "signed POST, the request is a GET"],
    [
      { url: url.replace(/\?.*/, "") },
      ["QueryNotSigned"],
      "does not sign the parameters of the query",
    ],
    [{ url: `${url}&another=1` }, [], "No known mistake explains the signature"],
    [{ url: url.replace("example.com", "example.com:80") }, undefined, undefined],
  ])("explains %j without any part of the path and the query", async (signed, mistakes, text) => {
    const explanation = await explain(signed);
    expect(explanation?.mistakes).toEqual(mistakes);
    if (text !== undefined) expect(explanation?.text).toContain(text);
    for (const secret of Object.values(SECRET_VALUES)) {
      expect(JSON.stringify(explanation ?? {})).not.toContain(secret);
    }
  });

  it("returns no received text, whatever the client signs", async () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{11}$/);
    await fc.assert(
      fc.asyncProperty(word, word, word, word, async (path, name, value, other) => {
        const sent = `http://api.example.com/${path}?${name}=${value}`;
        for (const signed of [
          `http://api.example.com/${path}/?${name}=${value}`,
          `http://api.example.com/${path.toLowerCase()}?${name}=${value}`,
          `https://api.example.com/${path}`,
          `http://${other}.example.com/${path}?${name}=${other}`,
        ]) {
          const { headers } = createSigner({ client, token }).sign({ method: "GET", url: signed });
          const found = await explainRejected(
            { method: "GET", url: sent, headers },
            client.identifier,
            {
              credentials: storeOf(),
              effort: 200_000,
            },
          );
          for (const each of [path, name, value, other]) expect(found?.text).not.toContain(each);
        }
      }),
      { numRuns: 15 },
    );
  });

  it("returns undefined for an unknown client, and rejects a wrong argument", async () => {
    const credentials = storeOf();
    expect(await explainRejected(received({}), "unknown", { credentials })).toBeUndefined();
    for (const [values, argument] of [
      [[undefined, "x", { credentials }], "received"],
      [[received({}), 5, { credentials }], "client"],
      [[received({}), "x", {}], "credentials"],
      [[received({}), "x", { credentials, efort: 1 }], "efort"],
    ] as const) {
      await expect(
        explainRejected(...(values as never as Parameters<typeof explainRejected>)),
      ).rejects.toMatchObject({
        code: "ERR_DIAGNOSIS_OPTION",
        message: expect.stringContaining(argument),
      });
    }
  });
});

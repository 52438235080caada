// Random requests through each HTTP client, to a server that verifies with oauthlib. Requests
// that cannot be signed fail, and no part of them arrives.
import { request as nodeRequest } from "node:http";
import { text } from "node:stream/consumers";
import { type AnySigner, ClientError, signedFetch } from "@oauth1/client";
import { axiosSigner as axiosInterceptor } from "@oauth1/client/axios";
import { gotSigner as gotOptions } from "@oauth1/client/got";
import { kySigner } from "@oauth1/client/ky";
import { nodeSigner } from "@oauth1/client/node";
import { superagentSigner } from "@oauth1/client/superagent";
import { undiciSigner } from "@oauth1/client/undici";
import { createSigner, SignerError } from "@oauth1/signer";
import axios from "axios";
import fc from "fast-check";
import got from "got";
import ky from "ky";
import superagent from "superagent";
import { Agent, interceptors, request as undiciRequest } from "undici";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { credentials, hasOauthlib, verifyingServer } from "./verifying-server.js";

const server = verifyingServer();
beforeEach(({ skip }) => skip(!hasOauthlib));

/** For each client. */
const CASES = process.env["OAUTH1_DEEP"] === "1" ? 1000 : 300;
/** The number of concurrent requests. */
const BATCH = 20;
const FORM = "application/x-www-form-urlencoded";

type Body =
  | { readonly kind: "form"; readonly pairs: [string, string][] }
  | { readonly kind: "form as text"; readonly text: string }
  | { readonly kind: "json"; readonly value: object }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "octets"; readonly octets: Uint8Array<ArrayBuffer> };

interface Case {
  readonly method: string;
  /** As the caller writes it, after the origin. */
  readonly path: string;
  readonly body: Body | undefined;
  readonly redirect: { readonly status: number; readonly count: number } | undefined;
  readonly transmission: "header" | "query" | "form-body";
  readonly bodyHash: boolean;
  /** Why it cannot be signed, if so. */
  readonly wrong: "escape" | "collision" | "authorization" | "userinfo" | undefined;
}

const characters = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 6 }) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 4 }) },
  { weight: 1, arbitrary: fc.constantFrom("", "a", "a", "+", " ", "%", "&", "=", "a+b", "é", "☃") },
);
/** Text that a caller can write into a URL. A bare `%` would begin an escape. */
const spelled = characters.map((value) =>
  value
    .replace(/%/g, "%25")
    .replace(/[#?\\]/g, "")
    .replace(/^\.\.?$/, "…"),
);
const segment = fc.oneof(spelled, fc.constantFrom("%7e", "%2F", "a%20b", "(x)", "[", "'*!"));
// Only oauthlib loses an empty `;` before the query. URL parsing removes white space after it.
const path = fc.array(segment, { maxLength: 3 }).map((all) => all.join("/").replace(/[;\s]+$/, ""));
const pair = fc.tuple(characters, characters).filter(([name]) => !/^oauth_/i.test(name));
const query = fc.oneof(
  fc.array(pair, { maxLength: 4 }).map((pairs) => String(new URLSearchParams(pairs))),
  fc.array(spelled, { maxLength: 4 }).map((pieces) => pieces.join("&")),
  fc.constantFrom(
    "a=1&a=1&a=0",
    "a=b+c%20d",
    "a",
    "=",
    "a=b=c",
    "&&",
    "a=[]{}|^`'\"<>",
    "%C3%a9=%7E",
  ),
);
const body: fc.Arbitrary<Body> = fc.oneof(
  fc.record({ kind: fc.constant("form" as const), pairs: fc.array(pair, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant("form as text" as const), text: query }),
  fc.record({
    kind: fc.constant("json" as const),
    value: fc.record({ "oauth_nonce=": characters }),
  }),
  fc.record({ kind: fc.constant("text" as const), text: characters }),
  fc.record({
    kind: fc.constant("octets" as const),
    octets: fc.uint8Array({ maxLength: 20 }).map((octets) => Uint8Array.from(octets)),
  }),
);
const anyCase: fc.Arbitrary<Case> = fc
  .record({
    method: fc.constantFrom("GET", "HEAD", "POST", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
    path,
    query: fc.option(query, { nil: undefined }),
    body: fc.option(body, { nil: undefined, freq: 3 }),
    redirect: fc.option(
      fc.record({
        status: fc.constantFrom(301, 302, 303, 307, 308),
        count: fc.integer({ min: 1, max: 3 }),
      }),
      { nil: undefined, freq: 3 },
    ),
    transmission: fc.constantFrom("header", "header", "query", "form-body"),
    bodyHash: fc.boolean(),
    wrong: fc.oneof(
      { weight: 15, arbitrary: fc.constant(undefined) },
      {
        weight: 1,
        arbitrary: fc.constantFrom("escape", "collision", "authorization", "userinfo"),
      },
    ),
  })
  .map(({ path, query, method, redirect, transmission, ...rest }): Case => {
    const body = /^(GET|HEAD|OPTIONS)$/.test(method) ? undefined : rest.body;
    const isForm = body?.kind.startsWith("form") === true;
    const inBody = transmission === "form-body" && isForm;
    // A form that becomes a GET has no body for the protocol parameters.
    const status = inBody && redirect ? 307 : redirect?.status;
    const start = redirect ? `/to/${status}/${redirect.count}/x/` : "/x/";
    const extra = { escape: "a=%zz", collision: "oauth_nonce=1" }[String(rest.wrong)];
    const pieces = [query, extra].filter((piece) => piece !== undefined);
    return {
      ...rest,
      method,
      body,
      redirect: redirect && { ...redirect, status: status ?? 307 },
      transmission: transmission === "form-body" && !inBody ? "header" : transmission,
      path: start + path + (pieces.length > 0 ? `?${pieces.join("&")}` : ""),
    };
  });

interface Sendable extends Case {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly signer: AnySigner;
}

/** Sends with a client, and returns the status. */
type Send = (request: Sendable) => Promise<number>;

const agent = new Agent();
afterAll(() => agent.close());

const clients: Record<string, Send> = {
  fetch: async ({ signer, url, method, headers, body }) => {
    const init = {
      method,
      headers: { ...headers, ...typeOf(body) },
      body: contentOf(body) ?? null,
    };
    const response = await signedFetch(signer)(url, init);
    await response.arrayBuffer();
    return response.status;
  },
  axios: async ({ signer, url, method, headers, body }) => {
    const api = axios.create({ validateStatus: null });
    api.interceptors.request.use(axiosInterceptor(signer));
    const data = body?.kind === "json" ? body.value : contentOf(body);
    const type = body?.kind === "form" || body?.kind === "json" ? {} : typeOf(body);
    const response = await api.request({ url, method, headers: { ...headers, ...type }, data });
    return response.status;
  },
  undici: async ({ signer, url, method, headers, body, redirect }) => {
    const sign = undiciSigner(signer, { origin: server.origin });
    const dispatcher = agent.compose(sign, interceptors.redirect({ maxRedirections: 5 }));
    const content = contentOf(body);
    const response = await undiciRequest(url, {
      method: method as "GET",
      headers: { ...headers, ...typeOf(body) },
      body: content instanceof URLSearchParams ? String(content) : (content ?? null),
      dispatcher: redirect ? dispatcher : agent.compose(sign),
    });
    await response.body.arrayBuffer();
    return response.statusCode;
  },
  got: async ({ signer, url, method, headers, body }) => {
    const api = got.extend(gotOptions(signer));
    const response = await api(url, {
      method: method as "GET",
      headers: { ...headers, ...(body?.kind === "json" ? {} : typeOf(body)) },
      ...(body?.kind === "json"
        ? { json: body.value }
        : body && { body: asText(contentOf(body)) as string }),
      throwHttpErrors: false,
      retry: { limit: 0 },
    });
    return response.statusCode;
  },
  ky: async ({ signer, url, method, headers, body }) => {
    // ky sends the body of a Request, which can follow a redirect only if it is read.
    const api = ky.extend(kySigner(signer, { readRequests: true }));
    const response = await api(url, {
      method,
      headers: { ...headers, ...(body?.kind === "json" ? {} : typeOf(body)) },
      ...(body?.kind === "json" ? { json: body.value } : body && { body: contentOf(body) }),
      throwHttpErrors: false,
      retry: 0,
    } as Parameters<typeof api>[1]);
    await response.arrayBuffer();
    return response.status;
  },
  superagent: async ({ signer, url, method, headers, body }) => {
    const sent = superagent(method, url)
      .use(superagentSigner(signer))
      .set({ ...headers, ...typeOf(body) })
      .redirects(5) // Also for HEAD.
      .ok(() => true);
    if (body) sent.send(body.kind === "json" ? body.value : (asText(contentOf(body)) as string));
    return (await sent).status;
  },
  "node:http": async ({ signer, url, method, headers, body }) => {
    const signed = await nodeSigner(signer as Parameters<typeof nodeSigner>[0])(url, {
      method,
      headers: { ...headers, ...typeOf(body) },
      body: contentOf(body),
    });
    return new Promise((resolve, reject) => {
      const sent = nodeRequest(signed.options, (response) => {
        text(response).then(() => resolve(response.statusCode ?? 0), reject);
      });
      sent.on("error", reject).end(signed.body);
    });
  },
};

function contentOf(body: Body | undefined) {
  if (body === undefined) return undefined;
  if (body.kind === "form") return new URLSearchParams(body.pairs);
  if (body.kind === "json") return JSON.stringify(body.value);
  return body.kind === "octets" ? Buffer.from(body.octets) : body.text;
}

function asText(content: ReturnType<typeof contentOf>) {
  return content instanceof URLSearchParams ? String(content) : content;
}

function typeOf(body: Body | undefined): Record<string, string> {
  if (body === undefined) return {};
  const types = {
    json: "application/json",
    text: "text/plain",
    octets: "application/octet-stream",
  };
  return { "Content-Type": types[body.kind as keyof typeof types] ?? FORM };
}

/** The error that a request must fail with before it is sent. */
const codes = {
  escape: "ERR_ENCODING",
  collision: "ERR_PARAMETER_COLLISION",
  authorization: "ERR_AUTHORIZATION_PRESENT",
  userinfo: "ERR_URL",
};

function rejectionOf(error: unknown): unknown {
  return error instanceof ClientError || error instanceof SignerError
    ? error
    : (error as Error | undefined)?.cause;
}

describe("random requests", () => {
  for (const [name, send] of Object.entries(clients)) {
    it(`${name} sends ${CASES} requests that arrive and verify`, async () => {
      let [arrived, rejected] = [0, 0];
      const check = async (one: Case) => {
        const { transmission, bodyHash, wrong, redirect } = one;
        const signer = createSigner({ ...credentials, transmission, bodyHash });
        const origin =
          wrong === "userinfo" ? server.origin.replace("//", "//me:x@") : server.origin;
        const sent = send({
          ...one,
          signer,
          url: origin + one.path,
          headers:
            wrong === "authorization" && transmission === "header" ? { Authorization: "x" } : {},
        });
        // undici sends a URL without its user name and password.
        if (
          wrong === undefined ||
          (name === "undici" && wrong === "userinfo") ||
          (wrong === "authorization" && transmission !== "header")
        ) {
          expect(await sent).toBe(name === "node:http" && redirect ? redirect.status : 200);
          arrived++;
          return;
        }
        const error = await sent.then(
          (status) => `answered ${status}`,
          (error: unknown) => error,
        );
        // got decodes a URL's escapes itself, and fails with its own error.
        if (name === "got" && wrong === "escape" && error instanceof Error) return;
        if (name === "ky" && wrong === "userinfo" && error instanceof TypeError) return;
        expect(rejectionOf(error), `${wrong}: ${error}`).toMatchObject({
          code: codes[wrong],
        });
        rejected++;
      };
      await fc.assert(
        fc.asyncProperty(
          fc.array(anyCase, { minLength: BATCH, maxLength: BATCH }),
          async (batch) => {
            await Promise.all(batch.map(check));
          },
        ),
        { numRuns: CASES / BATCH, endOnFailure: false },
      );
      console.log(`${name}: ${arrived} arrived and verified, ${rejected} rejected`);
      expect(arrived).toBeGreaterThan(CASES / 2);
      expect(rejected).toBeGreaterThan(0);
    });
  }
});

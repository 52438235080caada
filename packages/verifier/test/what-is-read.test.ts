// What a handler can read as parameters is what was signed: random messages over real sockets to
// every framework. Each is sent as signed, or as an attacker without the client's secrets changes
// it: the parameters move to the query, which does not change the base string, and another body
// replaces them, with any media type, framing and authority.
import type { Transmission } from "@oauth1/signer";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  formFields,
  type Reading,
  type ReadingServer,
  type Readings,
  startReadingServers,
} from "./reading-servers.js";
import {
  type Case,
  closeSessions,
  FORM,
  type Framing,
  type Pair,
  prepare,
  type Sent,
  send,
} from "./sent-messages.js";
import { testVerifier } from "./verifying-server.js";

const CASES = process.env["OAUTH1_DEEP"] === "1" ? 20_000 : 5000;

const verifiers = {
  open: testVerifier({ limits: { bodyTimeout: 60_000 } }),
  hashed: testVerifier({ requireBodyHash: true, limits: { bodyTimeout: 60_000 } }),
};
const readings: Readings = new Map();
let servers: ReadingServer[] = [];

beforeAll(async () => {
  servers = await startReadingServers(verifiers, readings);
});
afterAll(async () => {
  closeSessions();
  await Promise.all(servers.map((server) => server.close()));
});

const name = fc.constantFrom("amount", "to", "é", "a b", "file");
const value = fc.constantFrom("1", "", "é&=+%", "me", "1 000");
const pairs = fc.array(fc.tuple(name, value), { maxLength: 3 });

/** White space, control characters and separators on which parsers disagree. */
const oddities = fc.constantFrom(
  ...[" ", "\t", "\x0b", "\x0c", "\xa0", "\x85", "\x01", "\x7f", "\xe2\x80\x83", "\xef\xbb\xbf"],
  ...[",", ", ", ";", ";;", "/", "=", '"', "\\"],
);
const formType = fc.constantFrom(
  ...[FORM, FORM, FORM.toUpperCase(), "Application/X-WWW-Form-Urlencoded"],
);
const parameter = fc.constantFrom(
  ...["", ";", "; charset=utf-8", ";charset=UTF-8", ' ; charset="utf-8"', "; charset=iso-8859-1"],
  ...["; charset=utf-16le", "; charset=utf-7", "; a=b; a=c", '; a="b;c=\\"d"', "; a=", "; a"],
  ...['; a="b, text/plain"', ", text/plain", `, ${FORM}`, "; charset=utf-8; charset=utf-16"],
);
const contentType = fc.oneof(
  { weight: 8, arbitrary: fc.constant(FORM) },
  { weight: 3, arbitrary: fc.tuple(formType, parameter).map((parts) => parts.join("")) },
  {
    weight: 3,
    arbitrary: fc.tuple(formType, oddities, fc.nat(), parameter).map(([type, oddity, at, end]) => {
      // At the start, at the end, before the parameters, or anywhere.
      const where = [0, type.length, type.length, at % (type.length + 1)][at % 4] ?? 0;
      return type.slice(0, where) + oddity + type.slice(where) + end;
    }),
  },
  fc.constantFrom(
    ...["text/plain", "application/json", "", `text/plain, ${FORM}`, `text/plain; a="${FORM}"`],
    ...[`text/plain;${FORM}`, `${FORM}+json`, `${FORM}2`, `multipart/form-data; boundary=x`],
    ...["*/*", "form", `"${FORM}"`, `text/plain\xa0;${FORM}`, `x/${FORM}`, "application/"],
  ),
);

const arbitraryCase: fc.Arbitrary<Case> = fc
  .record({
    path: fc.constantFrom("open", "open", "hashed"),
    method: fc.constantFrom("POST", "POST", "POST", "PUT", "PATCH", "DELETE", "GET"),
    query: pairs,
    body: fc.oneof(
      { weight: 5, arbitrary: pairs.map((form) => ({ form })) },
      {
        weight: 2,
        arbitrary: fc.constantFrom("{}", '{"amount":1}', "☃").map((text) => ({ text })),
      },
      fc.constant(undefined),
    ),
    transmission: fc.constantFrom<Transmission>("header", "header", "query", "form-body"),
    change: fc.constantFrom("none", "none", "none", "moved", "moved", "swapped"),
    contentTypes: fc.oneof(
      { weight: 19, arbitrary: fc.tuple(contentType) },
      fc.array(contentType, { maxLength: 2 }),
    ),
    contentEncoding: fc.option(fc.constantFrom("gzip", "identity", "x-gzip", ""), {
      nil: undefined,
      freq: 12,
    }),
    framing: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom<Framing>("length", "chunked", "expect") },
      fc.constantFrom<Framing>("both", "zero and chunked", "none", "two lengths", "gzip, chunked"),
    ),
    authority: fc.constantFrom("usual", "usual", "usual", "host", "host", "both", "different"),
    hasTrailers: fc.boolean(),
    splits: fc.array(fc.nat(2000), { maxLength: 4 }),
  } satisfies { [Key in keyof Case]: fc.Arbitrary<Case[Key]> })
  .map((made) => {
    // Signers require a form to put parameters into.
    const isForm = made.body !== undefined && "form" in made.body;
    return isForm || made.transmission !== "form-body" ? made : { ...made, transmission: "header" };
  });

/** Every field that was read must be signed, and every octet hashed. */
function expectSigned({ fields, octets }: Reading, made: Case, sent: Sent): void {
  for (const [name, value] of fields) {
    if (name.startsWith("oauth_")) continue;
    expect(sent.signed, `the handler read ${name}=${value}`).toContainEqual([name, value]);
  }
  // Some frameworks pass no body to the handler of a GET.
  if (made.path === "hashed" && sent.hashed !== undefined && octets?.length) {
    expect(Buffer.from(octets).toString()).toBe(sent.hashed.toString());
  }
}

const seed = Number(process.env["OAUTH1_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

describe(`what a handler reads is what was signed (seed ${seed})`, () => {
  it(`in ${CASES} messages over sockets`, { timeout: 600_000 }, async () => {
    const ran = { handlers: 0, right: 0 };
    await fc.assert(
      fc.asyncProperty(arbitraryCase, fc.nat(), async (made, at) => {
        const server = servers[at % servers.length];
        if (server === undefined) throw new Error("no server");
        const { sent, id, status } = await send(server, made);
        const reading = readings.get(id);
        if (sent.isRight) {
          expect(status, `${server.name} must accept correct requests`).toBe(200);
          ran.right++;
        }
        if (reading === undefined) return;
        ran.handlers++;
        expectSigned(reading, made, sent);
      }),
      { numRuns: CASES, seed },
    );
    console.log(
      `seed ${seed}: ${CASES} messages to ${servers.length} servers, ${ran.handlers} reached a handler, of which ${ran.right} were correct`,
    );
    expect(ran.right).toBeGreaterThan(CASES / 50);
    expect(ran.handlers).toBeGreaterThan(ran.right);
  });

  it("in 2,000 web requests", async () => {
    const server = { name: "web", port: 80, isHttp2: false, isEncrypted: true } as ReadingServer;
    let handlers = 0;
    await fc.assert(
      fc.asyncProperty(arbitraryCase, async (made) => {
        const sent = prepare(server, made);
        let request: Request;
        try {
          request = new Request(`https://127.0.0.1:80${sent.target}`, {
            method: made.method,
            headers: [
              ...sent.fields.map(([name, value]): [string, string] => [name, value]),
              ...made.contentTypes.map((type): [string, string] => ["Content-Type", type]),
              ...(made.contentEncoding === undefined
                ? []
                : [["Content-Encoding", made.contentEncoding] as [string, string]]),
            ],
            ...(made.method !== "GET" && { body: new Uint8Array(sent.octets) }),
          });
        } catch {
          return; // no platform can create such a request
        }
        const verification = await verifiers[made.path].verify(request);
        if (sent.isRight) expect(verification.verified || verification.advice).toBe(true);
        if (!verification.verified) return;
        handlers++;
        const octets = new Uint8Array(await request.clone().arrayBuffer());
        const form = await request.formData().then(
          (data) => [...data].map(([name, value]): Pair => [name, String(value)]),
          () => [],
        );
        const contentType = request.headers.get("content-type") ?? undefined;
        const fields = [...form, ...(await formFields(contentType, octets))];
        expectSigned({ fields: [...fields, ...(verification.form ?? [])], octets }, made, sent);
      }),
      { numRuns: 2000, seed },
    );
    expect(handlers).toBeGreaterThan(50);
  });
});

// What a handler can read as parameters is what was signed: random messages over real sockets to
// every framework. A client signs a request; it is sent as signed, or as an attacker changes it
// without the client's secrets: parameters moved to the query, which leaves the base string as it
// was, and another body in their place, under any media type, framing and authority.
import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { createSigner, type Transmission } from "@oauth1/signer";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  formFields,
  type Reading,
  type ReadingServer,
  type Readings,
  startReadingServers,
} from "./reading-servers.js";
import { client, testVerifier, token } from "./verifying-server.js";

const CASES = Number(process.env["OAUTH1_CASES"] ?? 20_000);
const FORM = "application/x-www-form-urlencoded";

const verifiers = {
  open: testVerifier({ limits: { bodyTimeout: 60_000 } }),
  hashed: testVerifier({ requireBodyHash: true, limits: { bodyTimeout: 60_000 } }),
};
const readings: Readings = new Map();
let servers: ReadingServer[] = [];
const sessions = new Map<number, ClientHttp2Session>();

beforeAll(async () => {
  servers = await startReadingServers(verifiers, readings);
});
afterAll(async () => {
  for (const session of sessions.values()) session.destroy();
  await Promise.all(servers.map((server) => server.close()));
});

type Pair = readonly [name: string, value: string];

/** One request as a client signs it, and how it is sent. */
interface Case {
  readonly path: "open" | "hashed";
  readonly method: string;
  readonly query: readonly Pair[];
  readonly body: Body;
  readonly transmission: Transmission;
  /** `moved`: what is in the form goes to the query, and another body takes its place. */
  readonly change: "none" | "moved" | "swapped";
  readonly contentTypes: readonly string[];
  readonly contentEncoding: string | undefined;
  readonly framing: Framing;
  readonly authority: "usual" | "host" | "both" | "different";
  readonly hasTrailers: boolean;
  /** Where the octets are split on their way. */
  readonly splits: readonly number[];
}

type Body = { readonly form: readonly Pair[] } | { readonly text: string } | undefined;

type Framing =
  | "length"
  | "chunked"
  | "both"
  | "zero and chunked"
  | "none"
  | "two lengths"
  | "gzip, chunked"
  | "expect";

const name = fc.constantFrom("amount", "to", "é", "a b", "file");
const value = fc.constantFrom("1", "", "é&=+%", "me", "1 000");
const pairs = fc.array(fc.tuple(name, value), { maxLength: 3 });

/** White space, controls and separators that parsers disagree on. */
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
    // What signers insist on: a form to put parameters into.
    const isForm = made.body !== undefined && "form" in made.body;
    return isForm || made.transmission !== "form-body" ? made : { ...made, transmission: "header" };
  });

interface Sent {
  readonly target: string;
  readonly fields: readonly Pair[];
  readonly octets: Buffer;
  /** All that the client signed beside protocol parameters. */
  readonly signed: readonly Pair[];
  /** The body that the client signed the hash of. */
  readonly hashed: Buffer | undefined;
  /** Whether a server that is worth its name accepts it. */
  readonly isRight: boolean;
}

const EVIL = "amount=1000000&evil=1&%C3%A9=evil";

/** Signs a request and changes it. */
function prepare(server: ReadingServer, made: Case): Sent {
  const scheme = server.isEncrypted ? "https" : "http";
  const origin = `${scheme}://127.0.0.1:${server.port}`;
  const search = new URLSearchParams(made.query.map(([n, v]) => [n, v])).toString();
  const url = `${origin}/${made.path}/x${search === "" ? "" : `?${search}`}`;
  const form = made.body !== undefined && "form" in made.body ? made.body.form : undefined;
  const text = made.body !== undefined && "text" in made.body ? made.body.text : undefined;
  const signer = createSigner({ client, token, transmission: made.transmission });
  const { headers, ...signed } =
    form !== undefined
      ? signer.sign({
          method: made.method,
          url,
          headers: { "Content-Type": FORM },
          body: new URLSearchParams(form.map(([n, v]) => [n, v])).toString(),
        })
      : signer.sign<string | undefined>(
          { method: made.method, url, ...(text !== undefined && { body: text }) } as never,
          { bodyHash: made.path === "hashed" },
        );
  const body = String(signed.body ?? "");
  let target = signed.url.slice(origin.length);
  let sent = body;
  if (made.change === "swapped") sent = EVIL;
  if (made.change === "moved") {
    if (form !== undefined && body !== "") target += `${target.includes("?") ? "&" : "?"}${body}`;
    sent = EVIL;
  }
  const isForm = form !== undefined;
  const types = made.contentTypes.map((type) => type.toLowerCase());
  const simple = [FORM, `${FORM};`, `${FORM};charset=utf-8`, `${FORM}; charset=utf-8`];
  const isRightType =
    types.length === 1 && (isForm ? simple : ["application/json"]).includes(types[0] ?? "");
  return {
    target,
    fields: Object.entries(headers).filter(([name]) => name.toLowerCase() !== "content-type"),
    octets: Buffer.from(sent),
    signed: [...made.query, ...(form ?? [])],
    hashed: isForm ? undefined : Buffer.from(body),
    isRight:
      made.change === "none" &&
      isRightType &&
      ["length", "chunked", "expect"].includes(made.framing) &&
      made.authority !== "different" &&
      (made.contentEncoding === undefined || made.contentEncoding === "") &&
      // Frameworks do not give handlers a body with these, or want one with others.
      (isForm || text !== undefined) &&
      made.method !== "GET",
  };
}

let count = 0;

/** The request as octets of HTTP/1.1. */
function http1(server: ReadingServer, made: Case, sent: Sent, id: string): Buffer {
  const host = `127.0.0.1:${server.port}`;
  const lines = [`${made.method} ${sent.target} HTTP/1.1`, `Host: ${host}`, `X-Case: ${id}`];
  if (made.authority === "different") lines.push("Host: example.com");
  for (const [name, value] of sent.fields) lines.push(`${name}: ${value}`);
  for (const type of made.contentTypes) lines.push(`Content-Type: ${type}`);
  if (made.contentEncoding !== undefined) lines.push(`Content-Encoding: ${made.contentEncoding}`);
  const { framing, hasTrailers } = made;
  const { length } = sent.octets;
  const isChunked = ["chunked", "both", "zero and chunked", "gzip, chunked"].includes(framing);
  if (["length", "both", "two lengths", "expect"].includes(framing)) {
    lines.push(`Content-Length: ${length}`);
  }
  if (framing === "two lengths") lines.push(`Content-Length: ${length}`);
  if (framing === "zero and chunked") lines.push("Content-Length: 0");
  if (isChunked)
    lines.push(`Transfer-Encoding: ${framing === "gzip, chunked" ? framing : "chunked"}`);
  if (framing === "expect") lines.push("Expect: 100-continue");
  const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  if (!isChunked) return Buffer.concat([head, sent.octets]);
  const middle = Math.min(made.splits[0] ?? 1, length);
  const chunks = [sent.octets.subarray(0, middle), sent.octets.subarray(middle)]
    .filter((chunk) => chunk.length > 0)
    .map((chunk) => `${chunk.length.toString(16)}\r\n${chunk.toString("latin1")}\r\n`);
  const trailers = hasTrailers ? `Content-Type: ${FORM}\r\nAuthorization: x\r\n` : "";
  return Buffer.concat([head, Buffer.from(`${chunks.join("")}0\r\n${trailers}\r\n`, "latin1")]);
}

/** Sends octets in pieces and waits for the final answer. */
function exchange(port: number, octets: Buffer, splits: readonly number[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    let received = "";
    const finish = () => {
      socket.destroy();
      resolve(Number(/HTTP\/1\.1 ([2-5]\d\d)/.exec(received)?.[1] ?? 0));
    };
    socket.setEncoding("latin1");
    socket.on("data", (text) => {
      received += text;
      const final = /HTTP\/1\.1 [2-5]\d\d[\s\S]*?\r\n\r\n([\s\S]*)$/.exec(received);
      if (final !== null) finish();
    });
    socket.on("end", finish);
    socket.on("error", () => finish());
    const ends = [...splits].map((at) => at % octets.length).sort((a, b) => a - b);
    let start = 0;
    const send = () => {
      const end = ends.shift() ?? octets.length;
      if (socket.destroyed) return;
      socket.write(octets.subarray(start, end), () => {
        start = end;
        if (start < octets.length) setImmediate(send);
      });
    };
    socket.on("connect", send);
    socket.setTimeout(60_000, () => reject(new Error(`no answer to ${octets.toString("latin1")}`)));
  });
}

/** Sends a request by HTTP/2, in pieces; 0 where the client itself refuses to. */
function http2(server: ReadingServer, made: Case, sent: Sent, id: string): Promise<number> {
  const host = `127.0.0.1:${server.port}`;
  const scheme = server.isEncrypted ? "https" : "http";
  let session = sessions.get(server.port);
  if (session === undefined || session.destroyed || session.closed) {
    session = connectHttp2(`${scheme}://${host}`, { rejectUnauthorized: false });
    session.on("error", () => {});
    sessions.set(server.port, session);
  }
  const { authority } = made;
  const fields: Record<string, string | string[]> = {
    ":method": made.method,
    ":path": sent.target,
    "x-case": id,
    ...(authority === "usual" ? {} : { host: authority === "different" ? "example.com" : host }),
    ...(authority === "host" ? {} : { ":authority": host }),
  };
  for (const [name, value] of sent.fields) fields[name.toLowerCase()] = value;
  const [type, ...others] = made.contentTypes;
  if (type !== undefined)
    fields["content-type"] = others.length > 0 ? [...made.contentTypes] : type;
  if (made.contentEncoding !== undefined) fields["content-encoding"] = made.contentEncoding;
  if (made.framing === "length") fields["content-length"] = String(sent.octets.length);
  return new Promise((resolve, reject) => {
    let stream: ReturnType<ClientHttp2Session["request"]>;
    try {
      stream = session.request(fields, { endStream: false });
    } catch {
      return resolve(0);
    }
    let status = 0;
    stream.on("response", (answer) => {
      status = Number(answer[":status"]);
    });
    stream.on("close", () => resolve(status));
    stream.on("error", () => resolve(status));
    stream.setTimeout(60_000, () => reject(new Error("no answer")));
    stream.resume();
    const middle = (made.splits[0] ?? 0) % (sent.octets.length + 1);
    if (middle > 0) stream.write(sent.octets.subarray(0, middle));
    setImmediate(() => stream.end(sent.octets.subarray(middle)));
  });
}

/** Every field that was read was signed, and every octet was hashed. */
function expectSigned({ fields, octets }: Reading, made: Case, sent: Sent): void {
  for (const [name, value] of fields) {
    if (name.startsWith("oauth_")) continue;
    expect(sent.signed, `the handler read ${name}=${value}`).toContainEqual([name, value]);
  }
  // Some frameworks give no body to the handler of a GET.
  if (made.path === "hashed" && sent.hashed !== undefined && octets?.length) {
    expect(Buffer.from(octets).toString()).toBe(sent.hashed.toString());
  }
}

const seed = Number(process.env["OAUTH1_SEED"] ?? Math.floor(Math.random() * 2 ** 31));

describe(`what a handler reads is what was signed (seed ${seed})`, () => {
  it(`${CASES} messages over sockets`, { timeout: 600_000 }, async () => {
    const ran = { handlers: 0, right: 0 };
    await fc.assert(
      fc.asyncProperty(arbitraryCase, fc.nat(), async (made, at) => {
        const server = servers[at % servers.length];
        if (server === undefined) throw new Error("no server");
        const sent = prepare(server, made);
        const id = String(count++);
        const status = server.isHttp2
          ? await http2(server, made, sent, id)
          : await exchange(server.port, http1(server, made, sent, id), made.splits);
        const reading = readings.get(id);
        if (sent.isRight) {
          expect(status, `${server.name} must accept what is right`).toBe(200);
          ran.right++;
        }
        if (reading === undefined) return;
        ran.handlers++;
        expectSigned(reading, made, sent);
      }),
      { numRuns: CASES, seed },
    );
    console.log(
      `seed ${seed}: ${CASES} messages to ${servers.length} servers, ${ran.handlers} reached a handler, ${ran.right} had to`,
    );
    expect(ran.right).toBeGreaterThan(CASES / 50);
    expect(ran.handlers).toBeGreaterThan(ran.right);
  });

  it("2,000 web requests", { timeout: 300_000 }, async () => {
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
          return; // no platform makes such a request
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

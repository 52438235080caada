// 100,000 requests whose request-target and headers are random octets, or those of a signed request
// with changes, over a persistent connection. The verifier never crashes, never responds 5xx, and
// accepts only what a client signed. This file has its own reader for what was signed.
import { connect, type Socket } from "node:net";
import { createSigner } from "@oauth1/signer";
import { memoryNonceStore } from "@oauth1/verifier/nonces/memory";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { client, serve, type TestServer, testVerifier, token } from "./verifying-server.js";

const REQUESTS = process.env["OAUTH1_DEEP"] === "1" ? 100_000 : 20_000;

let server: TestServer;
let connection: Connection;
beforeAll(async () => {
  server = await serve(testVerifier({ nonces: memoryNonceStore({ since: 0 }) }));
  connection = new Connection();
});
afterAll(async () => {
  connection.close();
  await server.close();
});

/**
 * Text whose characters are octets. Line breaks, which would begin another header, are in the last
 * test.
 */
const octets = fc.uint8Array({ maxLength: 24 }).map((array) =>
  Buffer.from(array)
    .toString("latin1")
    .replace(/[\r\n]/g, "\x0b"),
);

const pieces = (...known: string[]) =>
  fc
    .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...known) }, octets), { maxLength: 12 })
    .map((parts) => parts.join(""));

const parameterNames = [
  "oauth_consumer_key",
  "oauth_token",
  "oauth_signature_method",
  "oauth_signature",
  "oauth_timestamp",
  "oauth_nonce",
  "oauth_version",
  "oauth_body_hash",
];

const target = fc
  .tuple(
    fc.oneof(
      { weight: 20, arbitrary: fc.constant("/") },
      fc.constantFrom("http://", "HTTP://127.0.0.1", "*", ""),
    ),
    pieces(
      "/",
      "?",
      "&",
      "=",
      "%",
      "%25",
      "%ff",
      "%00",
      "+",
      ";",
      "#",
      "//",
      "@",
      ":",
      "\\",
      "..",
      ...parameterNames,
    ),
  )
  .map((parts) => parts.join(""));

const authorization = fc
  .tuple(
    fc.constantFrom("OAuth ", "OAuth ", "OAuth", "oAuTh\t", "Basic ", ""),
    pieces(
      ...[
        '="',
        '"',
        ",",
        ", ",
        "=",
        "%",
        "%ff",
        "%0d%0a",
        " ",
        "\t",
        "\\",
        'realm="a"',
        client.identifier,
      ],
      ...["HMAC-SHA1", "PLAINTEXT", "1.0", String(Math.floor(Date.now() / 1000))],
      ...parameterNames.map((name) => `${name}="`),
    ),
  )
  .map((parts) => parts.join(""));

const edit = fc.record({
  where: fc.constantFrom("target", "authorization", "authorization"),
  at: fc.nat(1000),
  removed: fc.nat(2),
  inserted: fc.oneof(
    fc.constantFrom("", "%", "&", "=", ",", " ", '"', "+", "%20", "?", "/", "a", "A", "0"),
    octets.map((text) => text.slice(0, 2)),
  ),
});

const input = fc.oneof(
  fc.record({
    target,
    authorization,
    field: pieces("X-Forwarded-Host: ", "Forwarded: host=", "a"),
  }),
  fc.record({
    edits: fc.nat(3).chain((length) => fc.array(edit, { minLength: length, maxLength: length })),
    path: fc.constantFrom<string>(
      "/photos?file=vacation.jpg&size=original",
      "/%7e;v=1?a=b+c&a=%ff",
      "/",
    ),
  }),
);
type Input = typeof input extends fc.Arbitrary<infer Value> ? Value : never;

const signer = createSigner({ client, token });

/** A request in octets, and the part of it that was signed, if any. */
interface Sendable {
  readonly text: string;
  readonly signed: string | undefined;
  readonly sent: string;
}

function sendable(value: Input): Sendable {
  if (!("edits" in value)) {
    const { target, authorization, field } = value;
    return request(
      target,
      authorization,
      undefined,
      `${field.replaceAll(" ", "") ? `X: ${field}` : "X:"}\r\n`,
    );
  }
  const url = `${server.origin}${value.path}`;
  const original = {
    target: value.path,
    authorization: signer.sign({ method: "GET", url }).headers["Authorization"] ?? "",
  };
  const edited = { ...original };
  for (const { where, at, removed, inserted } of value.edits) {
    const text = edited[where as "target" | "authorization"];
    const index = at % (text.length + 1);
    edited[where as "target" | "authorization"] =
      text.slice(0, index) + inserted + text.slice(index + removed);
  }
  return request(
    edited.target,
    edited.authorization,
    canonical(original.target, original.authorization),
  );
}

function request(target: string, authorization: string, signed?: string, field = ""): Sendable {
  const text = `GET ${target} HTTP/1.1\r\nHost: ${server.host}\r\nAuthorization: ${authorization}\r\n${field}\r\n`;
  return { text, signed, sent: canonical(target, authorization) };
}

/**
 * Returns path and parameters, read octet by octet. Equal for two requests with the same signature.
 */
function canonical(target: string, authorization: string): string {
  // Node's HTTP parser drops spaces around the request-target.
  const path = target
    .replace(/^ +| +$/g, "")
    .replace(new RegExp(`^http://${server.host}(?=[/?]|$)`, "i"), "");
  const question = path.indexOf("?");
  const query = question < 0 ? "" : path.slice(question + 1);
  const pairs = query
    .split("&")
    .filter((piece) => piece !== "")
    .map((piece) => {
      const [name = "", ...value] = piece.replaceAll("+", " ").split("=");
      return `${octetsOf(name)}\0${octetsOf(value.join("="))}`;
    });
  for (const element of authorization.replace(/^\s*oauth(?=\s)/i, "").split(",")) {
    const [, name, value] = /^\s*([^=\s]+)\s*=\s*"([^"]*)"\s*$/.exec(element) ?? [];
    if (name === undefined || value === undefined) {
      if (element.trim() !== "") pairs.push(`unreadable ${element}`);
    } else if (name.toLowerCase() !== "realm") {
      pairs.push(`${octetsOf(name)}\0${octetsOf(value)}`);
    }
  }
  return JSON.stringify([(question < 0 ? path : path.slice(0, question)) || "/", pairs.sort()]);
}

/** Percent-decoding, octet by octet (RFC 3986 §2.1). */
function octetsOf(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, digits) => String.fromCharCode(Number(`0x${digits}`)));
}

/** A connection that stays open as long as the server keeps it. */
class Connection {
  #socket: Socket | undefined;
  #received = "";
  #settle: (status: number | undefined) => void = () => {};

  /**
   * Sends a request. Returns its status, or `undefined` if the server closes the connection without
   * one.
   */
  send(text: string): Promise<number | undefined> {
    return new Promise((resolve) => {
      this.#received = "";
      this.#settle = resolve;
      this.#socket ??= this.#connect();
      this.#socket.write(text, "latin1");
    });
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }

  #connect(): Socket {
    const socket = connect({ port: server.port, host: "127.0.0.1", noDelay: true });
    const hangUp = () => {
      if (this.#socket !== socket) return;
      this.#socket = undefined;
      this.#settle(undefined);
    };
    socket.setEncoding("latin1");
    socket.on("data", (text) => {
      this.#received += text;
      const [all, status] = /^HTTP\/1\.1 (\d{3}) .*?\r\n\r\n/s.exec(this.#received) ?? [];
      if (all === undefined) return;
      const length = /\r\nContent-Length: (\d+)\r\n/i.exec(all)?.[1] ?? 0;
      if (this.#received.length < all.length + Number(length)) return;
      if (/\r\nConnection: close\r\n/i.test(all)) {
        this.#socket = undefined;
        socket.destroy();
      }
      this.#settle(Number(status));
    });
    socket.on("error", hangUp);
    socket.on("close", hangUp);
    return socket;
  }
}

describe("random and changed requests", () => {
  it(`are never accepted unless a client signed them (${REQUESTS} requests)`, {
    timeout: 300_000,
  }, async () => {
    const statuses = new Map<number | undefined, number>();
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(input, async (value) => {
        const { text, sent, signed } = sendable(value);
        const status = await connection.send(text);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status === undefined || (status >= 400 && status < 500)) return;
        if (status !== 200) throw new Error(`${status}: ${JSON.stringify(text)}`);
        if (sent !== signed) throw new Error(`accepted: ${JSON.stringify(text)}`);
        accepted++;
      }),
      { numRuns: REQUESTS },
    );
    // A signed request is accepted if it is unchanged, or changed without a difference in meaning.
    // All others are rejected.
    expect(accepted).toBeGreaterThan(REQUESTS / 20);
    expect(statuses.get(401)).toBeGreaterThan(REQUESTS / 10);
    expect(statuses.get(400)).toBeGreaterThan(REQUESTS / 5);
    expect(server.handled.length).toBe(accepted);
  });

  it("are never accepted with line breaks", async () => {
    const withBreaks = fc.array(
      fc.oneof(fc.constantFrom("\r\n", "\n", "\r", "\0", ": ", "Host"), octets),
      {
        maxLength: 6,
      },
    );
    const before = server.handled.length;
    await fc.assert(
      fc.asyncProperty(withBreaks, withBreaks, async (first, second) => {
        const status = await connection.send(
          `GET /${first.join("")} HTTP/1.1\r\nHost: ${server.host}\r\nAuthorization: OAuth ${second.join("")}\r\n\r\n`,
        );
        connection.close();
        if (status !== undefined && (status < 400 || status >= 500)) throw new Error(`${status}`);
      }),
      { numRuns: 1000 },
    );
    expect(server.handled.length).toBe(before);
  });
});

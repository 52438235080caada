// A request that a client signs, and that is sent unchanged or as an attacker without the client's
// secrets changes it.
import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { createSigner, type Transmission } from "@oauth1/signer";
import type { ReadingServer } from "./reading-servers.js";
import { client, token } from "./verifying-server.js";

export const FORM = "application/x-www-form-urlencoded";

export type Pair = readonly [name: string, value: string];

/** One signed request, and how it is sent. */
export interface Case {
  readonly path: "open" | "hashed";
  readonly method: string;
  readonly query: readonly Pair[];
  readonly body: Body;
  readonly transmission: Transmission;
  /** `moved`: the form's parameters move to the query, and another body replaces it. */
  readonly change: "none" | "moved" | "swapped";
  readonly contentTypes: readonly string[];
  readonly contentEncoding: string | undefined;
  readonly framing: Framing;
  readonly authority: "usual" | "host" | "both" | "different";
  readonly hasTrailers: boolean;
  /** The positions at which the octets are split. */
  readonly splits: readonly number[];
}

export type Body = { readonly form: readonly Pair[] } | { readonly text: string } | undefined;

export type Framing =
  | "length"
  | "chunked"
  | "both"
  | "zero and chunked"
  | "none"
  | "two lengths"
  | "gzip, chunked"
  | "expect";

export interface Sent {
  readonly target: string;
  readonly fields: readonly Pair[];
  readonly octets: Buffer;
  /** Everything that the client signed except protocol parameters. */
  readonly signed: readonly Pair[];
  /** The body whose hash the client signed. */
  readonly hashed: Buffer | undefined;
  /** `true` if a correct server must accept it. */
  readonly isRight: boolean;
}

const EVIL = "amount=1000000&evil=1&%C3%A9=evil";

/** Signs a request and changes it. */
export function prepare(server: ReadingServer, made: Case): Sent {
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
      // Frameworks do not pass handlers a body with these methods, or require one with others.
      (isForm || text !== undefined) &&
      made.method !== "GET",
  };
}

const sessions = new Map<number, ClientHttp2Session>();

/** Closes the connections to the servers. */
export function closeSessions(): void {
  for (const session of sessions.values()) session.destroy();
}

let count = 0;

/**
 * Sends a request to a server. Returns status 0 if there was no response, or the client rejected
 * the request.
 */
export async function send(
  server: ReadingServer,
  made: Case,
): Promise<{ readonly sent: Sent; readonly id: string; readonly status: number }> {
  const sent = prepare(server, made);
  const id = String(count++);
  const status = server.isHttp2
    ? await http2(server, made, sent, id)
    : await exchange(server.port, http1(server, made, sent, id), made.splits);
  return { sent, id, status };
}

/** Returns the request as octets of HTTP/1.1. */
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

/** Sends octets in pieces and waits for the final response. */
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

/** Sends a request by HTTP/2, in pieces. Returns 0 if the client itself rejects it. */
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

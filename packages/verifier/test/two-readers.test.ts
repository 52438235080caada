// Messages that two readers could read differently, sent to every framework over every transport.
// None reaches a handler.
import { createServer, type IncomingMessage } from "node:http";
import { connect as connectHttp2, createServer as createHttp2Server } from "node:http2";
import { type AddressInfo, connect, type Socket } from "node:net";
import type { Verification } from "@oauth1/verifier";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type ReadingServer, type Readings, startReadingServers } from "./reading-servers.js";
import { type Case, closeSessions, FORM, send } from "./sent-messages.js";
import { client, head, serve, signed, testVerifier, token } from "./verifying-server.js";

const verifiers = {
  open: testVerifier(),
  hashed: testVerifier({ requireBodyHash: true }),
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

/** A signed form, sent unchanged. */
const form: Case = {
  path: "open",
  method: "POST",
  query: [],
  body: { form: [["amount", "1"]] },
  transmission: "header",
  change: "none",
  contentTypes: [FORM],
  contentEncoding: undefined,
  framing: "chunked",
  authority: "usual",
  hasTrailers: false,
  splits: [],
};
/** The same, with its parameter moved to the query and replaced by `amount=1000000`. */
const moved: Case = { ...form, change: "moved" };

const http1 = ({ isHttp2 }: ReadingServer) => !isHttp2;
const lenient = ({ name }: ReadingServer) => name.includes("insecureHTTPParser");
const http2 = ({ isHttp2 }: ReadingServer) => isHttp2;
const all = () => true;

async function statuses(made: Case, which: (server: ReadingServer) => boolean): Promise<number[]> {
  const found = new Set<number>();
  for (const server of servers.filter(which)) {
    const { id, status } = await send(server, made);
    found.add(status);
    if (status !== 200) expect(readings.has(id), `${server.name}: handled`).toBe(false);
  }
  return [...found];
}

describe("a form", () => {
  it.each<[string, Case, (server: ReadingServer) => boolean]>([
    ["as signed", form, all],
    ["by HTTP/2 with host instead of :authority", { ...form, authority: "host" }, http2],
    ["by HTTP/2 with both host and :authority", { ...form, authority: "both" }, http2],
    ["with Content-Length", { ...form, framing: "length" }, all],
    ["with Expect: 100-continue", { ...form, framing: "expect" }, all],
    ["with trailers", { ...form, hasTrailers: true }, http1],
    ["without a parameter", { ...form, body: { form: [] } }, all],
    ["with a charset", { ...form, contentTypes: [`${FORM}; charset="UTF-8"`] }, all],
    [
      "of ASCII in ISO-8859-1",
      { ...form, contentTypes: [`${FORM}; charset=ISO-8859-1`] },
      ({ name }) => !name.startsWith("Express 4"), // whose body parser supports only UTF-8
    ],
    ["in another case", { ...form, contentTypes: [FORM.toUpperCase()] }, all],
  ])("is accepted: %s", async (_, made, which) => {
    expect(await statuses(made, which)).toEqual([200]);
  });

  it.each<[string, Case, (server: ReadingServer) => boolean]>([
    ["moved, by HTTP/2 with :authority", moved, http2],
    ["moved, by HTTP/2 with host instead of it", { ...moved, authority: "host" }, http2],
    ["moved, if a hash is required", { ...moved, path: "hashed", authority: "host" }, http2],
    ["moved, by HTTP/1.1", { ...moved, framing: "length" }, http1],
  ])("is rejected for its signature: %s", async (_, made, which) => {
    expect(await statuses(made, which)).toEqual([401]);
  });

  it.each<[string, Case, (server: ReadingServer) => boolean]>([
    ["for two hosts by HTTP/2", { ...form, authority: "different" }, http2],
    ["with Content-Length and chunked", { ...moved, framing: "both" }, lenient],
    ["with Content-Length: 0 and chunked", { ...moved, framing: "zero and chunked" }, lenient],
    ["with two lengths", { ...moved, framing: "two lengths" }, lenient],
    ["with two transfer codings", { ...moved, framing: "gzip, chunked" }, lenient],
    ["with Content-Encoding", { ...form, contentEncoding: "gzip" }, all],
    ["under a media type and an NBSP", { ...moved, contentTypes: [`${FORM}\xa0`] }, all],
    ["under an NBSP and a media type", { ...moved, contentTypes: [`\xa0${FORM}`] }, all],
    ["with an NBSP before ;", { ...moved, contentTypes: [`${FORM}\xa0;charset=utf-8`] }, all],
    ["under a next line", { ...moved, contentTypes: [`${FORM}\x85`] }, all],
    ["under a broken parameter", { ...moved, contentTypes: [`${FORM}; charset`] }, all],
    ["in two charsets", { ...form, contentTypes: [`${FORM};charset=utf-8;charset=a`] }, all],
    ["in UTF-16", { ...form, contentTypes: [`${FORM}; charset=utf-16le`] }, all],
    ["under two media types", { ...moved, contentTypes: [`text/plain, ${FORM}`] }, all],
    ["under two Content-Type", { ...moved, contentTypes: ["text/plain", FORM] }, http1],
  ])("is rejected as malformed: %s", async (_, made, which) => {
    expect(await statuses(made, which)).toEqual([400]);
  });

  it("is rejected as malformed with non-ASCII characters in a charset other than UTF-8", async () => {
    const made: Case = {
      ...form,
      body: { form: [["é", "1"]] },
      contentTypes: [`${FORM}; charset=iso-8859-1`],
    };
    expect(await statuses(made, all)).toEqual([400]);
  });

  it("is rejected as malformed if it begins with a byte order mark", async () => {
    const request = signed<string>({
      method: "POST",
      url: "https://api.example.com/",
      headers: { "Content-Type": FORM },
      body: "\ufeffamount=1",
    });
    expect(await problemOf(new Request(request.url, { ...request }))).toBe("request_rejected");
  });

  // Each of them has two octets of a byte order mark (ef bb bf).
  it.each(["\ufec0", "\uff3f", "\u3eff"])("is accepted if it begins with %j", async (character) => {
    const request = signed<string>({
      method: "POST",
      url: "https://api.example.com/",
      headers: { "Content-Type": FORM },
      body: `${character}=1`,
    });
    expect(await problemOf(new Request(request.url, { ...request }))).toBeUndefined();
  });

  it("is accepted without a body, and then leaves no timer", async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout");
    for (const body of [null, "a=1"]) {
      const request = { method: "POST", headers: { "Content-Type": FORM }, body: body ?? "" };
      const { url, headers } = signed({ ...request, url: "https://api.example.com/" });
      const before = timers().length;
      expect(await problemOf(new Request(url, { method: "POST", headers, body }))).toBeUndefined();
      expect(timers()).toHaveLength(before);
    }
  });

  it("is accepted if Content-Encoding is empty or names no coding", async () => {
    for (const coding of ["", "identity"]) {
      const { url, headers } = signed({
        method: "POST",
        url: "https://api.example.com/",
        headers: { "Content-Type": FORM },
        body: "a=1",
      });
      const request = { method: "POST", headers: { ...headers, "Content-Encoding": coding } };
      expect(await problemOf(new Request(url, { ...request, body: "a=1" }))).toBeUndefined();
    }
  });
});

async function problemOf(request: Request): Promise<string | undefined> {
  const verification: Verification = await verifiers.open.verify(request);
  return verification.verified ? undefined : verification.problem;
}

/** A form that arrives piece by piece, and is not signed. */
function streamedForm(body: ReadableStream, url = "https://api.example.com/"): Request {
  return new Request(url, {
    method: "POST",
    headers: { "Content-Type": FORM },
    body,
    duplex: "half",
  } as RequestInit);
}

describe("a web Request", () => {
  it("is rejected as malformed if its media types were combined, because formData() uses the last", async () => {
    const { url, headers } = signed({
      method: "POST",
      url: "https://api.example.com/?amount=1",
    });
    const request = new Request(url, {
      method: "POST",
      body: "amount=1000000",
      headers: [
        ...Object.entries(headers),
        ["Content-Type", "text/plain"],
        ["Content-Type", FORM],
      ] as [string, string][],
    });
    expect((await request.clone().formData()).get("amount")).toBe("1000000");
    expect(await problemOf(request)).toBe("request_rejected");
  });

  it("is copied a few times if it arrives in a million pieces, not once per piece", async () => {
    const pieces = 1_000_000;
    let left = pieces;
    const body = new ReadableStream({
      pull(controller) {
        if (left-- > 0) controller.enqueue(new Uint8Array([0x61]));
        else controller.close();
      },
    });
    const request = streamedForm(body);
    let copied = 0;
    const set = vi
      .spyOn(Object.getPrototypeOf(Uint8Array.prototype), "set")
      .mockImplementation(function (this: Uint8Array, from: unknown, at: unknown) {
        const source = from as Uint8Array;
        copied += source.length;
        for (let index = 0; index < source.length; index++) {
          this[Number(at ?? 0) + index] = source[index] ?? 0;
        }
      });
    try {
      expect(await problemOf(request)).toBe("parameter_absent");
    } finally {
      set.mockRestore();
    }
    expect(copied).toBeLessThan(4 * pieces);
    expect(copied).toBeGreaterThan(pieces / 2);
  });

  it.each([
    [6, 400], // malformed: not signed
    [7, 413],
  ])("of %d octets without Content-Length gets %d if 6 are allowed", async (length, status) => {
    const verifier = testVerifier({ limits: { body: 6 } });
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(3).fill(0x61));
        controller.enqueue(new Uint8Array(length - 3).fill(0x61));
        controller.close();
      },
    });
    const request = streamedForm(body, "https://api.example.com/?oauth_version=1.0");
    expect(await verifier.verify(request)).toMatchObject({ status });
  });

  it("is rejected with 408 if it arrives too slowly", async () => {
    const verifier = testVerifier({ limits: { bodyTimeout: 50 } });
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(1)),
    });
    const request = streamedForm(body);
    expect(await verifier.verify(request)).toMatchObject({ status: 408 });
  });
});

describe("a body that arrives too slowly", () => {
  it("is rejected with 408 over HTTP/1.1, and the connection ends", async () => {
    const server = await serve(testVerifier({ limits: { bodyTimeout: 50 } }));
    const answer = await server.raw(
      head("POST / HTTP/1.1", { Host: server.host, "Content-Type": FORM, "Content-Length": "9" }),
    );
    expect(answer.status).toBe(408);
    expect(answer.headers.get("Connection")).toBe("close");
    await server.close();
  });
});

it("a request of node:http keeps no listener of the verifier", async () => {
  const counts: number[][] = [];
  const verifier = testVerifier();
  const server = createServer(async (request, response) => {
    const count = () =>
      ["readable", "end", "error", "close"].map((event) => request.listenerCount(event));
    counts.push(count());
    await verifier.verify(request);
    counts.push(count());
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  for (const body of ["a=1", "a".repeat(1_000_000)]) {
    await fetch(`http://127.0.0.1:${port}/`, {
      method: "POST",
      headers: { "Content-Type": FORM },
      body,
    });
  }
  server.close();
  expect(counts[1]).toEqual(counts[0]);
  expect(counts[3]).toEqual(counts[2]);
});

describe("a client that disconnects", () => {
  it.each([0, 1, 2])(
    "ends the verification, which is counted, with HTTP/1.1 (%d turns later)",
    async (turns) => {
      const verifier = testVerifier();
      const settled = new Promise<Verification>((resolve, reject) => {
        const server = createServer(async (request) => {
          sockets.at(-1)?.destroy();
          await new Promise((done) => request.once("close", done));
          for (let turn = 0; turn < turns; turn++) await new Promise((done) => setImmediate(done));
          verifier.verify(request).then(resolve, reject);
          server.close();
        });
        const sockets: Socket[] = [];
        server.listen(0, "127.0.0.1", () => {
          const { port } = server.address() as AddressInfo;
          const socket = connect(port, "127.0.0.1").on("error", () => {});
          sockets.push(socket);
          socket.write(
            head("POST / HTTP/1.1", { Host: "a", "Content-Type": FORM, "Content-Length": "9" }),
          );
        });
      });
      expect(await settled).toMatchObject({ verified: false, problem: "request_rejected" });
      expect(verifier.counts.rejected).toEqual({ request_rejected: 1 });
    },
  );

  it.each<[when: string, end: (request: IncomingMessage, client: Socket) => unknown]>([
    ["by the server, at once", (request) => request.destroy()],
    ["by the client, later", (_, client) => setTimeout(() => client.destroy(), 50)],
  ])("ends the verification while it waits for the body: %s", async (_, end) => {
    const settled = new Promise<Verification>((resolve, reject) => {
      const server = createServer((request) => {
        testVerifier().verify(request).then(resolve, reject);
        end(request, client);
        server.close();
      });
      let client: Socket;
      server.listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo;
        client = connect(port, "127.0.0.1").on("error", () => {});
        client.write(
          head("POST / HTTP/1.1", { Host: "a", "Content-Type": FORM, "Content-Length": "9" }),
        );
      });
    });
    expect(await settled).toMatchObject({ verified: false, problem: "request_rejected" });
  });

  it.each(["before", "while"])(
    "ends the verification with HTTP/2 when it disconnects %s",
    async (when) => {
      const verifier = testVerifier();
      const server = createHttp2Server();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as AddressInfo;
      const session = connectHttp2(`http://127.0.0.1:${port}`).on("error", () => {});
      const settled = new Promise<Verification>((resolve, reject) => {
        server.on("request", async (request) => {
          const verify = () => verifier.verify(request as never).then(resolve, reject);
          if (when === "while") verify();
          session.destroy();
          if (when === "while") return;
          await new Promise((done) => request.once("close", done));
          verify();
        });
      });
      const stream = session.request({ ":method": "POST", "content-type": FORM });
      stream.on("error", () => {});
      stream.write("a=1");
      expect(await settled).toMatchObject({ verified: false });
      server.close();
    },
  );
});

describe("the form of a verified request", () => {
  it("is passed to the handler without protocol parameters", async () => {
    const request = signed<string>(
      {
        method: "POST",
        url: "https://api.example.com/?q=1",
        headers: { "Content-Type": FORM },
        body: "a=1&b=%E2%98%83+&a=2&c=%ff",
      },
      { transmission: "form-body" },
    );
    const verification = await verifiers.open.verify(request);
    expect(verification.verified && verification.form).toEqual([
      ["a", "1"],
      ["b", "☃ "],
      ["a", "2"],
      ["c", "\ufffd"],
    ]);
  });

  it("is undefined if the body is not a form, including multipart", async () => {
    const body = new FormData();
    body.append("amount", "1");
    const { url, headers } = signed(
      { method: "POST", url: "https://api.example.com/" },
      { client, token },
    );
    const request = new Request(url, { method: "POST", headers: { ...headers }, body });
    const verification = await verifiers.open.verify(request);
    expect(verification).toMatchObject({ verified: true, form: undefined });
  });
});

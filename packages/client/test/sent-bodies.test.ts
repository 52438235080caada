// Bodies as HTTP clients send them, verified by @oauth1/verifier over real HTTP: multipart
// forms of every kind, blobs, streams, and response bodies that never end.
import { createServer, type IncomingHttpHeaders } from "node:http";
import { createRequire } from "node:module";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { signedFetch } from "@oauth1/client";
import { axiosSigner } from "@oauth1/client/axios";
import { gotSigner } from "@oauth1/client/got";
import { kySigner } from "@oauth1/client/ky";
import { nodeSigner } from "@oauth1/client/node";
import { superagentSigner } from "@oauth1/client/superagent";
import { undiciSigner } from "@oauth1/client/undici";
import { createSigner } from "@oauth1/signer";
import type { VerifiedRequest } from "@oauth1/verifier";
import { nodeVerifier } from "@oauth1/verifier/node";
import axios from "axios";
import FormData4 from "form-data";
import got from "got";
import superagent from "superagent";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { client, testVerifier } from "./test-verifier.js";

const signer = createSigner({ client });
const FormData400: typeof FormData4 = createRequire(import.meta.url)("form-data-4.0.0");

interface Verified {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly form: VerifiedRequest["form"];
}
let handled: Verified[] = [];
const server = createServer(
  nodeVerifier(testVerifier({ problemReporting: "full" }), async (request, response, { form }) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    handled.push({ headers: request.headers, body: Buffer.concat(chunks), form });
    response.end("ok");
  }),
);
let origin = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});
beforeEach(() => {
  handled = [];
});

/** Returns the fields of a multipart body, as the platform reads it. */
async function multipart({ headers, body }: Verified): Promise<[string, string][]> {
  const type = headers["content-type"] ?? "";
  const read = await new Response(new Uint8Array(body), {
    headers: { "Content-Type": type },
  }).formData();
  return [...read].map(([name, value]) => [name, String(value)]);
}

describe.each(["http", "fetch"] as const)("axios with its %s adapter", (adapter) => {
  const api = axios.create({ adapter });
  api.interceptors.request.use(axiosSigner(signer));

  it.each([
    ["4.0.0", FormData400],
    ["latest", FormData4],
  ])("sends form-data %s as multipart", async (_, Form) => {
    if (adapter === "fetch") return; // fetch does not accept Node's streams
    const form = new Form();
    form.append("a", "1 +é");
    await api.post(`${origin}/p`, form);
    expect(await multipart(handled[0] as Verified)).toEqual([["a", "1 +é"]]);
    expect(handled[0]?.form).toBeUndefined();
  });

  it("sends FormData as multipart, with its boundary", async () => {
    const form = new FormData();
    form.append("a", "1 +é");
    form.append("b", new Blob(["c"]), "d.txt");
    await api.post(`${origin}/p`, form);
    expect((await multipart(handled[0] as Verified))[0]).toEqual(["a", "1 +é"]);
  });

  it("sends a Blob with its own type, or none", async () => {
    const typed = new Blob([new Uint8Array([0, 255])], { type: "image/png" });
    await api.post(`${origin}/p`, typed);
    await api.post(`${origin}/p`, new Blob(["a=1"]));
    const none = adapter === "http" ? "application/octet-stream" : undefined;
    expect(handled.map(({ headers }) => headers["content-type"])).toEqual(["image/png", none]);
    expect([...(handled[0]?.body ?? [])]).toEqual([0, 255]);
    expect(String(handled[1]?.body)).toBe("a=1");
  });

  it("signs URLSearchParams and an object as a form", async () => {
    await api.post(`${origin}/p`, new URLSearchParams({ a: "1 +é" }));
    await api.post(
      `${origin}/p`,
      { a: "1 +é" },
      { headers: { "Content-Type": "application/x-www-form-urlencoded" } },
    );
    expect(handled.map(({ form }) => form)).toEqual([[["a", "1 +é"]], [["a", "1 +é"]]]);
  });
});

describe("got", () => {
  const api = got.extend(gotSigner(signer));

  it("signs a stream with a form as its body option", async () => {
    for (const options of [
      { form: { a: "1" } },
      { body: "a=1", headers: { "content-type": "application/x-www-form-urlencoded" } },
    ]) {
      const stream = api.stream.post(`${origin}/p`, options);
      await stream.toArray();
    }
    expect(handled.map(({ form }) => form)).toEqual([[["a", "1"]], [["a", "1"]]]);
  });

  it("rejects a form that is written to a stream, before anything is sent, with a remedy", async () => {
    const stream = api.stream.post(`${origin}/p`, {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      retry: { limit: 0 },
    });
    const sent = pipeline(Readable.from(["a=1"]), stream, async (answer) => {
      for await (const _ of answer);
    });
    const error = await sent.catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      code: "ERR_BODY_STREAM",
      message: expect.stringContaining("pass it as body or form"),
    });
    expect(handled).toEqual([]);
  });

  it("sends another body that is written to a stream", async () => {
    const stream = api.stream.post(`${origin}/p`, { headers: { "content-type": "text/plain" } });
    await pipeline(Readable.from(["abc"]), stream, async (answer) => {
      for await (const _ of answer);
    });
    expect(String(handled[0]?.body)).toBe("abc");
  });
});

describe("superagent", () => {
  it("reads a URL without a scheme as http, as it does without the plugin", async () => {
    const url = `${origin.slice("http://".length)}/p?a=1`;
    expect((await superagent.get(url).use(superagentSigner(signer))).text).toBe("ok");
    expect(
      (await superagent.post(url).use(superagentSigner(signer)).type("form").send({ b: "2" })).text,
    ).toBe("ok");
    expect(handled).toHaveLength(2);
  });
});

describe("headers named like object members", () => {
  it.each(["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"])(
    "%s is sent and verified like any other",
    async (name) => {
      const { options } = nodeSigner(signer)(`${origin}/`, {
        headers: [name, "1"] as never,
      });
      const own = Object.entries(options.headers ?? {});
      expect(own.filter(([, value]) => typeof value !== "string")).toEqual([]);
      expect(own).toContainEqual([name, "1"]);
      const twice = nodeSigner(signer)(`${origin}/`, {
        headers: [name, "1", name, "2"] as never,
      });
      expect(Object.entries(twice.options.headers ?? {})).toContainEqual([name, ["1", "2"]]);
    },
  );
});

describe("response bodies that never end", () => {
  /** Sends these bytes on each connection, and leaves it open. */
  async function stalling(answers: string[]): Promise<{ origin: string; close(): void }> {
    const sockets = new Set<Socket>();
    const tcp = createTcpServer((socket) => {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.once("data", () => socket.write(answers.shift() ?? ""));
    });
    await new Promise<void>((resolve) => tcp.listen(0, "127.0.0.1", resolve));
    return {
      origin: `http://127.0.0.1:${(tcp.address() as AddressInfo).port}`,
      close: () => {
        tcp.close();
        for (const socket of sockets) socket.destroy();
      },
    };
  }
  const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

  it("do not delay a 401 under correctClock", async () => {
    for (const head of [
      "Content-Length: 100",
      "Transfer-Encoding: chunked",
      'Content-Length: 9\r\nWWW-Authenticate: OAuth realm="a"',
    ]) {
      const start = head.startsWith("Transfer") ? "3\r\nabc\r\n" : "abc";
      const tcp = await stalling([`HTTP/1.1 401 Unauthorized\r\n${head}\r\n\r\n${start}`]);
      const response = await signedFetch(signer, { correctClock: true })(tcp.origin);
      expect(response.status).toBe(401);
      const reader = response.body?.getReader();
      expect(new TextDecoder().decode((await reader?.read())?.value)).toBe("abc");
      tcp.close();
    }
  });

  it.each(["Content-Length: 10", "Content-Length: 100000", "Transfer-Encoding: chunked"])(
    "do not stop a redirect from being followed (%s)",
    async (head) => {
      const tcp = await stalling([`HTTP/1.1 302 Found\r\nLocation: /next\r\n${head}\r\n\r\n`, ok]);
      const response = await signedFetch(signer)(tcp.origin);
      expect(await response.text()).toBe("ok");
      tcp.close();
    },
  );

  it("do not delay a retry", async () => {
    const tcp = await stalling(["HTTP/1.1 503 Busy\r\nContent-Length: 10\r\n\r\n", ok]);
    const fetch = signedFetch(signer, { retry: ({ response }) => response?.status === 503 });
    expect(await (await fetch(tcp.origin)).text()).toBe("ok");
    tcp.close();
  });
});

describe("options", () => {
  const adapters: [name: string, make: (signer: never, options: never) => unknown][] = [
    ["signedFetch", (by, options) => signedFetch(by, options)],
    ["axiosSigner", (by, options) => axiosSigner(by, options)],
    ["gotSigner", (by, options) => gotSigner(by, options)],
    ["signedFetch", (by, options) => kySigner(by, options)],
    ["superagentSigner", (by, options) => superagentSigner(by, options)],
    [
      "undiciSigner",
      (by, options) =>
        undiciSigner(
          by,
          (typeof options === "object" && options !== null && !("then" in options)
            ? { origin: "https://a.example", ...(options as object) }
            : options) as never,
        ),
    ],
  ];
  it.each(adapters)("%s rejects anything but a signer, and unknown options", (name, make) => {
    for (const wrong of [undefined, null, {}, "signer", client]) {
      expect(() => make(wrong as never, {} as never)).toThrow(
        expect.objectContaining({
          code: "ERR_CLIENT_OPTION",
          message: `${name}: signer must be the result of createSigner()`,
        }),
      );
    }
    for (const [options, message] of [
      [{ bodyHash: "false" }, "bodyHash must be true or false"],
      [{ BodyHash: true }, "BodyHash is not an option"],
      [Promise.resolve({}), "options must not be a Promise"],
      [null, "options must be an object"],
      [7, "options must be an object"],
    ] as const) {
      expect(() => make(signer as never, options as never)).toThrow(message);
    }
  });

  it.each([
    [{ correctClock: 1 }, "correctClock must be true or false"],
    [{ retry: 3 }, "retry must be a function"],
    [{ fetch: "fetch" }, "fetch must be a function"],
    [{ maximumClockCorrection: 0 }, "maximumClockCorrection must be a positive number"],
    [{ maximumClockCorrection: "60" }, "maximumClockCorrection must be a positive number"],
    [{ readRequests: null }, "readRequests must be true or false"],
    [{ clock: () => 1 }, "clock is not an option"],
  ])("signedFetch rejects %j", (options, message) => {
    expect(() => signedFetch(signer, options as never)).toThrow(message);
  });

  it("undiciSigner requires an origin", () => {
    for (const origin of [undefined, 7, "api.example.com", "ftp://a.example", ""]) {
      expect(() => undiciSigner(signer, { origin: origin as never })).toThrow("origin");
    }
  });

  it("nodeSigner rejects an invalid URL and wrong options", () => {
    const call = (by: unknown, url: unknown, request?: unknown) =>
      nodeSigner(by as typeof signer)(url as string, request as object);
    expect(() => call(undefined, origin)).toThrow("signer must be");
    expect(() => call(signer, "/p")).toThrow("the URL must be absolute");
    expect(() => call(signer, origin, null)).toThrow("request must be an object");
    expect(() => call(signer, origin, { bodyHash: "x" })).toThrow("bodyHash must be true or false");
    expect(() => call(signer, origin, { host: "a" })).toThrow("host is taken from the URL");
  });
});

// Python's oauthlib verifies the requests that fetch sends, as a server receives them.
import { spawnSync } from "node:child_process";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createSigner, type Transmission } from "@oauth1/signer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { photos } from "./rfc-examples.js";

const PYTHON = "/usr/bin/python3";
const hasOauthlib = spawnSync(PYTHON, ["-c", "import oauthlib"]).status === 0;
if (!hasOauthlib) {
  const missing = `${PYTHON} has no oauthlib: signed requests are not verified by it`;
  if (process.env["CI"]) throw new Error(missing);
  console.error(`SKIPPED: ${missing}`);
}

interface Received {
  readonly method: string;
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

let server: Server;
let origin: string;
const received: Received[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url: target = "", headers } = request;
    received.push({ method, target, headers, body: Buffer.concat(chunks) });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

function isVerifiedByOauthlib({ method, target, headers, body }: Received): boolean {
  const input = JSON.stringify({
    method,
    url: `${origin}${target}`,
    headers: {
      ...(headers.authorization && { Authorization: headers.authorization }),
      ...(headers["content-type"] && { "Content-Type": headers["content-type"] }),
    },
    body: body.toString("latin1"),
  });
  const script = fileURLToPath(new URL("verify_with_oauthlib.py", import.meta.url));
  const { stdout, stderr, status } = spawnSync(PYTHON, [script], { input, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const requests = {
  "no body": { method: "GET", path: "/photos;v=1//%7e%2F?b5=%3D%253D&a3=a&c%40=&a2=r%20b+q" },
  "a form as text": { method: "POST", path: "/?a=1", headers: FORM, body: "c2=&a3=2+q&%7e=%2b" },
  "a form as octets": { method: "PUT", path: "/", headers: FORM, body: Buffer.from("c2=&a3=2+q") },
  "a form as pairs": { method: "POST", path: "/", body: [["a b", "☃+&=*'"]] as const },
  "a form as URLSearchParams": { method: "PATCH", path: "/", body: new URLSearchParams("a+b=*~!") },
  JSON: {
    method: "POST",
    path: "/?a=%E2%98%83",
    headers: { "Content-Type": "application/json" },
    body: '{"a":"☃"}',
  },
  octets: {
    method: "POST",
    path: "/",
    headers: { "Content-Type": "application/octet-stream" },
    body: Buffer.from([0, 0x80, 0xff, 0x26, 0x3d]),
  },
};
const client = photos.client;

describe("fetch(signed.url, signed) sends what was signed", () => {
  for (const [name, request] of Object.entries(requests)) {
    const isForm = name.startsWith("a form");
    const transmissions: Transmission[] = ["header", "query"];
    if (isForm || name === "no body") transmissions.push("form-body");

    for (const transmission of transmissions) {
      it(`with ${name}, by ${transmission}`, async ({ skip }) => {
        const { path, ...rest } = request;
        const method =
          transmission === "form-body" && request.method === "GET" ? "POST" : request.method;
        const signer = createSigner({ client, realm: "Photos", transmission });
        const signed = signer.sign<unknown>({ ...rest, method, url: `${origin}${path}` });

        received.length = 0;
        const { status } = await fetch(signed.url, {
          method: signed.method,
          headers: signed.headers,
          body: signed.body as BodyInit | null,
        });
        expect(status).toBe(200);
        const [arrived] = received;
        if (arrived === undefined) throw new Error("nothing arrived");
        expect(arrived.method).toBe(method);
        expect(`${origin}${arrived.target}`).toBe(signed.url);
        expect(arrived.headers.authorization).toBe(signed.headers["Authorization"]);
        expect(arrived.headers["content-type"]).toBe(signed.headers["Content-Type"]);
        expect(arrived.body).toEqual(Buffer.from((signed.body ?? "") as string));

        if (!hasOauthlib) skip();
        expect(isVerifiedByOauthlib(arrived)).toBe(true);
        const changed = {
          ...arrived,
          target: `${arrived.target}${path.includes("?") ? "&" : "?"}x=1`,
        };
        expect(isVerifiedByOauthlib(changed)).toBe(false);
      });
    }
  }

  it("takes a signed request as its init argument", async () => {
    const url = `${origin}/?a=1`;
    const signed = createSigner({ client }).sign({ method: "GET", url });
    expect((await fetch(signed.url, signed)).status).toBe(200);
    expect(received.at(-1)?.headers.authorization).toBe(signed.headers["Authorization"]);
  });
});

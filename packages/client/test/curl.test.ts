// Signed requests as curl commands: a shell runs each of them, curl sends it, and the verifier
// checks what arrived.
import { execFile, spawnSync } from "node:child_process";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { curlCommand, type TextRequest } from "@oauth1/client/curl";
import { ltiLaunch, ltiLaunchPage } from "@oauth1/client/lti";
import { signedUrl } from "@oauth1/client/signed-url";
import { createSigner, type Transmission } from "@oauth1/signer";
import { nodeVerifier } from "@oauth1/verifier/node";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { client, testVerifier } from "./test-verifier.js";

const run = promisify(execFile);

const hasCurl = spawnSync("curl", ["--version"]).status === 0;
if (!hasCurl) {
  const missing = "curl is not installed: the tests of its commands are skipped";
  if (process.env["CI"]) throw new Error(missing);
  console.error(`SKIPPED: ${missing}`);
}

let received: { target: string; headers: IncomingHttpHeaders; body: string }[] = [];
const server = createServer(
  nodeVerifier(testVerifier(), async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { url: target = "", headers } = request;
    received.push({ target, headers, body: Buffer.concat(chunks).toString() });
    response.end();
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

/** Returns the status of the response to a curl command. */
async function statusOf(command: string): Promise<string> {
  const quiet = `${command} -sS -o /dev/null -w '%{http_code}'`;
  return (await run("sh", ["-c", quiet], { env: { PATH: process.env["PATH"], HOME: "/" } })).stdout;
}

describe.skipIf(!hasCurl)("a command", () => {
  const text = fc.string({
    unit: fc.constantFrom(..."ab1 '\"\\$`!&|;<>@=%+é☃\n\r\t{}[]~#*?", "😀"),
    maxLength: 12,
  });
  const FORM = "application/x-www-form-urlencoded";

  it("sends what was signed, for any method, URL, headers and body", {
    timeout: 300_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH"),
          path: fc.array(fc.constantFrom("a", ".", "..", "%2e", "[1]", "{b}", "%20", "~", "'"), {
            maxLength: 4,
          }),
          query: fc.array(fc.tuple(text, text), { maxLength: 2 }),
          field: fc.constantFrom("", "x", "a 'b' \"c\" $d `e`", "@file", "e"),
          body: fc.option(
            fc.oneof(
              text.map((body) => ({ type: undefined, body })),
              text.map((body) => ({ type: "text/plain; charset=utf-8", body })),
              text.map((body) => ({ type: "application/json", body: JSON.stringify({ body }) })),
              fc
                .array(fc.tuple(text, text), { maxLength: 3 })
                .map((pairs) => ({ type: FORM, body: String(new URLSearchParams(pairs)) })),
              fc.constant({ type: undefined, body: "" }),
              fc.constant({ type: undefined, body: "@/etc/hostname" }),
              fc.constant({ type: FORM, body: "@/etc/hostname=1" }),
            ),
          ),
          transmission: fc.constantFrom<Transmission>("header", "query"),
        }),
        async ({ method, path, query, field, body, transmission }) => {
          const search = String(new URLSearchParams(query));
          const signer = createSigner({ client, transmission });
          const signed = signer.sign<string | undefined>({
            method,
            url: `${origin}/${path.join("/")}${search === "" ? "" : `?${search}`}`,
            headers: {
              "X-Field": field,
              ...(body?.type !== undefined && { "Content-Type": body.type }),
            },
            ...(body !== null && { body: body.body }),
          } as never);
          received = [];
          expect(await statusOf(curlCommand(signed as TextRequest))).toBe("200");
          expect(received).toMatchObject([
            {
              target: signed.url.slice(origin.length),
              body: signed.body ?? "",
              headers: { "x-field": field },
            },
          ]);
          expect(received[0]?.headers["content-type"]).toBe(body?.type);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("sends a HEAD request without waiting for a body", async () => {
    const signed = createSigner({ client }).sign({ method: "HEAD", url: `${origin}/` });
    expect(await statusOf(curlCommand(signed as TextRequest))).toBe("200");
  });
});

describe("curlCommand() rejects", () => {
  const signed = { method: "POST", url: "https://a.example/", headers: {}, body: null };
  it.each<[string, string, unknown]>([
    ["a user name", "ERR_URL", { ...signed, url: "https://user@a.example/" }],
    ["a password", "ERR_URL", { ...signed, url: "https://user:secret@a.example/" }],
    ["a user name, with one slash", "ERR_URL", { ...signed, url: "http:/u:secret@a.example/" }],
    ["a user name, without a scheme", "ERR_URL", { ...signed, url: "u:secret@a.example/" }],
    ["an option of curl instead of a URL", "ERR_URL", { ...signed, url: "-K/tmp/x" }],
    ["a file URL", "ERR_URL", { ...signed, url: "file:///etc/hostname" }],
    [
      "a line break in a header",
      "ERR_CLIENT_OPTION",
      { ...signed, headers: { a: "1\r\nX-Evil: 1" } },
    ],
    [
      "a file instead of a header",
      "ERR_CLIENT_OPTION",
      { ...signed, headers: { "@/etc/hostname": "" } },
    ],
    ["a number in a header", "ERR_CLIENT_OPTION", { ...signed, headers: { a: 1 } }],
    ["a NUL", "ERR_ENCODING", { ...signed, body: "a\0b" }],
    ["a lone surrogate", "ERR_ENCODING", { ...signed, body: "\ud800" }],
    ["a NUL in a header", "ERR_ENCODING", { ...signed, headers: { a: "\0" } }],
    ["octets", "ERR_CLIENT_OPTION", { ...signed, body: new Uint8Array(1) }],
    ["no request", "ERR_CLIENT_OPTION", undefined],
    ["null", "ERR_CLIENT_OPTION", null],
    ["no URL", "ERR_CLIENT_OPTION", { ...signed, url: 7 }],
    ["no headers", "ERR_CLIENT_OPTION", { ...signed, headers: undefined }],
  ])("a request with %s", (_, code, given) => {
    const call = () => curlCommand(given as TextRequest);
    expect(call).toThrow(expect.objectContaining({ name: "ClientError", code }));
    try {
      call();
    } catch (error) {
      expect(String(error)).not.toContain("secret");
    }
  });
});

describe("signedUrl and ltiLaunch", () => {
  it.each([
    "https://user@a.example/",
    "https://user:secret@a.example/",
    "https://:secret@a.example",
  ])("reject %s before anything is signed", (url) => {
    const nonce = () => expect.unreachable();
    expect(() => signedUrl(url, { client, nonce })).toThrow(
      expect.objectContaining({ code: "ERR_URL" }),
    );
    const parameters: [string, string][] = [["resource_link_id", "a"]];
    expect(() => ltiLaunch(url, { client, parameters, nonce })).toThrow(
      expect.objectContaining({ code: "ERR_LTI_URL" }),
    );
  });

  it.each<[string, unknown]>([
    ["options", undefined],
    ["client", {}],
    ["token", { client, token: "t" }],
    ["transmission", { client, transmission: "header" }],
    ["bodyHash", { client, bodyHash: true }],
    ["method", { client, method: 7 }],
    ["signatureMethod", { client, signatureMethod: "HMAC-SHA1" }],
    ["callback", { client, callback: "oob" }],
    ["protocolParameters", { client, protocolParameters: "oob" }],
  ])("signedUrl rejects a wrong %s", (name, options) => {
    const expected = name === "options" ? "client" : name;
    expect(() => signedUrl("https://a.example/", options as never)).toThrow(expected);
  });

  it.each<[string, unknown]>([
    ["options", undefined],
    ["parameters", { client, parameters: 7 }],
    ["parameters", { client, parameters: [["a"]] }],
    ["parameters", { client, parameters: [["a", 1]] }],
    ["parameters", { client, parameters: "ab" }],
    ["transmission", { client, parameters: [], transmission: "query" }],
    ["Parameters", { client, Parameters: [] }],
    ["clock", { client, parameters: [["resource_link_id", "a"]], clock: 1 }],
  ])("ltiLaunch rejects a wrong %s", (name, options) => {
    expect(() => ltiLaunch("https://a.example/", options as never)).toThrow(name);
  });

  it("ltiLaunchPage rejects a wrong option", () => {
    const launch = { action: "https://a.example/", fields: [] };
    expect(() => ltiLaunchPage(launch, { scriptNonce: 7 } as never)).toThrow("scriptNonce");
    expect(() => ltiLaunchPage(launch, { nonce: "a" } as never)).toThrow("nonce");
  });
});

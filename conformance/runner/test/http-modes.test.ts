// `serve` before real clients, and `probe` before real servers: right ones, and broken ones.
import { execFile, spawn } from "node:child_process";
import { createServer, type RequestListener, type Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  type CheckedRequest,
  type ChecksServer,
  runProbes,
  serveChecks,
  type TestCredentials,
} from "@oauth1/conformance";
import { createSigner } from "@oauth1/signer";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const PYTHON = "/usr/bin/python3";
const credentials: TestCredentials = {
  client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
  token: { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" },
};

describe("serve", () => {
  let server: ChecksServer;
  const checked: CheckedRequest[] = [];
  beforeAll(async () => {
    server = await serveChecks({ credentials, onChecked: (found) => checked.push(found) });
  });
  afterAll(() => server.close());

  it("accepts what oauthlib signs once, in each transmission", async () => {
    const script = `
import json, sys
from oauthlib.oauth1 import Client
url, place = sys.argv[1:]
client = Client("dpf43f3p2l4k3l03", "kd94hf93k423kf44", "nnch734d00sl2jdk", "pfkkdhi9sl3r4s00", signature_type=place)
print(json.dumps(client.sign(url, "POST", "a=1&a=2&c=%40+d", {"Content-Type": "application/x-www-form-urlencoded"})))
`;
    for (const place of ["AUTH_HEADER", "BODY", "QUERY"]) {
      const asked = `${server.origin}/photos?size=original&b=%20x&b=`;
      const { stdout } = await run(PYTHON, ["-c", script, asked, place]);
      const [url, headers, body] = JSON.parse(stdout);
      const send = () => fetch(url, { method: "POST", headers, body });
      const first = await send();
      expect([place, first.status, await first.text()]).toEqual([
        place,
        200,
        expect.stringContaining("Right"),
      ]);
      const again = await send();
      expect(again.status).toBe(401);
      expect(again.headers.get("www-authenticate")).toContain("OAuth");
      expect(await again.text()).toContain("nonce (RFC 5849 §3.3): used before");
    }
  });

  it("names the mistake of a library that keeps the plus of a query", async () => {
    const OAuth = createRequire(
      new URL("../../implementations/oauth-1.0a/package.json", import.meta.url),
    )("oauth-1.0a");
    const { createHmac } = await import("node:crypto");
    const { client, token } = credentials;
    const oauth = new OAuth({
      consumer: { key: client.identifier, secret: client.sharedSecret },
      signature_method: "HMAC-SHA1",
      hash_function: (base: string, key: string) =>
        createHmac("sha1", key).update(base).digest("base64"),
    });
    const url = `${server.origin}/photos?q=a+b`;
    const authorization = oauth.toHeader(
      oauth.authorize(
        { url, method: "GET" },
        { key: token.identifier, secret: token.sharedSecret },
      ),
    );
    const response = await fetch(url, {
      headers: { ...authorization, Accept: "application/json" },
    });
    expect(response.status).toBe(401);
    const found = (await response.json()) as CheckedRequest;
    const broken = found.findings.filter(({ holds }) => !holds);
    expect(broken.map(({ rule }) => rule)).toEqual(["signature"]);
    expect(broken[0]?.text).toContain("PlusKept");
    expect(found.baseStrings?.received).toContain("q%3Da%252Bb");
  });

  const broken: [what: string, change: (header: string) => string, status: number, text: string][] =
    [
      ["no signature", () => "OAuth", 401, "no protocol parameters"],
      ["milliseconds", (it) => it.replace(/(timestamp="\d+)/, "$1000"), 401, "in milliseconds"],
      [
        "a raw plus",
        (it) => it.replace(/signature="[^"]*/, 'signature="a+b='),
        400,
        "not encoded as %2B",
      ],
      ["another version", (it) => it.replace('version="1.0"', 'version="2.0"'), 400, '"2.0"'],
      ["twice", (it) => `${it}, oauth_version="1.0"`, 400, "more than once"],
      ["another client", (it) => it.replace("dpf43", "xxf43"), 401, "not the client"],
    ];
  for (const [what, change, status, text] of broken) {
    it(`reports ${what}`, async () => {
      const signed = createSigner(credentials).sign({ method: "GET", url: `${server.origin}/a` });
      const headers = { Authorization: change(signed.headers["Authorization"] ?? "") };
      const response = await fetch(signed.url, { headers });
      expect([response.status, await response.text()]).toEqual([
        status,
        expect.stringContaining(text),
      ]);
    });
  }

  it("shows the last requests on a page without script", async () => {
    const response = await fetch(`${server.origin}/`);
    const page = await response.text();
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page).toContain("PlusKept");
    expect(page).not.toContain("<script");
    expect(page.match(/<article>/g)).toHaveLength(Math.min(checked.length, 50));
  });
});

/** Verifies by Python's oauthlib, over HTTP; remembers nonces as its documentation shows. */
const OAUTHLIB_SERVER = `
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from oauthlib.oauth1 import RequestValidator, ResourceEndpoint

class Validator(RequestValidator):
    enforce_ssl = False
    dummy_client = "dummy"
    dummy_access_token = "dummy"
    def __init__(self): super().__init__(); self.used = set()
    def check_client_key(self, client_key): return True
    def check_access_token(self, token): return True
    def check_nonce(self, nonce): return len(nonce) > 0
    def validate_timestamp_and_nonce(self, client_key, timestamp, nonce, request, request_token=None, access_token=None):
        key = (client_key, timestamp, nonce, access_token); fresh = key not in self.used; self.used.add(key); return fresh
    def validate_client_key(self, client_key, request): return client_key == "dpf43f3p2l4k3l03"
    def validate_access_token(self, client_key, token, request): return token == "nnch734d00sl2jdk"
    def validate_realms(self, *a, **k): return True
    def get_client_secret(self, client_key, request): return "kd94hf93k423kf44"
    def get_access_token_secret(self, client_key, token, request): return "pfkkdhi9sl3r4s00"

endpoint = ResourceEndpoint(Validator())

class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def handle_any(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        url = "http://" + self.headers["Host"] + self.path
        try: valid, _ = endpoint.validate_protected_resource_request(url, self.command, body, dict(self.headers), [])
        except Exception: valid = False
        self.send_response(200 if valid else 401)
        if not valid: self.send_header("WWW-Authenticate", "OAuth")
        self.send_header("Content-Length", "0"); self.end_headers()
    do_GET = do_POST = do_PUT = do_DELETE = handle_any
    def log_message(self, *a): pass

server = HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
`;

describe("probe", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  async function listen(listener: RequestListener): Promise<string> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/photos?size=original`;
  }
  const failed = async (url: string, method: string) =>
    (await runProbes({ url, method, ...credentials })).results
      .filter(({ outcome }) => outcome === "failed")
      .map(({ id, status }) => `${id} ${status}`);

  it("passes our verifier", async () => {
    const { createVerifier } = await import("@oauth1/verifier");
    const { nodeVerifier } = await import("@oauth1/verifier/node");
    const { memoryNonceStore } = await import("@oauth1/verifier/nonces/memory");
    const { hmacSha1 } = await import("@oauth1/signature-methods/hmac-sha1");
    const { client, token } = credentials;
    const verifier = createVerifier({
      credentials: {
        find: (identifier, named) => ({
          client:
            identifier === client.identifier
              ? { identifier, sharedSecrets: [client.sharedSecret] }
              : undefined,
          token:
            named === token.identifier
              ? { identifier: named, sharedSecrets: [token.sharedSecret] }
              : undefined,
        }),
      },
      nonces: memoryNonceStore(),
      signatureMethods: [hmacSha1],
    });
    const url = await listen(nodeVerifier(verifier, (_request, response) => response.end()));
    for (const method of ["GET", "POST"]) expect(await failed(url, method)).toEqual([]);
  });

  it("reports what a weak server accepts", async () => {
    // It looks whether there is a signature, and at nothing else.
    const url = await listen(({ headers, url: target = "" }, response) => {
      const isSigned = `${headers.authorization}${target}`.includes("oauth_signature=");
      response.writeHead(isSigned ? 200 : 401, { "WWW-Authenticate": "OAuth" }).end();
    });
    const found = await failed(url, "GET");
    expect(found).toEqual(
      expect.arrayContaining(["replay 200", "old-timestamp 200", "tampered-query 200"]),
    );
    expect(found.filter((id) => /^(unsigned|right|without-oauth_signature) /.test(id))).toEqual([]);
  });

  it("reports that a server on oauthlib accepts a protocol parameter twice", async () => {
    const child = spawn(PYTHON, ["-c", OAUTHLIB_SERVER], { stdio: ["ignore", "pipe", "inherit"] });
    try {
      const port = await new Promise<number>((resolve) =>
        child.stdout.once("data", (text) => resolve(Number(text))),
      );
      const url = `http://127.0.0.1:${port}/photos?size=original`;
      // The same deviation as in its expectations: DuplicateAccepted (RFC 5849 §3.2).
      expect(await failed(url, "POST")).toEqual(["duplicate 200"]);
    } finally {
      child.kill();
    }
  });
});

it("prints the usage of each command", async () => {
  const bin = fileURLToPath(new URL("../bin/oauth1-conformance.js", import.meta.url));
  for (const command of ["serve", "probe"]) {
    const { stdout } = await run(process.execPath, [bin, command, "--help"]);
    expect(stdout).toContain(command);
  }
  for (const wrong of [
    ["probe", "ftp://example.com"],
    ["serve", "--port", "abc"],
    ["serve", "--port", "99999"],
  ]) {
    await expect(run(process.execPath, [bin, ...wrong])).rejects.toMatchObject({ code: 2 });
  }
});

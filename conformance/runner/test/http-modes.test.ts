// `probe` with real servers: correct ones, and broken ones.
import { execFile, spawn } from "node:child_process";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { runProbes, type TestCredentials } from "@oauth1/conformance";
import { afterEach, describe, expect, it } from "vitest";

const run = promisify(execFile);
const PYTHON = "/usr/bin/python3";
const credentials: TestCredentials = {
  client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
  token: { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" },
};

/** Verifies with Python's oauthlib over HTTP, and remembers nonces as its documentation shows. */
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

  it("accepts our verifier", async () => {
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
    for (const method of ["GET", "POST"]) {
      const { results } = await runProbes({ url, method, ...credentials });
      const odd = results.filter((it) => it.outcome === "failed" || it.remark !== undefined);
      expect(odd).toEqual([]);
    }
  });

  it.each([
    [400, { "client-secret": 401, "unknown-token": 401, replay: 401, "tampered-query": 401 }],
    [401, { "without-oauth_nonce": 400, duplicate: 400, "unknown-method": 400 }],
    [403, { "client-secret": 401, duplicate: 400, "old-timestamp": "400 or 401" }],
  ])("remarks that a server always rejects with %i", async (status, recommended) => {
    const url = await listen((_request, response) => {
      response.writeHead(status, { "WWW-Authenticate": "OAuth" }).end();
    });
    const { results } = await runProbes({ url, ...credentials });
    const remarks = new Map(results.map(({ id, remark }) => [id, remark]));
    for (const [id, wanted] of Object.entries(recommended)) {
      expect(remarks.get(id), id).toBe(`rejected with ${status} instead of ${wanted}`);
    }
  });

  it("reports what a weak server accepts", async () => {
    // It only checks whether there is a signature.
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

it("each command prints its usage", async () => {
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

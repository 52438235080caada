import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oauth1, run } from "./run-oauth1.js";

interface Arrived {
  readonly method: string | undefined;
  readonly target: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let arrived: Arrived[] = [];
const server = createServer((request, response) => {
  let body = "";
  request.setEncoding("utf8").on("data", (text) => (body += text));
  request.on("end", () => {
    const { method, url: target, headers } = request;
    arrived.push({ method, target, headers, body });
    response.end();
  });
});
let origin = "";
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const env = {
  OAUTH1_CLIENT_IDENTIFIER: "client's",
  OAUTH1_CLIENT_SHARED_SECRET: "a b",
  OAUTH1_TOKEN_IDENTIFIER: "$token!",
  OAUTH1_TOKEN_SHARED_SECRET: "c&d",
};

/** The signature that oauthlib computes for the received request, and the received signature. */
const CHECK = `
import json, sys, types
from oauthlib.oauth1.rfc5849 import signature as s
r = json.load(sys.stdin)
uri = r["origin"] + r["target"]
parameters = s.collect_parameters(
    uri_query=uri.partition("?")[2], body=r["body"] if r["form"] else [],
    headers={"Authorization": r["authorization"]} if r["authorization"] else {},
    exclude_oauth_signature=False)
received = dict(parameters)["oauth_signature"]
parameters = [p for p in parameters if p[0] != "oauth_signature"]
base = s.signature_base_string(r["method"], s.base_string_uri(uri),
    s.normalize_parameters(parameters))
client = types.SimpleNamespace(client_secret="a b", resource_owner_secret="c&d")
print(json.dumps([received, s.sign_hmac_sha1_with_client(base, client)]))
`;
const PYTHON = "/usr/bin/python3";
const hasOauthlib = await run(PYTHON, ["-c", "import oauthlib"]).then(
  ({ code }) => code === 0,
  () => false,
);
if (!hasOauthlib) console.warn(`SKIPPED: ${PYTHON} has no oauthlib; signatures sent by curl`);

const requests: [args: string[], target: string, input?: string][] = [
  [[], "/plain?a=1"],
  [[], "/[a]{b,c}/x[1-3]?q=[1]&r={a,b}"],
  [[], "/a/../b/./c/%2e%2e/d/.."],
  [[], "/quotes'and$HOME`id`!x;y?a='b'&c=$(id)!!&d=\\"],
  [[], "/lower%2fescape%2F//double?a+b=%20+c&&d"],
  [[], "/*?(~)&a=%ff"],
  [["-d", "@-"], "/form", "@at=1&b=two words"],
  [["-d", "a=it's $HOME `id` !!\n\\"], "/form?x=%27"],
  [["-d", "name=☃"], "/form"],
  [["-d", "-dash"], "/form"],
  [["-X", "PUT", "-d", "a=1"], "/put"],
  [["-X", "GET", "-d", "a=1"], "/get-with-body"],
  [["-X", "DELETE"], "/delete"],
  [["-X", "HEAD"], "/head"],
  [["-H", "Content-Type: application/json", "-d", '{"a":"it\'s"}'], "/json"],
  [["-H", "X-Empty;", "-H", 'X-Quote: it\'s "$HOME"'], "/headers"],
  [["--realm", 'a "realm"\\'], "/realm"],
  [["--transmission", "query"], "/query?a=[b]"],
  [["--transmission", "form-body", "-d", "@-"], "/form-body", "@a=b c"],
  [["--transmission", "form-body"], "/form-body-alone"],
];

describe("oauth1 sign --curl prints a command that sends exactly what was signed:", () => {
  for (const [args, target, input = ""] of requests) {
    it(JSON.stringify([...args, target, input]), async () => {
      const common = [...args, "--timestamp", "1191242096", "--nonce", "n'o$n", origin + target];
      const json = await oauth1(["sign", "--json", ...common], { env, input });
      const signed = JSON.parse(json.stdout);
      const command = await oauth1(["sign", "--curl", ...common], { env, input });
      expect(command.stderr).toBe("");

      arrived = [];
      const sent = await run("/bin/sh", ["-c", command.stdout.replace("curl", "curl -q -sS")]);
      expect(sent).toMatchObject({ code: 0, stderr: "" });
      expect(arrived).toHaveLength(1);
      const [request] = arrived as [Arrived];
      expect(request.method).toBe(signed.method);
      expect(origin + request.target).toBe(signed.url);
      expect(request.body).toBe(signed.body ?? "");
      for (const [name, value] of Object.entries(signed.headers)) {
        expect(request.headers[name.toLowerCase()]).toBe(value);
      }
      if (!args.includes("query")) expect(request.target).toBe(target);

      if (!hasOauthlib && !process.env["CI"]) return;
      const form = request.headers["content-type"] === "application/x-www-form-urlencoded";
      // oauthlib does not accept raw characters in forms or octets that are not UTF-8.
      if (/%ff|[^\w%&=+.~-]/.test(`${request.target?.split("?")[1]}${form ? request.body : ""}`)) {
        return;
      }
      const { authorization = "" } = request.headers;
      const checked = await run(PYTHON, ["-c", CHECK], {
        input: JSON.stringify({ ...request, origin, form, authorization }),
      });
      expect(checked.stderr).toBe("");
      const [received, expected] = JSON.parse(checked.stdout);
      expect(received).toBe(expected);
    });
  }
});

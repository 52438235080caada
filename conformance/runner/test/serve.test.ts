// `serve` with real clients: correct ones, and ones with mistakes.
import { execFile } from "node:child_process";
import { createHmac, createSign, generateKeyPairSync } from "node:crypto";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import {
  type CheckedRequest,
  type ChecksServer,
  formatCheck,
  serveChecks,
  type TestCredentials,
} from "@oauth1/conformance";
import { createSigner } from "@oauth1/signer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const run = promisify(execFile);
const PYTHON = "/usr/bin/python3";
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const CLIENT_SECRET = "kd94hf93k423kf44";
const TOKEN_SECRET = "pfkkdhi9sl3r4s00";
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const credentials: TestCredentials = {
  client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: CLIENT_SECRET, privateKey },
  token: { identifier: "nnch734d00sl2jdk", sharedSecret: TOKEN_SECRET },
};

let server: ChecksServer;
const checks: CheckedRequest[] = [];
beforeAll(async () => {
  server = await serveChecks({ credentials, onChecked: (checked) => checks.push(checked) });
});
afterAll(() => server.close());

const SCRIPT = `
import json, sys
from oauthlib.oauth1 import Client
url, place, method = sys.argv[1:]
client = Client("dpf43f3p2l4k3l03", "${CLIENT_SECRET}", "nnch734d00sl2jdk", "${TOKEN_SECRET}", signature_type=place, signature_method=method)
print(json.dumps(client.sign(url, "POST", "a=1&a=2&c=%40+d", {"Content-Type": "application/x-www-form-urlencoded"})))
`;

/** A request that oauthlib signs, to be sent once or more often. */
async function signedByOauthlib(place: string, method = "HMAC-SHA1") {
  const { stdout } = await run(PYTHON, [
    "-c",
    SCRIPT,
    `${server.origin}/photos?size=original&b=%20x&b=`,
    place,
    method,
  ]);
  const [url, headers, body] = JSON.parse(stdout);
  return (accept = "text/plain") =>
    fetch(url, { method: "POST", headers: { ...headers, Accept: accept }, body });
}

interface OfLibrary {
  readonly secrets?: readonly [client: string, token: string];
  readonly method?: string;
  readonly hash?: (baseString: string, key: string) => string;
}

/** The header of npm's oauth-1.0a. */
function headerOfOauth10a(url: string, { secrets, method, hash }: OfLibrary = {}) {
  const OAuth = createRequire(
    new URL("../../implementations/oauth-1.0a/package.json", import.meta.url),
  )("oauth-1.0a");
  const [clientSecret, tokenSecret] = secrets ?? [CLIENT_SECRET, TOKEN_SECRET];
  const oauth = new OAuth({
    consumer: { key: credentials.client.identifier, secret: clientSecret },
    signature_method: method ?? "HMAC-SHA1",
    hash_function:
      hash ??
      ((baseString: string, key: string) =>
        createHmac("sha1", key).update(baseString).digest("base64")),
  });
  return oauth.toHeader(
    oauth.authorize(
      { url, method: "GET" },
      { key: credentials.token.identifier, secret: tokenSecret },
    ),
  );
}

async function checkOf(url: string, headers: Record<string, string>, of = {}) {
  const response = await fetch(url, { headers: { ...headers, Accept: "application/json" }, ...of });
  const checked = (await response.json()) as CheckedRequest;
  expect(response.status).toBe(checked.status);
  return checked;
}

const brokenRules = ({ findings }: CheckedRequest) =>
  findings.filter(({ holds }) => !holds).map(({ rule }) => rule);
const rsaSha1 = (baseString: string) =>
  createSign("sha1").update(baseString).sign(privateKey, "base64");

describe("a correct client", () => {
  it.each(["AUTH_HEADER", "BODY", "QUERY"])(
    "is accepted once if it is oauthlib, with the transmission %s",
    async (place) => {
      const send = await signedByOauthlib(place);
      const first = await send();
      expect([first.status, await first.text()]).toEqual([200, expect.stringMatching(/^Valid: /m)]);

      const again = await send();
      expect(again.status).toBe(401);
      expect(again.headers.get("www-authenticate")).toContain("OAuth");
      expect(await again.text()).toContain("nonce-unused (§3.3): The nonce was used before");
    },
  );

  it("is accepted if it is oauth-1.0a", async () => {
    const url = `${server.origin}/photos?size=original&q=a%20b`;
    expect(await checkOf(url, headerOfOauth10a(url))).toMatchObject({
      valid: true,
      status: 200,
      summary: "The request is valid.",
      causes: [],
    });
  });

  it("is accepted with RSA", async () => {
    const url = `${server.origin}/photos?q=a%20b`;
    const header = headerOfOauth10a(url, { method: "RSA-SHA1", hash: rsaSha1 });
    expect(await checkOf(url, header)).toMatchObject({ valid: true, status: 200 });
  });

  it.each(["AUTH_HEADER", "BODY", "QUERY"])(
    "is accepted with PLAINTEXT by %s, and no answer contains its secrets",
    async (place) => {
      const send = await signedByOauthlib(place, "PLAINTEXT");
      const answers = [await send("application/json"), await send(), await send("text/plain")];
      expect(answers.map(({ status }) => status)).toEqual([200, 401, 401]);
      const texts = await Promise.all(answers.map((answer) => answer.text()));
      const page = await (await fetch(`${server.origin}/`)).text();
      const said = [...texts, page, JSON.stringify(checks), ...checks.map(formatCheck)].join();
      expect(said).not.toContain(CLIENT_SECRET);
      expect(said).not.toContain(TOKEN_SECRET);
    },
  );
});

it("gets no answer with the signature of its query, however the name is encoded", async () => {
  for (const name of ["oauth_signature", "oauth%5Fsignature", "%6fauth_signature"]) {
    const checked = await checkOf(`${server.origin}/a?x=1&${name}=signed&y=oauth_signature=2`, {});
    expect(checked.url).toBe(`${server.origin}/a?x=1&${name}=…&y=oauth_signature=2`);
  }
});

describe("a client with a mistake", () => {
  it("gets the name of the mistake, its correction, and the difference in the base string", async () => {
    // The library signs a plus in the query literally.
    const url = `${server.origin}/photos?q=a+b`;
    const header = headerOfOauth10a(url);
    const checked = await checkOf(url, header);
    expect(checked).toMatchObject({ valid: false, status: 401 });
    expect(brokenRules(checked)).toEqual(["signature"]);
    expect(checked.findings[0]?.rule).toBe("signature");
    expect(checked.causes[0]).toMatchObject({ mistakes: ["PlusKept"], section: "§3.4.1.3.1" });
    expect(checked.signed?.baseString).toContain("q%3Da%252Bb");
    expect(checked.baseString).toContain("q%3Da%2520b");

    const text = await (await fetch(url, { headers: header })).text();
    expect(text).toContain("signs the query or the form before");
    // Both lines are the same up to the caret.
    const lines = text.split("\n");
    const caret = lines.findIndex((line) => /^ +\^$/.test(line));
    const column = lines[caret]?.indexOf("^") ?? 0;
    const [right = "", signed = ""] = lines.slice(caret - 2, caret);
    const [, sameInRight] = /^ {2}right {3}(.+)$/.exec(right.slice(0, column)) ?? [];
    const [, sameInSigned] = /^ {2}signed {2}(.+)$/.exec(signed.slice(0, column)) ?? [];
    expect(sameInRight).toMatch(/^….+q%3Da%252$/);
    expect(sameInSigned).toBe(sameInRight);
    expect([right.slice(column), signed.slice(column)]).toEqual(["0b", "Bb"]);
  });

  it("gets the names of both mistakes if it makes two", async () => {
    const url = `${server.origin}/photos?q=a+b`;
    const checked = await checkOf(
      url,
      headerOfOauth10a(url, { secrets: [TOKEN_SECRET, CLIENT_SECRET] }),
    );
    expect([...(checked.causes[0]?.mistakes ?? [])].sort()).toEqual(["PlusKept", "SecretsSwapped"]);
    expect(checked.maskedKey).toBe("<client secret>&<token secret>");
    expect(checked.signed?.maskedKey).toBe("<token secret>&<client secret>");
    expect(checked.summary).toContain("§3.4.1.3.1");
    expect(checked.summary).toContain("§3.4.2");
    const text = formatCheck(checked);
    expect(text).toContain("signed with: <token secret>&<client secret>");
  });

  it("gets the name of its mistake with RSA", async () => {
    const url = `${server.origin}/photos?q=a+b`;
    const header = headerOfOauth10a(url, { method: "RSA-SHA1", hash: rsaSha1 });
    expect((await checkOf(url, header)).causes[0]?.mistakes).toEqual(["PlusKept"]);
  });

  it("gets a message that RSA needs a key if the server has none", async () => {
    const { client, token } = credentials;
    const { identifier, sharedSecret } = client;
    const without = await serveChecks({
      credentials: { client: { identifier, sharedSecret }, token },
    });
    try {
      const url = `${without.origin}/photos`;
      const header = headerOfOauth10a(url, { method: "RSA-SHA1", hash: rsaSha1 });
      const checked = await checkOf(url, header);
      expect([checked.status, checked.summary]).toEqual([
        400,
        expect.stringContaining("The test client has no RSA key: start the server with one"),
      ]);
    } finally {
      await without.close();
    }
  });

  const cases: [
    what: string,
    change: (header: string) => string,
    status: number,
    rules: readonly string[],
    text: string,
  ][] = [
    ["no signature", () => "OAuth", 401, ["required-parameters"], "not signed"],
    ["another scheme", () => "Basic YTpi", 401, ["required-parameters"], "not signed"],
    [
      "milliseconds",
      (it) => it.replace(/(timestamp="\d+)/, "$1000"),
      401,
      ["timestamp", "signature"],
      "in milliseconds",
    ],
    [
      "a malformed header",
      (it) => it.replace('="', "="),
      400,
      ["authorization-header", "transmission"],
      "malformed",
    ],
    [
      "another version",
      (it) => it.replace('version="1.0"', 'version="2.0"'),
      400,
      ["version", "signature"],
      '"2.0"',
    ],
    [
      "a parameter twice",
      (it) => `${it}, oauth_version="1.0"`,
      400,
      ["authorization-header", "transmission"],
      "twice",
    ],
    [
      "no nonce",
      (it) => it.replace(/oauth_nonce="[^"]*", /, ""),
      400,
      ["required-parameters", "signature"],
      "no oauth_nonce",
    ],
    [
      "an unknown signature method",
      (it) => it.replace("HMAC-SHA1", "HMAC-MD5"),
      400,
      ["signature-method", "signature"],
      "must be one of",
    ],
    [
      "another client",
      (it) => it.replace("dpf43", "xxf43"),
      401,
      ["signature", "client"],
      'oauth_consumer_key must be the identifier of the test client, "dpf43f3p2l4k3l03"',
    ],
    [
      "another token",
      (it) => it.replace("nnch7", "xxch7"),
      401,
      ["signature", "token"],
      'oauth_token must be the identifier of the test token, "nnch734d00sl2jdk", or absent',
    ],
  ];
  it.each(cases)("gets a report of %s", async (_what, change, status, rules, text) => {
    const signed = createSigner(credentials).sign({ method: "GET", url: `${server.origin}/a` });
    const header = { Authorization: change(signed.headers["Authorization"] ?? "") };
    const checked = await checkOf(signed.url, header);
    expect([checked.status, brokenRules(checked)]).toEqual([status, rules]);
    expect(checked.summary).toContain(text);
    expect(formatCheck(checked)).toContain(text);
  });

  it("does not spend the nonce of a request that is not authentic", async () => {
    const { url, headers } = createSigner(credentials).sign({
      method: "GET",
      url: `${server.origin}/a`,
    });
    const { Authorization = "" } = headers as Record<string, string>;
    const wrong = Authorization.replace(/signature="[^"]*/, 'signature="AAAA');
    expect((await checkOf(url, { Authorization: wrong })).status).toBe(401);
    expect((await checkOf(url, { Authorization })).status).toBe(200);
  });
});

describe("a hostile client", () => {
  it.each([
    ["many parameters", "a&".repeat(500_000)],
    ["one long parameter", `a=${"%20".repeat(300_000)}`],
    ["many escapes", `${"%25=%26&".repeat(120_000)}`],
    ["many protocol parameters", "oauth_a=1&".repeat(100_000)],
  ])("gets a short answer for a body of %s", async (_what, body) => {
    const { headers } = createSigner(credentials).sign({
      method: "POST",
      url: `${server.origin}/a`,
      body: "a=1",
      headers: FORM,
    });
    const response = await fetch(`${server.origin}/a`, {
      method: "POST",
      headers: { ...(headers as Record<string, string>), ...FORM },
      body,
    });
    expect([400, 401]).toContain(response.status);
    expect((await response.text()).length).toBeLessThan(100_000);
    // The page's copy is just as short.
    const page = await (await fetch(`${server.origin}/`)).text();
    expect(page.length).toBeLessThan(50 * 100_000);
  });
});

describe("the page", () => {
  it("shows the last requests without script and without a secret", async () => {
    const response = await fetch(`${server.origin}/`);
    const page = await response.text();
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(page).toContain("signs the query or the form before");
    expect(page).not.toContain("<script");
    expect(page).not.toContain(CLIENT_SECRET);
    expect(page).not.toContain(TOKEN_SECRET);
    expect(page.match(/<article>/g)).toHaveLength(Math.min(checks.length, 50));
  });
});

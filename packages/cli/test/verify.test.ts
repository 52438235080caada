// oauth1 verify: published requests, requests signed by oauth1 sign and openssl, and wrong
// requests.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { oauth1 } from "./run-oauth1.js";

const folder = mkdtempSync(join(tmpdir(), "oauth1-verify-"));
afterAll(() => rmSync(folder, { recursive: true }));

const env = {
  OAUTH1_CLIENT_SHARED_SECRET: "kd94hf93k423kf44",
  OAUTH1_TOKEN_SHARED_SECRET: "pfkkdhi9sl3r4s00",
};
// RFC 5849 §1.2.
const url = "http://photos.example.net/photos?file=vacation.jpg&size=original";
const authorization =
  'Authorization: OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH", oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"';

describe("oauth1 verify accepts", () => {
  it("the request of RFC 5849 §1.2", async () => {
    const { code, stdout } = await oauth1(["verify", "-H", authorization, url], { env });
    expect(stdout).toBe(
      'verified: client "dpf43f3p2l4k3l03" with token "nnch734d00sl2jdk", HMAC-SHA1, header\n',
    );
    expect(code).toBe(0);
  });

  it("a request, and prints JSON without a secret", async () => {
    const { stdout } = await oauth1(["verify", "--json", "-H", authorization, url], { env });
    expect(JSON.parse(stdout)).toMatchObject({
      verified: true,
      client: "dpf43f3p2l4k3l03",
      token: "nnch734d00sl2jdk",
      signatureMethod: "HMAC-SHA1",
      transmission: "header",
      realm: "Photos",
      url,
    });
    for (const secret of Object.values(env)) expect(stdout).not.toContain(secret);
  });

  it("the form of RFC 5849 §3.1 with erratum 2550", async () => {
    const { stdout, code } = await oauth1(
      [
        ...["verify", "-d", "c2", "-d", "a3=2+q", "-H"],
        'Authorization: OAuth oauth_consumer_key="9djdj82h48djs9d2", oauth_token="kkk9d7dh3k39sjv7", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131201", oauth_nonce="7d8f3e4a", oauth_signature="r6%2FTJjbCOr97%2F%2BUU0NsvSne7s5g%3D"',
        "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
      ],
      {
        env: {
          OAUTH1_CLIENT_SHARED_SECRET: "j49sk3j29djd",
          OAUTH1_TOKEN_SHARED_SECRET: "dh893hdasih9",
        },
      },
    );
    expect(stdout).toMatch(/^verified: /);
    expect(code).toBe(0);
  });

  it("a binary body with its hash and a fresh timestamp, signed with RSA", async () => {
    const key = join(folder, "key.pem");
    const publicKey = join(folder, "public.pem");
    const body = join(folder, "body");
    execFileSync("openssl", ["genpkey", "-algorithm", "RSA", "-out", key], { stdio: "ignore" });
    execFileSync("openssl", ["pkey", "-in", key, "-pubout", "-out", publicKey]);
    writeFileSync(body, '{"a":\n"☃"}\n');
    const sign = [
      ...["sign", "--method", "RSA-SHA256", "--key", key, "--client-identifier", "c"],
      ...["--body-hash", "-H", "Content-Type: application/json", "-d", '{"a":\n"☃"}\n'],
    ];
    const header = (await oauth1([...sign, "https://example.com/"])).stdout.trim();
    const verify = [
      ...["verify", "--public-key", publicKey, "--timestamp-tolerance", "300", "-H", header],
      ...["-H", "Content-Type: application/json", "--data-binary"],
    ];
    const right = await oauth1([...verify, `@${body}`, "https://example.com/"]);
    expect(right.stdout).toBe('verified: client "c", RSA-SHA256, header\n');
    const wrong = await oauth1([...verify, '{"a":1}', "https://example.com/"]);
    expect(wrong.stdout).toBe(
      "not verified: signature_invalid: oauth_body_hash does not match the body\n",
    );
    expect(wrong.code).toBe(1);
  });
});

describe("oauth1 verify reads a request", () => {
  const message = `     GET /photos?file=vacation.jpg&size=original HTTP/1.1
     Host: photos.example.net
     Authorization: OAuth realm="Photos",
        oauth_consumer_key="dpf43f3p2l4k3l03",
        oauth_token="nnch734d00sl2jdk",
        oauth_signature_method="HMAC-SHA1",
        oauth_timestamp="137131202",
        oauth_nonce="chapoH",
        oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"
`;
  const pairs = [["Authorization", authorization.slice("Authorization: ".length)]];
  const forms: [form: string, args: string[], text: string][] = [
    ["an HTTP message as RFC 5849 prints it", ["--scheme", "http"], message],
    ["a curl command", [], `curl -H '${authorization}' \\\n  '${url}'`],
    ["a fetch call", [], `fetch("${url}", ${JSON.stringify({ headers: pairs })});`],
    ["JSON", [], JSON.stringify({ method: "GET", url, headers: pairs })],
    [
      "a HAR entry",
      [],
      JSON.stringify({
        request: {
          method: "GET",
          url,
          headers: pairs.map(([name, value]) => ({ name, value })),
        },
      }),
    ],
  ];
  it.each(forms)("from a file or standard input: %s", async (_, args, text) => {
    const file = join(folder, "request.txt");
    writeFileSync(file, text);
    const outcomes = [
      await oauth1(["verify", ...args, file], { env }),
      await oauth1(["verify", ...args, "-"], { env, input: text }),
      await oauth1(["verify", ...args], { env, input: text }),
    ];
    for (const { code, stdout } of outcomes) {
      expect(stdout).toMatch(/^verified: client "dpf43f3p2l4k3l03"/);
      expect(code).toBe(0);
    }
  });

  it.each([
    ["GET /photos HTTP/1.1\nHost photos.example.net", "line 2, column 1: a header must be"],
    [
      "curl -d @/etc/passwd http://photos.example.net/",
      "line 1, column 9: the option names a file",
    ],
    ["hello", "line 1, column 1: the text must be an HTTP message, a curl command"],
  ])("and reports the position of an error in %j with exit code 2", async (text, message) => {
    const file = join(folder, "wrong.txt");
    writeFileSync(file, text);
    const { code, stdout, stderr } = await oauth1(["verify", file], { env });
    expect(stderr).toContain(`oauth1: ${file}: ${message}`);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

describe("oauth1 verify rejects", () => {
  it.each([
    [["-H", authorization, `${url}&admin=1`], "signature_invalid"],
    [["-X", "POST", "-H", authorization, url], "signature_invalid"],
    [[url], "parameter_absent"],
    [["-H", authorization, `${url}&oauth_token=x`], "parameter_rejected"],
    [["-H", authorization, "--timestamp-tolerance", "300", url], "timestamp_refused"],
    [["-H", authorization, "-H", "Host: other.example", url], "signature_invalid"],
  ])("%j with exit code 1 and %s", async (args, problem) => {
    const { code, stdout } = await oauth1(["verify", "--json", ...args], { env });
    expect(JSON.parse(stdout)).toMatchObject({ verified: false, problem });
    expect(code).toBe(1);
    expect((await oauth1(["verify", ...args], { env })).stdout).toMatch(
      `not verified: ${problem}: `,
    );
  });
});

describe("wrong usage ends with exit code 2", () => {
  it.each([
    [[url], "missing client shared-secret"],
    [["--public-key", "/does/not/exist", url], "--public-key: cannot read"],
    [["--client-shared-secret", "x", "--data-binary", "@/does/not/exist", url], "cannot read"],
    [
      ["--client-shared-secret", "x", "-d", "@-", "-d", "@-", url],
      "standard input can be read only once",
    ],
    [["--client-shared-secret", "x", "--public-key", "-"], "standard input can be read only once"],
    [["--client-shared-secret", "x", "-X", "POST", "request.txt"], "pass a URL, or remove them"],
    [["--client-shared-secret", "x", "/does/not/exist"], "cannot read"],
    [["--client-shared-secret", "x", "-H", "Authorization", url], "a header must be"],
    [["--client-shared-secret", "x", "--timestamp-tolerance", "soon", url], "whole number"],
  ])("%j", async (args, message) => {
    const { code, stdout, stderr } = await oauth1(["verify", ...args]);
    expect(stderr).toContain(message);
    expect(stdout).toBe("");
    expect(code).toBe(2);
  });
});

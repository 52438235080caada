// oauth1 diagnose: published requests, and the same with signatures that node:crypto makes of wrong
// base strings and with wrong keys.
import { createHmac, generateKeyPairSync, sign } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { oauth1 } from "./run-oauth1.js";

const folder = mkdtempSync(join(tmpdir(), "oauth1-diagnose-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const env = {
  OAUTH1_CLIENT_SHARED_SECRET: "kd94hf93k423kf44",
  OAUTH1_TOKEN_SHARED_SECRET: "pfkkdhi9sl3r4s00",
};
// RFC 5849 §1.2.
const url = "http://photos.example.net/photos?file=vacation.jpg&size=original";
const authorization =
  'Authorization: OAuth realm="Photos", oauth_consumer_key="dpf43f3p2l4k3l03", oauth_token="nnch734d00sl2jdk", oauth_signature_method="HMAC-SHA1", oauth_timestamp="137131202", oauth_nonce="chapoH", oauth_signature="MdpQcU8iPSUjWoN%2FUDMsK2sui9I%3D"';
const BASE_STRING =
  "GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg%26oauth_consumer_key%3Ddpf43f3p2l4k3l03%26oauth_nonce%3DchapoH%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131202%26oauth_token%3Dnnch734d00sl2jdk%26size%3Doriginal";

/** The request above, with another signature. */
function signedAs(signature: string, method = "HMAC-SHA1"): string {
  return authorization
    .replace(/(oauth_signature=").*"/, `$1${encodeURIComponent(signature)}"`)
    .replace("HMAC-SHA1", method);
}

function hmac(baseString: string, key = "kd94hf93k423kf44&pfkkdhi9sl3r4s00"): string {
  return createHmac("sha1", key).update(baseString).digest("base64");
}

// The request of RFC 5849 §3.1 with the signature that it prints (erratum 2550).
const message = `POST /request?b5=%3D%253D&a3=a&c%40=&a2=r%20b HTTP/1.1
Host: example.com
Content-Type: application/x-www-form-urlencoded
Authorization: OAuth realm="Example",
  oauth_consumer_key="9djdj82h48djs9d2",
  oauth_token="kkk9d7dh3k39sjv7",
  oauth_signature_method="HMAC-SHA1",
  oauth_timestamp="137131201",
  oauth_nonce="7d8f3e4a",
  oauth_signature="bYT5CMsGcbgUdFHObYMEfcx6bsw%3D"

c2&a3=2+q`;
const ofMessage = {
  OAUTH1_CLIENT_SHARED_SECRET: "j49sk3j29djd",
  OAUTH1_TOKEN_SHARED_SECRET: "dh893hdasih9",
};

describe("oauth1 diagnose", () => {
  it.each([
    ["curl, piped to another program", `curl '${url}' -H '${authorization}' -b 'a=b' 2>&1 | jq .`],
    [
      "curl for cmd.exe",
      `curl ^"${url.replace("&", "^&")}^" ^\n  -H ^"${authorization.replaceAll('"', '\\^"').replaceAll("%", "^%^")}^"`,
    ],
    [
      "PowerShell",
      `Invoke-WebRequest -Uri "${url}" \`\n-Headers @{\n"authorization"="${authorization.slice("Authorization: ".length).replaceAll('"', '`"')}"\n}`,
    ],
    [
      "the fields of HTTP/2",
      `:method: GET\n:scheme: http\n:authority: photos.example.net\n:path: ${url.slice("http://photos.example.net".length)}\n${authorization}`,
    ],
  ])("reads a paste: %s", async (_, input) => {
    const { code, stdout, stderr } = await oauth1(["diagnose"], { env, input });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^valid/);
  });

  it("asks for the method and the URL of a bare Authorization line", async () => {
    const { code, stderr } = await oauth1(["diagnose"], { env, input: authorization });
    expect(code).toBe(2);
    expect(stderr).toContain("line 1, column 1: the method and the URL are missing: add a line");
    expect(stderr).not.toContain("dpf43f3p2l4k3l03");
  });

  it("finds out by the signature whether a message with a path alone came by http", async () => {
    const path = file("no-scheme.txt", message);
    const { code, stdout } = await oauth1(["diagnose", path], { env: ofMessage });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^not valid: MethodOverridden\n/);
    const https = await oauth1(["diagnose", "--scheme", "https", path], { env: ofMessage });
    expect(https.stdout).toMatch(/^not valid: (?:SchemeSwapped|MethodOverridden) with /);
  });

  it("says what the client did, what to do, and where the base strings differ", async () => {
    const path = file("erratum.txt", message);
    const { code, stdout, stderr } = await oauth1(["diagnose", "--scheme", "http", path], {
      env: ofMessage,
    });
    expect(stdout).toBe(`not valid: MethodOverridden

Your client signs another method than it sends: pass the method that you send to your library (§3.4.1.1).

In this request:
  The method is "GET", and must be "POST".

Base strings
  right     POST&http%3A%2F%2Fexample.com%2Frequest&
  signed    GET&http%3A%2F%2Fexample.com%2Frequest&a
            ^ character 1
  key       <client secret>&<token secret>

oauth1 diagnose --json prints every rule and whole base strings. oauth1 explain shows each step of a right signature.
`);
    expect([code, stderr]).toEqual([1, ""]);
  });

  it("calls a right request valid, with exit code 0", async () => {
    const { code, stdout } = await oauth1(["diagnose", "-H", authorization, url], { env });
    expect(stdout).toMatch(/^valid: the request follows every rule, and the signature is right\n/);
    expect(code).toBe(0);
  });

  it("shows the two base strings from the same character on", async () => {
    const header = signedAs(hmac(BASE_STRING.replace("vacation.jpg", "vacation%252Ejpg")));
    const { stdout } = await oauth1(["diagnose", "-H", header, url], { env });
    const [, right = "", signed = "", caret = ""] =
      /\n {2}right {5}(.*)\n {2}signed {4}(.*)\n {12}( *\^) /.exec(stdout) ?? [];
    expect(stdout).toMatch(/^not valid: UnreservedEncoded\n/);
    expect(right[0]).toBe("…");
    expect(right.slice(0, caret.length - 1)).toBe(signed.slice(0, caret.length - 1));
    expect(right.slice(caret.length - 1)).toMatch(/^\.jpg/);
    expect(signed.slice(caret.length - 1)).toMatch(/^%252Ejpg/);
  });

  it("lists the other rules that the request breaks", async () => {
    const header = signedAs(hmac(BASE_STRING.replace(/^GET/, "POST")));
    const args = ["diagnose", "--timestamp-tolerance", "300", "-H", header, url];
    const { stdout } = await oauth1(args, { env });
    expect(stdout).toMatch(/^not valid: MethodOverridden\n/);
    expect(stdout).toMatch(
      /\nRules that the request breaks\n {2}✗ oauth_timestamp is \d+ years before the clock, .*\n {4}§3\.3: The timestamp is /,
    );
  });

  it.each([
    [["--now", "137131202"], 0],
    [["--now", "137131502"], 0],
    [["--now", "137131503"], 1],
    [["--now", "137131503", "--timestamp-tolerance", "301"], 0],
    [["--timestamp-tolerance", "300"], 1],
  ])("compares the timestamp with %j: exit code %i", async (args, expected) => {
    const { code } = await oauth1(["diagnose", ...args, "-H", authorization, url], { env });
    expect(code).toBe(expected);
  });

  it("uses the base string that the client prints", async () => {
    // Two swapped letters are not a known mistake.
    const printed = BASE_STRING.replace("vacation", "vacatino");
    const path = file("base-string.txt", `${printed}\n`);
    const args = ["diagnose", "--base-string", path, "-H"];
    const signed = await oauth1([...args, signedAs(hmac(printed)), url], { env });
    expect(signed.stdout).toContain("It is that of the base string that the client claims");
    expect(signed.stdout).toContain("…");
    expect(signed.code).toBe(1);

    const another = await oauth1([...args, signedAs(hmac("another")), url], { env });
    expect(another.stdout).toContain("The signature is not that of this base string either");
    expect(another.stdout).toContain(
      'The parameter "file" has the value "vacatino.jpg", and must have "vacation.jpg".',
    );
    expect(another.stdout).toMatch(/\n {2}claimed {3}…/);
  });

  it("prints the right base string where nothing explains the signature", async () => {
    const { stdout } = await oauth1(["diagnose", "-H", signedAs(hmac("another")), url], { env });
    expect(stdout).toContain("No known mistake explains it");
    expect(stdout).toContain(`\n  right     ${BASE_STRING}\n`);
  });

  it.each([
    [["--host", "internal.example:8080"], "photos.example.net", "internal.example%3A8080"],
    [["--path-prefix", "/api"], "net%2Fphotos", "net%2Fapi%2Fphotos"],
    [["--path-prefix", "/photos"], "net%2Fphotos", "net%2F"],
  ])("tries the candidates of %j", async (args, from, to) => {
    const header = signedAs(hmac(BASE_STRING.replace(from, to)));
    const { stdout } = await oauth1(["diagnose", ...args, "-H", header, url], { env });
    expect(stdout).toMatch(/^not valid: (?:HostReplaced|BasePathDropped)\n/);
  });

  it("explains signatures with RSA and PLAINTEXT", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
    const text = BASE_STRING.replace("HMAC-SHA1", "RSA-SHA256").replace("GET", "get");
    const made = sign("sha256", Buffer.from(text), privateKey).toString("base64");
    const rsa = await oauth1([
      ...["diagnose", "--public-key", file("public.pem", pem)],
      ...["-H", signedAs(made, "RSA-SHA256"), url],
    ]);
    expect(rsa.stdout).toMatch(/^not valid: MethodCase\n/);
    expect(rsa.stdout).not.toContain("key  ");

    const swapped = signedAs("pfkkdhi9sl3r4s00&kd94hf93k423kf44", "PLAINTEXT");
    const plaintext = await oauth1(["diagnose", "-H", swapped, url], { env });
    expect(plaintext.stdout).toContain(
      "\n  key       <client secret>&<token secret>\n  used key  <token secret>&<client secret>\n",
    );
  });

  it("prints the whole diagnosis as JSON", async () => {
    const args = ["diagnose", "--json", "-X", "POST", "-H", authorization, url];
    const { code, stdout } = await oauth1(args, { env });
    expect(JSON.parse(stdout)).toMatchObject({
      valid: false,
      baseString: BASE_STRING.replace("GET", "POST"),
      causes: [{ mistakes: ["MethodOverridden"], section: "§3.4.1.1", baseString: BASE_STRING }],
    });
    expect(code).toBe(1);
  });
});

describe("oauth1 diagnose and oauth1 verify read", () => {
  const pairs = [["Authorization", authorization.slice("Authorization: ".length)]];
  const forms: [form: string, args: string[], input?: string][] = [
    ["curl's own arguments", ["--", "curl", "-s", "-H", authorization, url]],
    ["curl's arguments without --", ["curl", "-H", authorization, url]],
    ["a curl command on standard input", [], `curl -H '${authorization}' '${url}'`],
    ["JSON on standard input", ["-"], JSON.stringify({ method: "GET", url, headers: pairs })],
    ["a fetch call", [], `fetch("${url}", ${JSON.stringify({ headers: pairs })});`],
  ];
  it.each(forms)("%s", async (_, args, input = "") => {
    const outcomes = [
      await oauth1(["diagnose", ...args], { env, input }),
      await oauth1(["verify", ...args], { env, input }),
    ];
    expect(outcomes).toMatchObject([
      { code: 0, stdout: expect.stringMatching(/^valid: /) },
      { code: 0, stdout: expect.stringMatching(/^verified: /) },
    ]);
  });

  it("secrets from a file", async () => {
    const json = file(
      "key.json",
      JSON.stringify({
        client: { identifier: "c", sharedSecret: "kd94hf93k423kf44" },
        token: { identifier: "t", sharedSecret: "pfkkdhi9sl3r4s00" },
      }),
    );
    const variables = file(
      ".env",
      "OAUTH1_CLIENT_SHARED_SECRET=kd94hf93k423kf44\nOAUTH1_TOKEN_SHARED_SECRET=pfkkdhi9sl3r4s00\n",
    );
    for (const command of ["diagnose", "verify"]) {
      for (const path of [json, variables]) {
        const args = [command, "--credentials", path, "-H", authorization, url];
        expect(await oauth1(args)).toMatchObject({ code: 0, stderr: "" });
      }
    }
  });
});

describe("oauth1 verify", () => {
  it("says on standard error that oauth1 diagnose explains a rejection", async () => {
    const args = ["-X", "POST", "-H", authorization, url];
    const { stdout, stderr } = await oauth1(["verify", ...args], { env });
    expect(stdout).toBe(
      "not verified: signature_invalid: oauth_signature does not match the request\n",
    );
    expect(stderr).toBe("oauth1: oauth1 diagnose, with the same arguments, explains why\n");
    const { stdout: explained } = await oauth1(["diagnose", ...args], { env });
    expect(explained).toMatch(/^not valid: MethodOverridden\n/);
  });
});

describe("wrong usage of oauth1 diagnose ends with exit code 2", () => {
  it.each([
    [[url], "missing client shared-secret: set OAUTH1_CLIENT_SHARED_SECRET"],
    [["--client-shared-secret", "x", "one.txt", "two.txt"], "pass one request"],
    [["--client-shared-secret", "x", "/does/not/exist"], "cannot read"],
    [["--client-shared-secret", "x", "--base-string", "/does/not/exist", url], "--base-string: "],
    [["--client-shared-secret", "x", "--base-string", "-"], "can be read only once"],
    [["--credentials", "-", "-"], "can be read only once"],
    [
      ["--client-shared-secret", "x", "--base-string", "-", "--", "curl", "-d", "@-", url],
      "can be read only once",
    ],
    [["--client-shared-secret", "x", "--now", "soon", url], "whole number"],
    [["--client-shared-secret", "x", "--", "curl", "--form", "a=b", "-d", "c", url], "oauth1: "],
    [["--client-shared-secret", "x", "-X", "POST", "request.txt"], "pass a URL, or remove them"],
    [["--public-key", file("not-a-key.pem", "hello"), "-H", signedAs("a", "RSA-SHA1"), url], "key"],
  ])("%j", async (args, reason) => {
    const { code, stdout, stderr } = await oauth1(["diagnose", ...args]);
    expect(stderr).toContain(reason);
    expect([code, stdout]).toEqual([2, ""]);
  });
});

describe("oauth1 diagnose never prints a secret", () => {
  const secret = fc.tuple(
    fc.stringMatching(/^[a-zA-Z\d]{12}$/),
    fc.stringMatching(/^[ +%&"'é☃]{0,4}$/),
  );
  const encode = (text: string) => encodeURIComponent(text).replace(/'/g, () => "%27");

  it("whatever the signer did with it", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.tuple(secret, secret),
        fc.constantFrom("HMAC-SHA1", "PLAINTEXT"),
        fc.constantFrom("right", "swapped", "twice", "without token", "noise"),
        fc.boolean(),
        async (drawn, method, mistake, json) => {
          const secrets = drawn.map((parts) => parts.join(""));
          const [first = "", second = ""] = secrets.map(encode);
          const keys: Record<string, string> = {
            right: `${first}&${second}`,
            swapped: `${second}&${first}`,
            twice: `${encode(first)}&${encode(second)}`,
            "without token": `${first}&`,
            noise: `${first}&${second}x`,
          };
          const key = keys[mistake] ?? "";
          const text = BASE_STRING.replace("HMAC-SHA1", method);
          const header = signedAs(method === "PLAINTEXT" ? key : hmac(text, key), method);
          const args = ["diagnose", ...(json ? ["--json"] : []), "-H", header, url];
          const { code, stdout, stderr } = await oauth1(args, {
            env: {
              OAUTH1_CLIENT_SHARED_SECRET: secrets[0] ?? "",
              OAUTH1_TOKEN_SHARED_SECRET: secrets[1] ?? "",
            },
          });
          expect(stderr).toBe("");
          // Without characters to encode, encoding twice changes nothing.
          expect(code).toBe(key === keys["right"] ? 0 : 1);
          for (const [letters] of drawn) expect(stdout).not.toContain(letters);
        },
      ),
      { numRuns: 25 },
    );
  });
});

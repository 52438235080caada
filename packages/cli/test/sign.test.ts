import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { oauth1 } from "./run-oauth1.js";

const folder = mkdtempSync(join(tmpdir(), "oauth1-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const photos = {
  OAUTH1_CLIENT_IDENTIFIER: "dpf43f3p2l4k3l03",
  OAUTH1_CLIENT_SHARED_SECRET: "kd94hf93k423kf44",
  OAUTH1_TOKEN_IDENTIFIER: "nnch734d00sl2jdk",
  OAUTH1_TOKEN_SHARED_SECRET: "pfkkdhi9sl3r4s00",
};
// OAuth Core 1.0 appendix A.5.
const vacation = "http://photos.example.net/photos?file=vacation.jpg&size=original";
const fixed = ["--timestamp", "1191242096", "--nonce", "kllo9940pd9333jh"];
const SIGNATURE = "tR3+Ty81lMeYAr/Fid0kMTYa/WM=";

describe("oauth1 sign computes published signatures", () => {
  it("OAuth Core 1.0 appendix A.5", async () => {
    const { code, stdout } = await oauth1(["sign", "--json", ...fixed, vacation], { env: photos });
    expect(code).toBe(0);
    const signed = JSON.parse(stdout);
    expect(signed.signature).toBe(SIGNATURE);
    expect(signed.baseString).toBe(
      "GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg%26oauth_consumer_key%3Ddpf43f3p2l4k3l03%26oauth_nonce%3Dkllo9940pd9333jh%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1191242096%26oauth_token%3Dnnch734d00sl2jdk%26oauth_version%3D1.0%26size%3Doriginal",
    );
    expect(Object.keys(signed)).toEqual([
      "method",
      "url",
      "headers",
      "body",
      "protocolParameters",
      "baseString",
      "signature",
    ]);
  });

  it("RFC 5849 §1.2, temporary credentials: a callback, no token, no version", async () => {
    const { OAUTH1_CLIENT_IDENTIFIER, OAUTH1_CLIENT_SHARED_SECRET } = photos;
    const { stdout } = await oauth1(
      [
        ...["sign", "-X", "POST", "--realm", "Photos", "--no-version"],
        ...["--timestamp", "137131200", "--nonce", "wIjqoS"],
        ...["--callback", "http://printer.example.com/ready"],
        "https://photos.example.net/initiate",
      ],
      { env: { OAUTH1_CLIENT_IDENTIFIER, OAUTH1_CLIENT_SHARED_SECRET } },
    );
    expect(stdout).toMatch(/^Authorization: OAuth realm="Photos", oauth_consumer_key="dpf43/);
    expect(stdout).toContain('oauth_signature="74KNZJeDHnMBp0EMJ9ZHt%2FXKycU%3D"');
  });

  it("RFC 5849 §3.1 with erratum 2550: query and form", async () => {
    const { stdout } = await oauth1([
      ...["sign", "--json", "--no-version", "--timestamp", "137131201", "--nonce", "7d8f3e4a"],
      ...["--client-identifier", "9djdj82h48djs9d2", "--client-shared-secret", "j49sk3j29djd"],
      ...["--token-identifier", "kkk9d7dh3k39sjv7", "--token-shared-secret", "dh893hdasih9"],
      ...["-d", "c2", "-d", "a3=2+q"],
      "http://example.com/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
    ]);
    const signed = JSON.parse(stdout);
    expect(signed.signature).toBe("r6/TJjbCOr97/+UU0NsvSne7s5g=");
    expect(signed).toMatchObject({ method: "POST", body: "c2&a3=2+q" });
  });
});

describe("oauth1 sign prints", () => {
  const encoded = encodeURIComponent(SIGNATURE);

  it("the URL with --transmission query", async () => {
    const { stdout } = await oauth1(["sign", ...fixed, "--transmission", "query", vacation], {
      env: photos,
    });
    expect(stdout.startsWith(`${vacation}&oauth_consumer_key=`)).toBe(true);
    expect(stdout.trimEnd().endsWith(`&oauth_signature=${encoded}`)).toBe(true);
  });

  it("the body with --transmission form-body", async () => {
    const { stdout } = await oauth1(
      [
        ...["sign", ...fixed, "--transmission", "form-body", "-X", "GET"],
        ...["-d", "size=original"],
        "http://photos.example.net/photos?file=vacation.jpg",
      ],
      { env: photos },
    );
    expect(stdout.startsWith("size=original&oauth_consumer_key=")).toBe(true);
    expect(stdout.trimEnd().endsWith(`&oauth_signature=${encoded}`)).toBe(true);
  });

  it("reads data from a file and from standard input, without line breaks", async () => {
    const path = file("data", "a=1\r\n&b=2\n");
    const { stdout } = await oauth1(
      ["sign", "--json", "-d", `@${path}`, "-d", "@-", "http://example.com/"],
      { env: photos, input: "c=3\n" },
    );
    expect(JSON.parse(stdout).body).toBe("a=1&b=2&c=3");
  });

  it("does not sign a body that is not a form", async () => {
    const { stdout } = await oauth1(
      ["sign", "--json", "-H", "content-type: application/json", "-d", '{"a":1}', "http://e.com/"],
      { env: photos },
    );
    expect(JSON.parse(stdout)).toMatchObject({ body: '{"a":1}', method: "POST" });
    expect(JSON.parse(stdout).baseString).not.toContain("%22");
  });
});

describe("credentials", () => {
  const json = JSON.stringify({
    client: { identifier: photos.OAUTH1_CLIENT_IDENTIFIER, sharedSecret: "kd94hf93k423kf44" },
    token: { identifier: photos.OAUTH1_TOKEN_IDENTIFIER, sharedSecret: "pfkkdhi9sl3r4s00" },
  });
  const variables = Object.entries(photos).map(([name, value]) => `${name}="${value}" # x\n`);

  async function signature(args: string[], options = {}): Promise<string> {
    const { stdout } = await oauth1(["sign", "--json", ...fixed, ...args, vacation], options);
    return JSON.parse(stdout).signature;
  }

  it("come from a JSON file, a .env file and standard input", async () => {
    expect(await signature(["--credentials", file("key.json", json)])).toBe(SIGNATURE);
    expect(await signature(["--credentials", file(".env", variables.join(""))])).toBe(SIGNATURE);
    expect(await signature(["--credentials", "-"], { input: json })).toBe(SIGNATURE);
  });

  it("come from an option before the environment, and from the environment before the file", async () => {
    const path = file("wrong.json", json.replace("kd94hf93k423kf44", "wrong"));
    const { OAUTH1_CLIENT_SHARED_SECRET } = photos;
    const credentials = ["--credentials", path];
    expect(await signature(credentials)).not.toBe(SIGNATURE);
    expect(await signature(credentials, { env: { OAUTH1_CLIENT_SHARED_SECRET } })).toBe(SIGNATURE);
    expect(
      await signature([...credentials, "--client-shared-secret", OAUTH1_CLIENT_SHARED_SECRET], {
        env: { OAUTH1_CLIENT_SHARED_SECRET: "wrong" },
      }),
    ).toBe(SIGNATURE);
  });

  it("ignore an empty variable", async () => {
    const env = { OAUTH1_CLIENT_SHARED_SECRET: "" };
    expect(await signature(["--credentials", file("key.json", json)], { env })).toBe(SIGNATURE);
  });

  it("are named, if missing, with the three ways to pass them", async () => {
    const { OAUTH1_TOKEN_SHARED_SECRET: _, ...env } = photos;
    const { code, stderr, stdout } = await oauth1(["sign", vacation], { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      "oauth1: missing token shared-secret: pass --token-shared-secret, set OAUTH1_TOKEN_SHARED_SECRET or name a file with --credentials\n",
    );
  });
});

describe("bad input ends with exit code 2 and one message without secrets", () => {
  const SECRET = "s3cr3t-s3cr3t";
  const env = { ...photos, OAUTH1_CLIENT_SHARED_SECRET: SECRET };
  const cases: [args: string[], message: RegExp][] = [
    [["sign"], /missing required argument 'url'/],
    [["sgin", "http://e.com/"], /unknown command 'sgin' \(Did you mean sign\?\)/],
    [["sign", "--jsn", "http://e.com/"], /unknown option '--jsn' \(Did you mean --json\?\)/],
    [["sign", `--client-shared-secrets=${SECRET}`, "http://e.com/"], /unknown option '--client/],
    [
      ["sign", "ftp://e.com/"],
      /^oauth1: url: no http or https scheme at index 0; pass an absolute URL\n {2}https:\/\/\S+\/errors#err-url-scheme$/m,
    ],
    [
      ["sign", "http://e.com/?a=%zz"],
      /^oauth1: url: malformed escape at index 16; write % itself as %25$/m,
    ],
    [
      ["sign", "-d", "a=%z", "http://e.com/"],
      /^oauth1: body: malformed escape at index 2; write % itself as %25$/m,
    ],
    [["sign", "-d", "@missing-file", "http://e.com/"], /--data: cannot read "missing-file"/],
    [
      ["sign", "-X", "G T", "http://e.com/"],
      /^oauth1: method: not an HTTP token at index 1; pass one such as GET$/m,
    ],
    [["sign", "--timestamp", "soon", "http://e.com/"], /positive whole number/],
    [["sign", "--nonce", "", "http://e.com/"], /It must not be empty/],
    [
      ["sign", "--realm", "a\nb", "http://e.com/"],
      /^oauth1: realm: character that a header cannot contain at index 1; use visible ASCII$/m,
    ],
    [
      ["sign", "--realm", "a", "--transmission", "query", "http://e.com/"],
      /--realm must be omitted/,
    ],
    [["sign", "--transmission", "body", "http://e.com/"], /Allowed choices are header, form-body/],
    [["sign", "--method", "MD5", "http://e.com/"], /Allowed choices are HMAC-SHA1/],
    [["sign", "http://e.com/?oauth_nonce=1"], /oauth_nonce: .* already in the request's query/],
    [["sign", "-H", `Cookie ${SECRET}`, "http://e.com/"], /--header: must be/],
    [["sign", "-H", "Authorization: Basic x", "http://e.com/"], /Authorization: .* already/],
    [["sign", "--curl", "--json", "http://e.com/"], /cannot be used with/],
    [
      ["sign", "--credentials", "-", "-d", "@-", "http://e.com/"],
      /standard input can be read only once/,
    ],
    [["explain"], /pass the URL/],
    [
      ["explain", "--rfc-example", "http://e.com/"],
      /--rfc-example can be combined only with --json/,
    ],
    [["conformance", "run", "--implementation", "nobody"], /there are oauth1, vendored-encoder/],
    [["conformance", "run", "--cases", "0"], /Not a positive number/],
  ];
  for (const [args, message] of cases) {
    it(args.join(" ").replaceAll("\n", "\\n"), async () => {
      const { code, stdout, stderr } = await oauth1(args, { env });
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toMatch(/^oauth1: [^\n]*\n( {2}https:\/\/[^\n]+\/errors#[a-z0-9-]+\n)?$/);
      expect(stderr).toMatch(message);
      expect(stderr).not.toContain(SECRET);
    });
  }

  const files: [name: string, text: string, message: RegExp][] = [
    ["broken.json", `{"client": ${SECRET}`, /must be valid JSON/],
    ["array.json", `{"client": ["${SECRET}"]}`, /client must be an object/],
    [
      "number.json",
      `{"client": {"identifier": 1, "sharedSecret": "${SECRET}"}}`,
      /client.identifier/,
    ],
    ["member.json", `{"client": {"secret": "${SECRET}"}}`, /no members other than/],
    [
      "surrogate.json",
      `{"client": {"identifier": "${SECRET}\\ud800"}}`,
      /lone surrogate at index 13/,
    ],
    ["other.env", `SECRET=${SECRET}`, /must be a JSON object, or have a line/],
  ];
  for (const [name, text, message] of files) {
    it(name, async () => {
      const path = file(name, text);
      const { code, stderr } = await oauth1(["sign", "--credentials", path, "http://e.com/"]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^oauth1: [^\n]*\n( {2}https:\/\/[^\n]+\/errors#[a-z0-9-]+\n)?$/);
      expect(stderr).toMatch(message);
      expect(stderr).not.toContain(SECRET);
    });
  }
});

describe("help", () => {
  for (const args of [[], ["sign"], ["explain"], ["signer"], ["conformance", "run"]]) {
    it(`${args.join(" ")} --help has examples`, async () => {
      const { code, stdout } = await oauth1([...args, "--help"]);
      expect(code).toBe(0);
      expect(stdout).toContain("Examples:\n  $ ");
    });
  }

  it("--version prints the version", async () => {
    expect((await oauth1(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

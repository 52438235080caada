// Terminal control characters in the output of each command for any input, and files with secrets
// that others can read.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { oauth1 } from "./run-oauth1.js";

const folder = mkdtempSync(join(tmpdir(), "oauth1-terminal-"));
afterAll(() => rmSync(folder, { recursive: true }));

const env = {
  OAUTH1_CLIENT_IDENTIFIER: "dpf43f3p2l4k3l03",
  OAUTH1_CLIENT_SHARED_SECRET: "kd94hf93k423kf44",
};
/** Changes title and colours, clears, rings, reorders; also with the one-octet controls. */
const HOSTILE = "\u001b]0;owned\u0007\u001b[2J\u009b31m\u202egnp.exe\r\b\u007f";
const ACTS = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Surrogate}]/u;
const url = "https://photos.example.net/photos";

const hostileFile = join(folder, "base-string.txt");
writeFileSync(hostileFile, `GET&${HOSTILE}&a%3D${HOSTILE}`);

/** Protocol parameters whose values act on a terminal. */
function hostileParameters(method: string): string {
  const hostile = encodeURIComponent(HOSTILE);
  return (
    `oauth_consumer_key="${hostile}", oauth_signature_method="${method}", ` +
    `oauth_timestamp="1", oauth_nonce="${hostile}", oauth_version="${hostile}", ` +
    `oauth_${hostile}="${hostile}", oauth_signature="AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D"`
  );
}

describe("the output does not control the terminal for", () => {
  const commands: [name: string, args: string[], input?: string][] = [
    ["an unknown command", [HOSTILE]],
    ["an unknown option", ["sign", `--${HOSTILE}`, url]],
    ["a malformed URL", ["sign", `https://a.example/${HOSTILE}`]],
    ["a method", ["sign", "-X", HOSTILE, url]],
    ["a header", ["sign", "--json", "-H", `X-A: ${HOSTILE}`, url]],
    ["a missing file", ["sign", "--credentials", HOSTILE, url]],
    ["a realm", ["sign", "--json", "--realm", HOSTILE, url]],
    ["a signature method", ["sign", "--method", HOSTILE, url]],
    ["data, as JSON", ["sign", "--json", "-d", `a=${HOSTILE}`, url]],
    ["data, explained", ["explain", "-d", `a=${HOSTILE}`, url]],
    ["data, explained as JSON", ["explain", "--json", "-d", `a=${HOSTILE}`, url]],
    ["a URL to verify", ["verify", `https://a.example/${HOSTILE}`]],
    [
      "a client to verify",
      [
        "verify",
        "-H",
        `Authorization: OAuth oauth_consumer_key="${encodeURIComponent(HOSTILE)}", ` +
          'oauth_signature_method="PLAINTEXT", oauth_signature="kd94hf93k423kf44%26"',
        url,
      ],
    ],
    [
      "a client to verify, as JSON",
      [
        "verify",
        "--json",
        "-H",
        `Authorization: OAuth realm="a", oauth_consumer_key="${encodeURIComponent(HOSTILE)}", ` +
          'oauth_signature_method="PLAINTEXT", oauth_signature="kd94hf93k423kf44%26"',
        url,
      ],
    ],
    [
      "a request that is not verified",
      ["verify", "-H", `Authorization: OAuth ${HOSTILE}="a"`, url],
    ],
    ["a URL to diagnose", ["diagnose", `https://a.example/${HOSTILE}`]],
    [
      "a request to diagnose",
      ["diagnose", "-H", `Authorization: OAuth ${hostileParameters("HMAC-SHA1")}`, url],
    ],
    [
      "a request to diagnose, as JSON",
      ["diagnose", "--json", "-H", `Authorization: OAuth ${hostileParameters("PLAINTEXT")}`, url],
    ],
    [
      "a base string that a client claims",
      [
        ...["diagnose", "--base-string", hostileFile],
        ...["-H", `Authorization: OAuth ${hostileParameters("HMAC-SHA1")}`, url],
      ],
    ],
    ["a folder of the console", ["console", "--redis-url", HOSTILE]],
    ["a port", ["console", "--port", HOSTILE]],
    ["a callback", ["provider", "--callback", HOSTILE]],
    ["a program", ["conformance", "run", "--", HOSTILE]],
    ["a topic", ["conformance", "run", "--topic", HOSTILE, "--", "true"]],
  ];
  it.each(commands)("%s", async (_, args, input = "") => {
    const { stdout, stderr } = await oauth1(args, { env, input });
    expect(stdout + stderr).not.toBe("");
    expect(stdout).not.toMatch(ACTS);
    expect(stderr).not.toMatch(ACTS);
    expect(stderr).not.toMatch(/ {4}at /); // no stack
  });

  it.each(["sign", "explain"])(
    "%s rejects a URL with a password, and does not show it",
    async (command) => {
      const { code, stdout, stderr } = await oauth1([command, "https://u:hunter2@a.example/"], {
        env,
      });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toBe("oauth1: the URL must not contain a user name or password\n");
    },
  );

  it("keeps the escaped text in JSON", async () => {
    const { stdout } = await oauth1(["sign", "--json", "-H", "X-A: a\u009bb", url], { env });
    expect(JSON.parse(stdout).headers["X-A"]).toBe("a\u009bb");
  });
});

describe.skipIf(process.platform === "win32")("a file with secrets", () => {
  const text = JSON.stringify({
    client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
  });
  it.each([0o644, 0o640, 0o604, 0o666])(
    "that others can read gets a warning, and is used (mode %i)",
    async (mode) => {
      const path = join(folder, `key-${mode}.json`);
      writeFileSync(path, text);
      chmodSync(path, mode);
      const { code, stdout, stderr } = await oauth1(["sign", "--credentials", path, url]);
      expect(code).toBe(0);
      expect(stdout).toContain("Authorization: OAuth");
      expect(stderr).toBe(
        `oauth1: warning: --credentials: other users can read "${path}" (mode 0${mode.toString(8)}); run chmod 600 on it\n`,
      );
    },
  );

  it.each([0o600, 0o400])("that nobody else can read does not (mode %i)", async (mode) => {
    const path = join(folder, `own-${mode}.json`);
    writeFileSync(path, text);
    chmodSync(path, mode);
    const { code, stderr } = await oauth1(["sign", "--credentials", path, url]);
    expect([code, stderr]).toEqual([0, ""]);
  });

  it("from standard input does not", async () => {
    const { code, stderr } = await oauth1(["sign", "--credentials", "-", url], { input: text });
    expect([code, stderr]).toEqual([0, ""]);
  });
});

describe("a .env file", () => {
  it.each<[string, string, string]>([
    ["plain", "kd94hf93k423kf44", "kd94hf93k423kf44"],
    ["in double quotes", '"a b#c"', "a b#c"],
    ["in single quotes", "'a \"b\" $c'", 'a "b" $c'],
    ["in backticks", "`a'b\"c`", "a'b\"c"],
    ["with a line break between quotes", '"a\nb"', "a\nb"],
    ["with \\n between double quotes", '"a\\nb"', "a\nb"],
    ["with a comment after it", "abc # the secret", "abc"],
    ["with = and &", "a=b&c", "a=b&c"],
    ["that is empty, but a secret", '""', ""],
  ])("can contain a value %s", async (_, written, secret) => {
    const path = join(folder, "test.env");
    const lines = `# keys\nexport OAUTH1_CLIENT_IDENTIFIER=dpf43f3p2l4k3l03\r\nOAUTH1_CLIENT_SHARED_SECRET=${written}\n`;
    writeFileSync(path, lines, { mode: 0o600 });
    const args = ["sign", "--json", "--method", "PLAINTEXT", "--credentials", path, url];
    const { code, stdout, stderr } = await oauth1(args);
    expect([code, stderr]).toEqual([0, ""]);
    // RFC 5849 §3.4.4: the encoded secrets, joined by &.
    expect(JSON.parse(stdout).signature).toBe(
      `${encodeURIComponent(secret).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)}&`,
    );
  });
});

import { createHmac, generateKeyPairSync, verify } from "node:crypto";
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

const SECRET = "s3cr3t s3cr3t";
const TOKEN_SECRET = "t0k3n t0k3n";
const PASSPHRASE = "a passphrase & %";
const url = "https://photos.example.net/photos?size=original";
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const keyFile = file("key.pem", pem);
const encryptedKeyFile = file(
  "encrypted.pem",
  privateKey
    .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: PASSPHRASE })
    .toString(),
);

const env = {
  OAUTH1_CLIENT_IDENTIFIER: "client",
  OAUTH1_CLIENT_SHARED_SECRET: SECRET,
  OAUTH1_TOKEN_IDENTIFIER: "token",
  OAUTH1_TOKEN_SHARED_SECRET: TOKEN_SECRET,
};
const { OAUTH1_CLIENT_IDENTIFIER } = env;
const rsaEnv = { OAUTH1_CLIENT_IDENTIFIER };

async function signed(method: string, args: string[], variables: Record<string, string>) {
  const { code, stdout, stderr } = await oauth1(
    ["sign", "--json", "--method", method, ...args, url],
    { env: variables },
  );
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const json = JSON.parse(stdout);
  expect(Object.fromEntries(json.protocolParameters)).toMatchObject({
    oauth_signature_method: method,
  });
  return json;
}

/** True if node:crypto accepts the signature as one of the test's own key. */
function isByKey(hash: string, json: { baseString: string; signature: string }): boolean {
  return verify(
    hash,
    Buffer.from(json.baseString),
    publicKey,
    Buffer.from(json.signature, "base64"),
  );
}

describe("sign --method signs with", () => {
  const key = `${encodeURIComponent(SECRET)}&${encodeURIComponent(TOKEN_SECRET)}`;

  it.each(["SHA1", "SHA256", "SHA512"])("HMAC-%s", async (hash) => {
    const { baseString, signature } = await signed(`HMAC-${hash}`, [], env);
    expect(signature).toBe(createHmac(hash, key).update(baseString).digest("base64"));
  });

  it("PLAINTEXT", async () => {
    expect((await signed("PLAINTEXT", [], env)).signature).toBe(key);
  });

  it.each(["SHA1", "SHA256", "SHA512"])("RSA-%s, without a shared-secret", async (hash) => {
    const json = await signed(`RSA-${hash}`, ["--key", keyFile], rsaEnv);
    expect(isByKey(hash, json)).toBe(true);
  });
});

describe("sign reads the private key", () => {
  it("in encrypted form, with its passphrase from the environment", async () => {
    const variables = { ...rsaEnv, OAUTH1_KEY_PASSPHRASE: PASSPHRASE };
    const json = await signed("RSA-SHA256", ["--key", encryptedKeyFile], variables);
    expect(isByKey("SHA256", json)).toBe(true);
  });

  it("from the environment", async () => {
    const json = await signed("RSA-SHA256", [], { ...rsaEnv, OAUTH1_CLIENT_PRIVATE_KEY: pem });
    expect(isByKey("SHA256", json)).toBe(true);
  });

  it("from a JSON file, a .env file and standard input", async () => {
    const client = { identifier: "client", privateKey: pem };
    const json = file("credentials.json", JSON.stringify({ client }));
    const dotEnv = file(
      "credentials.env",
      `OAUTH1_CLIENT_IDENTIFIER=client\nOAUTH1_CLIENT_PRIVATE_KEY="${pem}"\n`,
    );
    for (const path of [json, dotEnv]) {
      const found = await signed("RSA-SHA256", ["--credentials", path], {});
      expect(isByKey("SHA256", found)).toBe(true);
    }
    const { stdout } = await oauth1(
      ["sign", "--json", "--method", "RSA-SHA512", "--key", "-", url],
      { env: rsaEnv, input: pem },
    );
    expect(isByKey("SHA512", JSON.parse(stdout))).toBe(true);
  });

  it("from the option before the environment", async () => {
    const variables = { ...rsaEnv, OAUTH1_CLIENT_PRIVATE_KEY: "another" };
    const json = await signed("RSA-SHA256", ["--key", keyFile], variables);
    expect(isByKey("SHA256", json)).toBe(true);
  });
});

describe("oauth_body_hash", () => {
  const text = ["-H", "Content-Type: text/plain", "-d", "Hello World!"];

  it("is added for a body that is not a form", async () => {
    // The example of the OAuth Request Body Hash extension.
    const json = await signed("HMAC-SHA1", ["--body-hash", ...text], env);
    expect(Object.fromEntries(json.protocolParameters)).toMatchObject({
      oauth_body_hash: "Lve95gjOVATpfV8EL5X4nxwjKHE=",
    });
    expect(json.body).toBe("Hello World!");
  });

  it("is shown among the parameters by explain", async () => {
    const { stdout } = await oauth1(["explain", "--body-hash", ...text, url], { env });
    expect(stdout).toContain("oauth_body_hash%3DLve95gjOVATpfV8EL5X4nxwjKHE%253D");
  });

  it("is omitted without --body-hash", async () => {
    const { baseString } = await signed("HMAC-SHA1", text, env);
    expect(baseString).not.toContain("oauth_body_hash");
  });
});

describe("PLAINTEXT over http", () => {
  const http = "http://photos.example.net/photos";
  const args = ["sign", "--method", "PLAINTEXT"];

  it("is rejected", async () => {
    const { code, stdout, stderr } = await oauth1([...args, http], { env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(
      /^oauth1: url: must be https, [^\n]*; --allow-insecure-transport [^\n]*\n$/,
    );
  });

  it("is signed with --allow-insecure-transport", async () => {
    const { code, stdout } = await oauth1([...args, "--allow-insecure-transport", http], { env });
    expect(code).toBe(0);
    expect(stdout).toContain('oauth_signature="s3cr3t%2520s3cr3t%26t0k3n%2520t0k3n"');
  });
});

describe("explain never prints a secret", () => {
  const secrets = /s3cr3t|t0k3n/;

  for (const format of [[], ["--json"]]) {
    for (const transmission of ["header", "query", "form-body"]) {
      it(`of PLAINTEXT, ${transmission} ${format}`, async () => {
        const { code, stdout } = await oauth1(
          [
            ...["explain", "--method", "PLAINTEXT", "--transmission", transmission],
            ...format,
            `${url}&oauth_signature_of=a`,
          ],
          { env },
        );
        expect(code).toBe(0);
        expect(stdout).toContain("••••••••&••••••••");
        expect(stdout).toContain("RFC 5849 §3.4.4");
        expect(stdout).not.toMatch(secrets);
      });
    }

    it(`of RSA ${format}`, async () => {
      const { code, stdout } = await oauth1(
        ["explain", "--method", "RSA-SHA256", "--key", keyFile, ...format, url],
        { env },
      );
      expect(code).toBe(0);
      expect(stdout).toContain("RFC 5849 §3.4.3");
      expect(stdout).toContain("2048");
      expect(stdout).toContain(`--key ${keyFile}`);
      for (const line of pem.trim().split("\n")) expect(stdout).not.toContain(line);
      expect(stdout).not.toMatch(secrets);
    });
  }
});

describe("bad keys end with exit code 2 and one message without the key", () => {
  const small = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey;
  const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
  const pkcs8 = { type: "pkcs8", format: "pem" } as const;
  const files: [name: string, text: string, message: RegExp][] = [
    [
      "public.pem",
      String(publicKey.export({ type: "spki", format: "pem" })),
      /needs a private key/,
    ],
    ["small.pem", String(small.export(pkcs8)), /not 1024/],
    ["elliptic.pem", String(elliptic.export(pkcs8)), /must be an RSA key/],
    ["half.pem", pem.slice(0, 400), /oauth1: /],
    ["none.pem", `no PEM, ${SECRET}`, /oauth1: /],
    ["empty.pem", "", /oauth1: /],
  ];
  const sign = ["sign", "--method", "RSA-SHA256"];
  const cases: [args: string[], variables: Record<string, string>, message: RegExp][] = [
    ...files.map(
      ([name, text, message]) =>
        [[...sign, "--key", file(name, text)], rsaEnv, message] as (typeof cases)[number],
    ),
    [sign, env, /missing client private key: pass --key, set OAUTH1_CLIENT_PRIVATE_KEY or name/],
    [[...sign, "--key", "missing.pem"], rsaEnv, /--key: cannot read "missing.pem"/],
    [[...sign, "--key", encryptedKeyFile], rsaEnv, /; set OAUTH1_KEY_PASSPHRASE$/m],
    [
      [...sign, "--key", encryptedKeyFile],
      { ...rsaEnv, OAUTH1_KEY_PASSPHRASE: SECRET },
      /passphrase/,
    ],
    [
      ["sign", "--key", keyFile],
      env,
      /--key must be omitted, or --method must be an RSA method: it is HMAC-SHA1/,
    ],
    [[...sign, "--key", "-", "-d", "@-"], rsaEnv, /standard input can be read only once/],
    [
      ["sign", "--method", "PLAINTEXT", "--body-hash"],
      env,
      /oauth_body_hash: PLAINTEXT has no hash/,
    ],
    [
      ["sign", "--body-hash", "-d", "a=1"],
      env,
      /oauth_body_hash: a form body must not have a body hash/,
    ],
  ];
  it.each(cases)("%j", async (args, variables, message) => {
    const { code, stdout, stderr } = await oauth1([...args, url], { env: variables });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^oauth1: [^\n]*\n( {2}https:\/\/[^\n]+\/errors#[a-z0-9-]+\n)?$/);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("unexpected");
    expect(stderr).not.toContain(SECRET);
    expect(stderr).not.toContain(pem.split("\n")[1]);
  });
});

// The command `serve` with test credentials, as a script uses it.
import { spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { CheckedRequest, TestCredentials } from "@oauth1/conformance";
import { rsaSha1Sync } from "@oauth1/signature-methods/sync/rsa-sha1";
import { createSigner } from "@oauth1/signer";
import { afterAll, afterEach, describe, expect, it } from "vitest";

const bin = fileURLToPath(new URL("../bin/oauth1-conformance.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "oauth1-serve-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const SECRETS = ["first secret", "second secret"] as const;
const variables = {
  OAUTH1_CLIENT_IDENTIFIER: "a client",
  OAUTH1_CLIENT_SHARED_SECRET: SECRETS[0],
  OAUTH1_TOKEN_IDENTIFIER: "a token",
  OAUTH1_TOKEN_SHARED_SECRET: SECRETS[1],
};
const given: TestCredentials = {
  client: { identifier: "a client", sharedSecret: SECRETS[0] },
  token: { identifier: "a token", sharedSecret: SECRETS[1] },
};

interface Listening {
  readonly type: "listening";
  readonly origin: string;
  readonly client: { identifier: string; sharedSecret?: string; privateKey?: string };
  readonly token: { identifier: string; sharedSecret?: string };
}

const started: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of started.splice(0)) await stop();
});

/** Starts the command, and reads its first line. */
async function serve(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, [bin, "serve", "--port", "0", ...args], {
    env: { PATH: process.env["PATH"], ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  started.push(() => {
    child.kill();
    return closed;
  });
  const printed: string[] = [];
  const lines = createInterface({ input: child.stdout });
  const queue = lines[Symbol.asyncIterator]();
  const next = async () => {
    const { value } = await queue.next();
    printed.push(value);
    return value as string;
  };
  return { first: await next(), next, printed };
}

async function statusOf(origin: string, credentials: TestCredentials): Promise<number> {
  const { url, headers } = createSigner(credentials).sign({ method: "GET", url: `${origin}/a` });
  const response = await fetch(url, { headers: headers as Record<string, string> });
  await response.text();
  return response.status;
}

describe("serve --json", () => {
  it("prints its address and random credentials, then one line for each check", async () => {
    const { first, next } = await serve(["--json"]);
    const { type, origin, client, token }: Listening = JSON.parse(first);
    expect(type).toBe("listening");
    const { sharedSecret = "" } = client;
    const random = {
      client: { identifier: client.identifier, sharedSecret },
      token: { identifier: token.identifier, sharedSecret: token.sharedSecret ?? "" },
    };
    expect(new Set([client.identifier, sharedSecret, token.identifier]).size).toBe(3);
    expect(await statusOf(origin, random)).toBe(200);
    expect(await statusOf(origin, given)).toBe(401);

    const checks = [JSON.parse(await next()), JSON.parse(await next())] as CheckedRequest[];
    expect(checks.map(({ valid }) => valid)).toEqual([true, false]);
    expect(checks[0]).toMatchObject({ type: "check", method: "GET", url: `${origin}/a` });
  });

  it("takes the credentials from variables, and does not print their secrets", async () => {
    const { first, next, printed } = await serve(["--json"], variables);
    const { origin, client, token }: Listening = JSON.parse(first);
    expect([client, token]).toEqual([{ identifier: "a client" }, { identifier: "a token" }]);
    expect(await statusOf(origin, given)).toBe(200);
    await next();
    for (const secret of SECRETS) expect(printed.join()).not.toContain(secret);
  });

  it("takes the credentials from options before variables", async () => {
    const options = [
      "--client-identifier",
      "another",
      "--client-shared-secret",
      "its secret",
      "--token-shared-secret",
      "",
    ];
    const { first } = await serve(["--json", ...options], variables);
    const { origin }: Listening = JSON.parse(first);
    expect(
      await statusOf(origin, {
        client: { identifier: "another", sharedSecret: "its secret" },
        token: { identifier: "a token", sharedSecret: "" },
      }),
    ).toBe(200);
  });

  it("counts an empty variable as not set", async () => {
    const empty = Object.fromEntries(Object.keys(variables).map((name) => [name, ""]));
    const { first } = await serve(["--json"], { ...empty, OAUTH1_CLIENT_PRIVATE_KEY: "" });
    const { client, token }: Listening = JSON.parse(first);
    expect([client, token]).toEqual([
      { identifier: expect.stringMatching(/./), sharedSecret: expect.stringMatching(/./) },
      { identifier: expect.stringMatching(/./), sharedSecret: expect.stringMatching(/./) },
    ]);
  });

  it.each([
    ["a file", () => ({ args: ["--key", file("key.pem", privateKey)], env: {}, key: privateKey })],
    [
      "a variable",
      () => ({ args: [], env: { OAUTH1_CLIENT_PRIVATE_KEY: privateKey }, key: privateKey }),
    ],
    ["its own making", () => ({ args: ["--rsa"], env: {}, key: undefined })],
  ])("checks RSA with a private key of %s", async (_where, make) => {
    const { args, env, key } = make();
    const { first } = await serve(["--json", ...args], { ...variables, ...env });
    const { origin, client }: Listening = JSON.parse(first);
    expect(client.privateKey === undefined).toBe(key !== undefined);
    const signer = createSigner({
      client: { identifier: "a client", privateKey: key ?? client.privateKey ?? "" },
      token: { identifier: "a token", sharedSecret: "" },
      signatureMethod: rsaSha1Sync,
    });
    const { url, headers } = signer.sign({ method: "GET", url: `${origin}/a` });
    const response = await fetch(url, { headers: headers as Record<string, string> });
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringContaining("Valid"),
    ]);
  });
});

describe("serve", () => {
  it("prints in its first line that it listens, and shows random secrets but not given ones", async () => {
    const { first, next, printed } = await serve([], {
      ...variables,
      OAUTH1_TOKEN_SHARED_SECRET: undefined,
    });
    const [origin = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(first) ?? [];
    expect((await fetch(`${origin}/a`)).status).toBe(401);
    for (let line = 1; line < 5; line++) await next();
    expect(printed.slice(1)).toEqual([
      "client identifier     a client",
      "client shared-secret  (as given)",
      "token identifier      a token",
      expect.stringMatching(/^token shared-secret {3}[\da-f]{24}$/),
    ]);
  });

  it.each<[readonly string[], NodeJS.ProcessEnv, RegExp]>([
    [["--key", join(folder, "missing.pem")], {}, /--key \S+: cannot be read: ENOENT/],
    [
      ["--key", file("wrong.pem", "first secret")],
      {},
      /--key \S+: must be an RSA private key in PEM, without a passphrase, of at least 2048 bits/,
    ],
    [
      [],
      { OAUTH1_CLIENT_PRIVATE_KEY: "first secret" },
      /: OAUTH1_CLIENT_PRIVATE_KEY: must be an RSA private key in PEM/,
    ],
    [["--client-identifier", ""], {}, /: client\.identifier must be a non-empty string/],
    [["--token-identifier", ""], {}, /: token\.identifier must be a non-empty string/],
  ])("rejects %j with %j in one line", (args, env, message) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [bin, "serve", "--port", "0", ...args],
      { env: { PATH: process.env["PATH"], ...env }, encoding: "utf8" },
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^oauth1-conformance: [^\n]+\n$/);
    expect(stderr).not.toContain("first secret");
  });
});

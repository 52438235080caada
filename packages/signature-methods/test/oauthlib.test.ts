import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { fileURLToPath } from "node:url";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RSA_CASES } from "./rsa-methods.js";

const PYTHON = "/usr/bin/python3";
const isMissing = spawnSync(PYTHON, ["-c", "import oauthlib, jwt, cryptography"]).status !== 0;
/** In CI the tests fail instead. */
const isSkipped = isMissing && !process.env["CI"];
if (isSkipped) {
  console.warn(`SKIPPED: agreement with oauthlib: ${PYTHON} needs oauthlib, jwt and cryptography`);
}

const REQUESTS_EACH = 200;
const METHODS = [
  ...[hmacSha1, hmacSha256, hmacSha512, plaintext].map((method) => ({
    name: method.name,
    method,
    platform: "any platform",
  })),
  ...RSA_CASES,
];

interface Asked {
  readonly signatureMethod: string;
  readonly identifier: string;
  readonly clientSharedSecret: string;
  readonly token: string | null;
  readonly tokenSharedSecret: string | null;
  readonly method: string;
  readonly url: string;
}

const text = (minLength = 0) => fc.string({ unit: "grapheme", minLength, maxLength: 20 });

const request = fc
  .record({
    identifier: text(1),
    clientSharedSecret: text(1),
    token: fc.option(fc.tuple(text(1), text(1))),
    method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH"),
    scheme: fc.constantFrom("http", "https"),
    host: fc.domain(),
    path: fc.webPath(),
    query: fc.array(fc.tuple(text(), text()), { maxLength: 5 }),
  })
  .map(({ token, scheme, host, path, query, ...rest }) => ({
    ...rest,
    token: token?.[0] ?? null,
    tokenSharedSecret: token?.[1] ?? null,
    url: `${scheme}://${host}${path || "/"}?${new URLSearchParams(query)}`,
  }));

describe.skipIf(isSkipped)("agreement with oauthlib", () => {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  const asked: Asked[] = [...new Set(METHODS.map(({ name }) => name))].flatMap((name) =>
    fc.sample(request, REQUESTS_EACH).map((each) => ({ ...each, signatureMethod: name })),
  );
  let answers: { baseString: string; signature: string }[] | undefined;

  /** One process for all tests, started when the first needs it. */
  function oauthlib() {
    if (answers) return answers;
    const script = fileURLToPath(new URL("oauthlib-signatures.py", import.meta.url));
    const input = [{ privateKey }, ...asked].map((each) => JSON.stringify(each)).join("\n");
    const { status, stdout, stderr } = spawnSync(PYTHON, ["-W", "ignore", script], {
      input,
      encoding: "utf8",
      maxBuffer: 1e8,
    });
    expect(status, stderr).toBe(0);
    answers = stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(answers).toHaveLength(asked.length);
    return answers;
  }

  it.each(METHODS)("$name by $platform", async ({ name, method }) => {
    let compared = 0;
    for (const [index, { baseString, signature }] of oauthlib().entries()) {
      const { signatureMethod, clientSharedSecret, tokenSharedSecret } = asked[index] as Asked;
      if (signatureMethod !== name) continue;
      const client = { sharedSecret: clientSharedSecret, privateKey };
      const verifier = { sharedSecret: clientSharedSecret, publicKey };
      const token = tokenSharedSecret === null ? undefined : { sharedSecret: tokenSharedSecret };
      expect(await method.prepareToSign(client, token)(baseString), baseString).toBe(signature);
      expect(await method.prepareToVerify(verifier, token)(baseString, signature)).toBe(true);
      compared++;
    }
    expect(compared).toBe(REQUESTS_EACH);
  });
});

import { generateKeyPairSync, randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import { commandImplementation, type SignInput } from "@oauth1/conformance";
import { arbitraries } from "@oauth1/properties";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bin, run } from "./run-oauth1.js";

const PYTHON = "/usr/bin/python3";
const modules = "oauthlib, jwt, cryptography";
const { code } = await run(PYTHON, ["-c", `import ${modules}`]).catch(() => ({ code: 1 }));
const isSkipped = code !== 0 && !process.env["CI"];
if (isSkipped) console.warn(`SKIPPED: agreement with oauthlib, because ${PYTHON} lacks ${modules}`);

const seed = Number(process.env["OAUTH1_SEED"] ?? randomInt(2 ** 31));
console.log(`OAUTH1_SEED=${seed}`);

const COUNT = process.env["OAUTH1_DEEP"] === "1" ? 2000 : 500;
const counts: readonly [signatureMethod: string, count: number][] = [
  ["HMAC-SHA1", 5 * COUNT],
  ["HMAC-SHA256", COUNT],
  ["HMAC-SHA512", COUNT],
  ["RSA-SHA1", COUNT],
  ["RSA-SHA256", COUNT],
  ["RSA-SHA512", COUNT],
  ["PLAINTEXT", COUNT],
];

const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});

/**
 * Requests that oauthlib can sign: it drops an empty `;` at the end of the path, and rejects some
 * characters in a query that a client can send.
 */
const request: fc.Arbitrary<SignInput> = fc
  .record({
    request: arbitraries.requestToSign,
    transmission: fc.constantFrom("header", "query", "form-body"),
  })
  .map(({ request: { input }, transmission }) => ({
    ...input,
    transmission: transmission === "form-body" && input.form === null ? "header" : transmission,
  }))
  .filter(({ url }) => {
    const [, path = "", query = ""] = /^([^?#]*)(?:\?([^#]*))?/.exec(url) ?? [];
    return !path.endsWith(";") && /^[\w.~%=&;:+,*@!()/?'$-]*$/.test(query);
  });

function requests(): SignInput[] {
  const numRuns = counts.reduce((sum, [, count]) => sum + count, 0);
  const inputs = fc.sample(request, { seed, numRuns });
  return counts.flatMap(([signatureMethod, count]) =>
    inputs.splice(0, count).map((input) => ({
      ...input,
      signatureMethod,
      client: signatureMethod.startsWith("RSA-") ? { ...input.client, privateKey } : input.client,
    })),
  );
}

interface Signed {
  readonly baseString?: string;
  readonly signature?: string;
}

async function signedBySigner(inputs: readonly SignInput[]): Promise<Signed[]> {
  const signer = await commandImplementation(process.execPath, [bin, "signer"]);
  try {
    const signed: Signed[] = [];
    for (const input of inputs) {
      const { baseString = "none", signature = "none" } = (await signer.sign?.(input)) ?? {};
      signed.push({ baseString, signature });
    }
    return signed;
  } finally {
    await signer.close?.();
  }
}

async function signedByOauthlib(inputs: readonly SignInput[]): Promise<Signed[]> {
  const script = fileURLToPath(new URL("agreement.py", import.meta.url));
  const { stdout, stderr } = await run(PYTHON, [script], {
    input: inputs.map((input) => `${JSON.stringify(input)}\n`).join(""),
  });
  expect(stderr).toBe("");
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe.skipIf(isSkipped)("oauth1 signer and oauthlib compute the same signatures", () => {
  it(`for ${11 * COUNT} random requests`, async () => {
    const inputs = requests();
    const [ours, theirs] = await Promise.all([signedBySigner(inputs), signedByOauthlib(inputs)]);
    expect(theirs).toHaveLength(inputs.length);
    const differing = inputs.flatMap((input, index) =>
      ours[index]?.baseString === theirs[index]?.baseString &&
      ours[index]?.signature === theirs[index]?.signature
        ? []
        : [{ input, ours: ours[index], theirs: theirs[index] }],
    );
    expect(differing.slice(0, 3)).toEqual([]);
    for (const [signatureMethod, count] of counts) {
      const signed = inputs.filter((input) => input.signatureMethod === signatureMethod);
      expect(signed).toHaveLength(count);
    }
  });
});

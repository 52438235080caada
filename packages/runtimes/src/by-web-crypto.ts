import type { Implementation } from "@oauth1/conformance";
import { arbitraries } from "@oauth1/properties";
import { signatureMethods } from "@oauth1/signature-methods/registry";
import fc from "fast-check";
import { encode } from "./encode.js";
import type { Check, RunOptions } from "./runtime-report.js";

/**
 * Compares random signatures of the HMAC methods (RFC 5849 §3.4.2) with Web Crypto, which every
 * runtime has and no HMAC method here uses.
 */
export async function checkByWebCrypto(
  implementation: Implementation,
  options: RunOptions,
): Promise<Check[]> {
  const checks: Check[] = [];
  for (const { name, keyType, hash } of signatureMethods) {
    if (keyType !== "shared-secret" || hash === undefined) continue;
    checks.push(await checkMethod(implementation, name, hash, options));
  }
  return checks;
}

async function checkMethod(
  { signature }: Implementation,
  signatureMethod: string,
  hash: string,
  { seed, cases }: RunOptions,
): Promise<Check> {
  const id = `${signatureMethod}/by-web-crypto`;
  if (signature === undefined) return { id, outcome: "unsupported" };
  const inputs = fc.record({
    baseString: arbitraries.text,
    clientSharedSecret: arbitraries.sharedSecret,
    tokenSharedSecret: arbitraries.sharedSecret,
  });
  let expected: unknown;
  let received: unknown;
  const property = fc.asyncProperty(inputs, async (input) => {
    received = undefined;
    const key = `${encode(input.clientSharedSecret)}&${encode(input.tokenSharedSecret)}`;
    expected = await hmac(hash, key, input.baseString);
    received = await signature({ ...input, signatureMethod });
    return received === expected;
  });
  const details = await fc.check(property, { seed, numRuns: cases });
  return details.failed
    ? { id, outcome: "failed", input: details.counterexample?.[0], expected, received }
    : { id, outcome: "passed" };
}

async function hmac(hash: string, key: string, message: string): Promise<string> {
  const octets = new TextEncoder();
  const algorithm = { name: "HMAC", hash };
  const imported = await crypto.subtle.importKey("raw", octets.encode(key), algorithm, false, [
    "sign",
  ]);
  const digest = await crypto.subtle.sign("HMAC", imported, octets.encode(message));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

import {
  KeyError,
  type RsaMethod,
  type RsaSigningClient,
  type RsaSyncMethod,
  type RsaVerifyingClient,
} from "@oauth1/signature-methods";
import { rsaSha1 } from "@oauth1/signature-methods/rsa-sha1";
import { rsaSha1Sync } from "@oauth1/signature-methods/sync/rsa-sha1";
import { beforeAll, describe, expect, it } from "vitest";
import { generateRsa, type KeyFiles, PASSPHRASE, pemForms, withoutOpenssl } from "./openssl.js";

const STEP = 97;

/** The texts whose octets are cut: each is a complete PEM block with fewer octets. */
function truncatedInside(pem: string): string[] {
  const [, begin = "", headers = "", body = "", end = ""] =
    /^(-----BEGIN [^\n]+\n)((?:[\w-]+: [^\n]+\n)*\n?)([^-]+)(-----END [^\n]+\n)/m.exec(pem) ?? [];
  const octets = Buffer.from(body, "base64");
  return Array.from({ length: Math.ceil(octets.length / STEP) }, (_, index) => {
    const shorter = octets.subarray(0, index * STEP).toString("base64");
    return `${begin}${headers}${shorter.replace(/.{1,64}/g, "$&\n")}${end}`;
  });
}

/** The text itself cut short. */
function truncatedText(pem: string): string[] {
  return Array.from({ length: Math.ceil(pem.trimEnd().length / STEP) }, (_, index) =>
    pem.slice(0, index * STEP),
  );
}

async function outcome(use: () => unknown): Promise<unknown> {
  try {
    return await use();
  } catch (error) {
    return error;
  }
}

let pem: KeyFiles;

beforeAll(() => {
  if (withoutOpenssl) return;
  generateRsa("key");
  pem = pemForms("key");
});

describe.skipIf(withoutOpenssl).each<[string, RsaMethod | RsaSyncMethod]>([
  ["Web Crypto", rsaSha1],
  ["node:crypto", rsaSha1Sync],
])("a truncated key, by %s", (_, method) => {
  it.each([
    ["private", "PKCS#8"],
    ["private", "PKCS#1"],
    ["private", "encrypted PKCS#8"],
    ["private", "encrypted PKCS#1"],
    ["public", "SPKI"],
    ["public", "PKCS#1 public"],
    ["public", "certificate of version 3"],
    ["public", "certificate of version 1"],
  ] as const)("of the %s form %s is rejected with a KeyError", async (half, form) => {
    const whole = pem[half][form] ?? "";
    const shortened = [...truncatedInside(whole), ...truncatedText(whole)];
    expect(shortened.length).toBeGreaterThan(6);
    for (const text of shortened) {
      const error = await outcome(() => {
        if (half === "public") {
          const client: RsaVerifyingClient = { publicKey: text };
          return method.prepareToVerify(client)("bs", "c2lnbmF0dXJl");
        }
        const client: RsaSigningClient = { privateKey: text, passphrase: PASSPHRASE };
        return method.prepareToSign(client)("bs");
      });
      expect(error, text).toBeInstanceOf(KeyError);
    }
  });
});

import { createPrivateKey, createPublicKey, sign, webcrypto } from "node:crypto";
import type { RsaSigningClient, RsaVerifyingClient } from "@oauth1/signature-methods";
import { beforeAll, describe, expect, it } from "vitest";
import { generateRsa, type KeyFiles, PASSPHRASE, pemForms, withoutOpenssl } from "./openssl.js";
import { RSA_CASES } from "./rsa-methods.js";

const BASE_STRING = "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q";

let pem: KeyFiles;

beforeAll(() => {
  if (withoutOpenssl) return;
  generateRsa("key");
  pem = pemForms("key");
});

const privateKey = () => createPrivateKey(pem.private["PKCS#8"] ?? "");
const publicKey = () => createPublicKey(pem.public["SPKI"] ?? "");

/** Imports a key for Web Crypto. */
function imported(half: "private" | "public", hash: string) {
  const key = half === "private" ? privateKey() : publicKey();
  const type = half === "private" ? "pkcs8" : "spki";
  const der = Uint8Array.from(key.export({ type, format: "der" } as never) as unknown as Buffer);
  const usage = half === "private" ? "sign" : "verify";
  return webcrypto.subtle.importKey(type, der, { name: "RSASSA-PKCS1-v1_5", hash }, false, [usage]);
}

// RFC 8017 §8.2.1: without a salt, there is only one signature.
describe.skipIf(withoutOpenssl).each(RSA_CASES)(
  "$name by $platform",
  ({ method, hash, digest }) => {
    const signature = () => sign(digest, Buffer.from(BASE_STRING), privateKey()).toString("base64");

    it.each<[string, () => unknown, passphrase?: string]>([
      ["PKCS#8", () => pem.private["PKCS#8"]],
      ["PKCS#1", () => pem.private["PKCS#1"]],
      ["encrypted PKCS#8", () => pem.private["encrypted PKCS#8"], PASSPHRASE],
      ["encrypted PKCS#1", () => pem.private["encrypted PKCS#1"], PASSPHRASE],
      ["PEM after other text", () => `Bag Attributes\n${pem.private["PKCS#8"]}`],
      ["a JWK", () => privateKey().export({ format: "jwk" })],
      ["a JWK for its algorithm", () => jwkFor(privateKey().export({ format: "jwk" }))],
      ["a CryptoKey", () => imported("private", hash)],
      ["a KeyObject", privateKey],
    ])("signs with %s like node:crypto", async (_, key, passphrase) => {
      const client = { privateKey: await key(), passphrase } as RsaSigningClient;
      expect(await method.prepareToSign(client)(BASE_STRING)).toBe(signature());
    });

    it.each<[string, () => unknown]>([
      ["SPKI", () => pem.public["SPKI"]],
      ["PKCS#1", () => pem.public["PKCS#1 public"]],
      ["a certificate of version 3", () => pem.public["certificate of version 3"]],
      ["a certificate of version 1", () => pem.public["certificate of version 1"]],
      ["a JWK", () => publicKey().export({ format: "jwk" })],
      ["a JWK for its algorithm", () => jwkFor(publicKey().export({ format: "jwk" }))],
      [
        "a JWK with a member of the private half",
        () => withFactor(publicKey().export({ format: "jwk" })),
      ],
      ["a CryptoKey", () => imported("public", hash)],
      ["a KeyObject", publicKey],
    ])("verifies with %s what node:crypto signed", async (_, key) => {
      const verify = method.prepareToVerify({ publicKey: await key() } as RsaVerifyingClient);
      expect(await verify(BASE_STRING, signature())).toBe(true);
      expect(await verify(`${BASE_STRING}x`, signature())).toBe(false);
    });

    it.each(["", "=", "☃", "AA==\n"])(
      "does not verify %j, which is not a signature",
      async (text) => {
        expect(await method.prepareToVerify({ publicKey: publicKey() })(BASE_STRING, text)).toBe(
          false,
        );
      },
    );

    /** Not base64url. Without `d`, the key is public. */
    function withFactor(jwk: object) {
      return { ...jwk, p: "!" };
    }

    /** RFC 7518 §3.1, RFC 8812 §2: RS1, RS256, RS512. */
    function jwkFor(jwk: object) {
      return { ...jwk, alg: `RS${hash.slice("SHA-".length)}` };
    }
  },
);

import {
  createPrivateKey,
  createPublicKey,
  type JsonWebKey,
  type KeyObject,
  webcrypto,
} from "node:crypto";
import type { RsaSigningClient, RsaVerifyingClient } from "@oauth1/signature-methods";
import { beforeAll, describe, expect, it } from "vitest";
import {
  generateRsa,
  type KeyFiles,
  opensslSign,
  opensslVerifies,
  PASSPHRASE,
  pemForms,
  withoutOpenssl,
} from "./openssl.js";
import { RSA_CASES, type RsaCase } from "./rsa-methods.js";

// RFC 5849 §3.4.1.1, with a non-ASCII character, which is signed as UTF-8.
const BASE_STRING = "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D☃";

let pem: KeyFiles;
let privateKey: KeyObject;
let publicKey: KeyObject;

beforeAll(() => {
  if (withoutOpenssl) return;
  generateRsa("key");
  generateRsa("other");
  pem = pemForms("key");
  privateKey = createPrivateKey(pem.private["PKCS#8"] ?? "");
  publicKey = createPublicKey(pem.public["SPKI"] ?? "");
});

describe.skipIf(withoutOpenssl).each(RSA_CASES)("$name by $platform", (rsa: RsaCase) => {
  const { method, hash, digest } = rsa;

  async function cryptoKey(half: "private" | "public", extractable: boolean) {
    const algorithm = { name: "RSASSA-PKCS1-v1_5", hash };
    const der =
      half === "private"
        ? privateKey.export({ type: "pkcs8", format: "der" })
        : publicKey.export({ type: "spki", format: "der" });
    return webcrypto.subtle.importKey(
      half === "private" ? "pkcs8" : "spki",
      Uint8Array.from(der),
      algorithm,
      extractable,
      [half === "private" ? "sign" : "verify"],
    );
  }

  const signingForms: Record<string, () => Promise<RsaSigningClient> | RsaSigningClient> = {
    "PKCS#8": () => ({ privateKey: pem.private["PKCS#8"] ?? "" }),
    "PKCS#1": () => ({ privateKey: pem.private["PKCS#1"] ?? "" }),
    "encrypted PKCS#8": () => ({
      privateKey: pem.private["encrypted PKCS#8"] ?? "",
      passphrase: PASSPHRASE,
    }),
    "encrypted PKCS#1": () => ({
      privateKey: pem.private["encrypted PKCS#1"] ?? "",
      passphrase: PASSPHRASE,
    }),
    "PEM with CRLF and text round it": () => ({
      privateKey: `Bag Attributes\r\n${pem.private["PKCS#8"]?.replaceAll("\n", "\r\n")}\r\nafter`,
    }),
    JWK: () => ({ privateKey: privateKey.export({ format: "jwk" }) as JsonWebKey }),
    "JWK with members that bind it to another use": () => ({
      privateKey: { ...privateKey.export({ format: "jwk" }), use: "enc", key_ops: [], ext: false },
    }),
    "JWK with alg": () => ({
      privateKey: { ...privateKey.export({ format: "jwk" }), alg: `RS${hash.slice(4)}` },
    }),
    CryptoKey: async () => ({ privateKey: await cryptoKey("private", true) }),
    "CryptoKey that cannot be exported": async () => ({
      privateKey: await cryptoKey("private", false),
    }),
    KeyObject: () => ({ privateKey }),
  };

  const verifyingForms: Record<string, () => Promise<RsaVerifyingClient> | RsaVerifyingClient> = {
    SPKI: () => ({ publicKey: pem.public["SPKI"] ?? "" }),
    "PKCS#1 public": () => ({ publicKey: pem.public["PKCS#1 public"] ?? "" }),
    "certificate of version 3": () => ({
      publicKey: pem.public["certificate of version 3"] ?? "",
    }),
    "certificate of version 1": () => ({
      publicKey: pem.public["certificate of version 1"] ?? "",
    }),
    JWK: () => ({ publicKey: publicKey.export({ format: "jwk" }) as JsonWebKey }),
    CryptoKey: async () => ({ publicKey: await cryptoKey("public", true) }),
    KeyObject: () => ({ publicKey }),
  };

  it.each(Object.keys(signingForms))(
    "creates a signature with %s that openssl verifies",
    async (form) => {
      const client = await signingForms[form]?.();
      const sign = method.prepareToSign(client as RsaSigningClient);
      const signature = await sign(BASE_STRING);
      expect(opensslVerifies(digest, "key-public.pem", BASE_STRING, signature)).toBe(true);
      expect(opensslVerifies(digest, "other-public.pem", BASE_STRING, signature)).toBe(false);
      // PKCS#1 v1.5 has no salt, so there is only one signature (RFC 8017 §8.2.1).
      expect(signature).toBe(opensslSign(digest, "key.pem", BASE_STRING));
    },
  );

  it.each(Object.keys(verifyingForms))(
    "verifies with %s a signature that openssl created",
    async (form) => {
      const client = await verifyingForms[form]?.();
      const verify = method.prepareToVerify(client as RsaVerifyingClient);
      const signature = opensslSign(digest, "key.pem", BASE_STRING);
      expect(await verify(BASE_STRING, signature)).toBe(true);
      expect(await verify(`${BASE_STRING}x`, signature)).toBe(false);
      expect(await verify(BASE_STRING, opensslSign(digest, "other.pem", BASE_STRING))).toBe(false);
    },
  );

  it("rejects every wrong signature without throwing", async () => {
    const verify = method.prepareToVerify({ publicKey });
    const right = opensslSign(digest, "key.pem", BASE_STRING);
    const octets = Buffer.from(right, "base64");
    const wrong = [
      "",
      "=",
      "====",
      "☃",
      "\ud800",
      ` ${right}`,
      `${right}\n`,
      right.replace(/=+$/, ""),
      right.replaceAll("=", "%3D"),
      // The last character's low bits are not zero: another spelling of the same octets.
      right.replace(/[AQgw]==$/, (end) => `${{ A: "B", Q: "R", g: "h", w: "x" }[end[0] ?? ""]}==`),
      octets.subarray(1).toString("base64"),
      Buffer.concat([Buffer.of(0), octets]).toString("base64"),
      Buffer.alloc(256, 0xff).toString("base64"),
      Buffer.alloc(1e6).toString("base64"),
      opensslSign(digest === "sha1" ? "sha256" : "sha1", "key.pem", BASE_STRING),
      ...Array.from({ length: 32 }, (_, index) => {
        const flipped = Buffer.from(octets);
        flipped[index * 8] = (flipped[index * 8] ?? 0) ^ (1 << (index % 8));
        return flipped.toString("base64");
      }),
    ];
    expect(wrong).not.toContain(right);
    for (const signature of wrong) expect(await verify(BASE_STRING, signature)).toBe(false);
    expect(await verify(BASE_STRING, right)).toBe(true);
  });

  it("signs many base strings with one prepared key", async () => {
    const sign = method.prepareToSign({ privateKey });
    for (const text of ["", "a", "é".repeat(5000)]) {
      expect(await sign(text)).toBe(opensslSign(digest, "key.pem", text));
    }
  });

  it("signs with an RSA key, requires a nonce and does not reveal secrets", () => {
    expect(method).toMatchObject({
      name: rsa.name,
      keyType: "rsa",
      hash: rsa.hash,
      requiresNonce: true,
      revealsSecrets: false,
    });
  });
});

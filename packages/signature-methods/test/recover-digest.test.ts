import { constants, createHash, generateKeyPairSync, privateEncrypt, sign } from "node:crypto";
import { hashFunctions } from "@oauth1/signature-methods/hash-functions";
import { recoverDigest } from "@oauth1/signature-methods/recover-digest";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = publicKey.export({ format: "pem", type: "spki" }) as string;

describe("recoverDigest", () => {
  it.each([
    ["SHA-1", "sha1"],
    ["SHA-256", "sha256"],
    ["SHA-512", "sha512"],
  ])("recovers a digest of %s that node:crypto signed", (hash, algorithm) => {
    fc.assert(
      fc.property(fc.uint8Array(), (text) => {
        expect(recoverDigest({ publicKey: pem }, sign(algorithm, text, privateKey))).toEqual({
          hash,
          digest: createHash(algorithm).update(text).digest("base64"),
        });
      }),
      { numRuns: 20 },
    );
  });

  it("reads PEM of both kinds, a JSON Web Key and a KeyObject", () => {
    const signature = sign("sha1", Buffer.from("text"), privateKey);
    const forms = [
      pem,
      publicKey.export({ format: "pem", type: "pkcs1" }) as string,
      { ...publicKey.export({ format: "jwk" }), alg: "RS256" },
      publicKey,
    ];
    for (const form of forms) {
      expect(recoverDigest({ publicKey: form as string }, signature)?.hash).toBe("SHA-1");
    }
  });

  it("returns undefined for what the key did not sign", () => {
    const signature = sign("sha1", Buffer.from("text"), privateKey);
    const changed = Uint8Array.from(signature);
    changed[100] = (changed[100] ?? 0) ^ 1;
    const others = [
      changed,
      new Uint8Array(),
      new Uint8Array(256),
      new Uint8Array(256).fill(255),
      signature.subarray(1),
      Buffer.concat([Buffer.alloc(1), signature]),
      sign(
        "sha1",
        Buffer.from("text"),
        generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey,
      ),
      sign("sha384", Buffer.from("text"), privateKey),
    ];
    for (const other of others) expect(recoverDigest({ publicKey: pem }, other)).toBeUndefined();
  });

  it("accepts only the padding of RFC 8017 §9.2", () => {
    const digest = createHash("sha1").update("text").digest();
    const info = Buffer.concat([Buffer.from("3021300906052b0e03021a05000414", "hex"), digest]);
    const padded = (padding: Buffer) =>
      privateEncrypt(
        { key: privateKey, padding: constants.RSA_NO_PADDING },
        Buffer.concat([padding, info]),
      );
    const right = Buffer.concat([
      Buffer.from([0, 1]),
      Buffer.alloc(256 - 3 - info.length, 255),
      Buffer.from([0]),
    ]);
    expect(recoverDigest({ publicKey: pem }, padded(right))).toBeDefined();
    for (const index of [1, 2, 100, right.length - 1]) {
      const wrong = Buffer.from(right);
      wrong[index] = 2;
      expect(recoverDigest({ publicKey: pem }, padded(wrong))).toBeUndefined();
    }
    // Octets after the digest, as a forger of signatures with a small exponent puts them.
    const short = Buffer.concat([
      Buffer.from([0, 1]),
      Buffer.alloc(8, 255),
      Buffer.from([0]),
      info,
    ]);
    const forged = privateEncrypt(
      { key: privateKey, padding: constants.RSA_NO_PADDING },
      Buffer.concat([short, Buffer.alloc(256 - short.length)]),
    );
    expect(recoverDigest({ publicKey: pem }, forged)).toBeUndefined();
  });

  it("says in which formats the key can be", async () => {
    const key = await crypto.subtle.importKey(
      "spki",
      publicKey.export({ format: "der", type: "spki" }),
      { name: "RSASSA-PKCS1-v1_5", hash: "SHA-1" },
      true,
      ["verify"],
    );
    expect(() => recoverDigest({ publicKey: key }, new Uint8Array(256))).toThrow(
      expect.objectContaining({
        code: "ERR_KEY_FORM",
        message: "publicKey must be PEM, a JWK or a KeyObject",
      }),
    );
  });

  it("rejects anything other than an RSA public key", async () => {
    const { publicKey: other } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const wrong = [
      "key",
      privateKey.export({ format: "pem", type: "pkcs8" }) as string,
      other.export({ format: "pem", type: "spki" }) as string,
      { kty: "RSA", n: "", e: "" },
      await crypto.subtle.importKey(
        "spki",
        publicKey.export({ format: "der", type: "spki" }),
        { name: "RSASSA-PKCS1-v1_5", hash: "SHA-1" },
        true,
        ["verify"],
      ),
    ];
    for (const key of wrong) {
      expect(() => recoverDigest({ publicKey: key as string }, new Uint8Array(256))).toThrow(
        expect.objectContaining({ name: "KeyError" }),
      );
    }
  });
});

describe("hashFunctions", () => {
  it("compute the same digests as node:crypto", () => {
    for (const [name, algorithm] of [
      ["SHA-1", "sha1"],
      ["SHA-256", "sha256"],
      ["SHA-512", "sha512"],
    ] as const) {
      expect(hashFunctions[name].digest(Buffer.from("text"))).toBe(
        createHash(algorithm).update("text").digest("base64"),
      );
    }
  });
});

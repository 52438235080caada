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
    for (const index of [0, 1, 2, 100, right.length - 1]) {
      const wrong = Buffer.from(right);
      wrong[index] = 2;
      expect(recoverDigest({ publicKey: pem }, padded(wrong))).toBeUndefined();
    }
    // The last octet of the AlgorithmIdentifier, which is another one than that of SHA-1.
    info[10] = 0x1b;
    expect(recoverDigest({ publicKey: pem }, padded(right))).toBeUndefined();
    info[10] = 0x1a;
    // All of it, but four bits earlier.
    const shifted = Buffer.concat([right, info])
      .toString("hex")
      .replace(/^0001(.*)/, "001$10");
    expect(
      recoverDigest(
        { publicKey: pem },
        privateEncrypt(
          { key: privateKey, padding: constants.RSA_NO_PADDING },
          Buffer.from(shifted, "hex"),
        ),
      ),
    ).toBeUndefined();
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

  it("needs at least eight octets of padding (RFC 8017 §9.2 step 3)", () => {
    // A DigestInfo of SHA-512 has 83 octets.
    for (const [bits, isLongEnough] of [
      [752, true],
      [744, false],
    ] as const) {
      const pair = generateKeyPairSync("rsa", { modulusLength: bits });
      const info = Buffer.concat([
        Buffer.from("3051300d060960864801650304020305000440", "hex"),
        createHash("sha512").update("text").digest(),
      ]);
      const encoded = Buffer.concat([
        Buffer.from([0, 1]),
        Buffer.alloc(bits / 8 - 3 - info.length, 255),
        Buffer.from([0]),
        info,
      ]);
      const signature = privateEncrypt(
        { key: pair.privateKey, padding: constants.RSA_NO_PADDING },
        encoded,
      );
      const recovered = recoverDigest({ publicKey: pair.publicKey }, signature);
      expect(recovered?.hash).toBe(isLongEnough ? "SHA-512" : undefined);
    }
  });

  it("returns undefined for a signature that is not less than the modulus (RFC 8017 §5.2.2)", () => {
    const modulus = Buffer.from(publicKey.export({ format: "jwk" }).n ?? "", "base64url");
    const n = BigInt(`0x${modulus.toString("hex")}`);
    // The same number modulo n, for a signature that is small enough for the sum to fit.
    for (let text = 0; ; text++) {
      const signature = sign("sha1", Buffer.from(String(text)), privateKey);
      const sum = BigInt(`0x${signature.toString("hex")}`) + n;
      if (sum >= 1n << 2048n) continue;
      const octets = Buffer.from(sum.toString(16).padStart(512, "0"), "hex");
      expect(recoverDigest({ publicKey: pem }, signature)).toBeDefined();
      expect(recoverDigest({ publicKey: pem }, octets)).toBeUndefined();
      break;
    }
  });

  it("reads numbers that a key can have (RFC 8017 §3.1)", () => {
    const base64url = (number: bigint) => {
      const digits = number.toString(16);
      return Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex").toString(
        "base64url",
      );
    };
    const recover = (n: bigint, e: bigint) =>
      recoverDigest(
        { publicKey: { kty: "RSA", n: base64url(n), e: base64url(e) } },
        new Uint8Array(256),
      );
    const n = 1n << 2047n;
    expect(recover(n, 3n)).toBeUndefined();
    expect(recover(n, (1n << 256n) - 1n)).toBeUndefined();
    expect(recover(3n, 3n)).toBeUndefined();
    for (const [modulus, exponent] of [
      [n, 0n],
      [n, 1n],
      [n, 2n],
      [n, 1n << 256n],
      [0n, 3n],
      [2n, 3n],
    ] as const) {
      expect(() => recover(modulus, exponent)).toThrow(
        expect.objectContaining({
          code: "ERR_KEY_MALFORMED",
          message: "the public key is damaged",
        }),
      );
    }
  });

  it.each([
    ["no bit string", "30 0f"],
    ["no numbers", "30 14", "03 03 00 30 00"],
    ["only a modulus", "30 17", "03 06 00 30 03 020105"],
    ["an octet string instead of the exponent", "30 1a", "03 09 00 30 06 020105 040103"],
  ])("rejects SubjectPublicKeyInfo with %s", (_, start, end = "") => {
    const hex = `${start} 30 0d 06 09 2a864886f70d010101 05 00 ${end}`.replaceAll(" ", "");
    const base64 = Buffer.from(hex, "hex").toString("base64");
    const key = `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----`;
    expect(() => recoverDigest({ publicKey: key }, new Uint8Array(256))).toThrow(
      expect.objectContaining({ code: "ERR_KEY_MALFORMED", message: "the public key is damaged" }),
    );
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
      { kty: "RSA", e: "AQAB" },
      null,
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

import * as crypto from "node:crypto";
import * as util from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createHash, createHmac, createPublicKey, sign } from "../dist/stand-ins/node-crypto.js";
import { isDeepStrictEqual } from "../dist/stand-ins/node-util.js";

const comparable = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom(undefined, null, true, false, 0, -0, 1, Number.NaN, "", "1", "a", 1n),
    fc.uint8Array({ max: 1, maxLength: 2 }),
    fc.uint8Array({ max: 1, maxLength: 2 }).map((octets) => Buffer.from(octets)),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("0", "a", "b"), tie("value"), { maxKeys: 3 }),
  ),
})).value;

describe("isDeepStrictEqual", () => {
  it("returns the same as Node's function", () => {
    const verdicts = { true: 0, false: 0 };
    fc.assert(
      fc.property(comparable, comparable, (a, b) => {
        const verdict = util.isDeepStrictEqual(a, b);
        verdicts[`${verdict}`]++;
        expect(isDeepStrictEqual(a, b)).toBe(verdict);
      }),
      { numRuns: 5000 },
    );
    expect(Math.min(verdicts.true, verdicts.false)).toBeGreaterThan(50);
  });

  it("returns the same as Node's function for a copy, and for one that differs", () => {
    fc.assert(
      fc.property(comparable, fc.string(), (value, other) => {
        const copy = structuredClone({ value });
        const original = { value: value instanceof Buffer ? Uint8Array.from(value) : value };
        expect(isDeepStrictEqual(original, copy)).toBe(util.isDeepStrictEqual(original, copy));
        expect(isDeepStrictEqual({ value }, { value, other })).toBe(false);
      }),
    );
  });

  it.each([[new Map()], [new Date(0)], [new Error()], [() => 1], [Symbol()]])(
    "does not compare %s",
    (value) => {
      expect(() => isDeepStrictEqual(value, value)).toThrow(TypeError);
      expect(() => isDeepStrictEqual(1, value)).toThrow(TypeError);
    },
  );
});

describe("node:crypto", () => {
  const text = fc.string({ unit: "binary", maxLength: 200 });
  const octets = fc.uint8Array({ maxLength: 200 });
  const hash = fc.constantFrom("sha1", "sha256", "sha512", "SHA1", "SHA256", "SHA512");

  it("createHash returns the same as Node's function", () => {
    fc.assert(
      fc.property(hash, fc.oneof(text, octets), (name, message) => {
        const expected = crypto.createHash(name).update(message).digest("base64");
        expect(createHash(name).update(message).digest("base64")).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("createHmac returns the same as Node's function", () => {
    fc.assert(
      fc.property(hash, text, text, (name, key, message) => {
        const expected = crypto.createHmac(name, key).update(message, "utf8").digest("base64");
        expect(createHmac(name, key).update(message, "utf8").digest("base64")).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it.each([1024, 2041, 2048])(
    "sign returns the same as Node's function, with RSA of %i bits",
    (modulusLength) => {
      const { privateKey } = crypto.generateKeyPairSync("rsa", {
        modulusLength,
        publicKeyEncoding: { type: "spki", format: "pem" },
        privateKeyEncoding: { type: "pkcs8", format: "pem" },
      });
      fc.assert(
        fc.property(hash, octets, (name, message) => {
          const expected = crypto.sign(name, message, privateKey).toString("base64");
          expect(sign(name, message, privateKey).toString("base64")).toBe(expected);
        }),
        { numRuns: 50 },
      );
    },
  );

  it("rejects what it does not support", () => {
    const { privateKey } = crypto.generateKeyPairSync("ec", {
      namedCurve: "P-256",
      publicKeyEncoding: { type: "spki", format: "pem" },
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
    });
    expect(() => createHash("md5")).toThrow(RangeError);
    expect(() => createHmac("toString", "")).toThrow(RangeError);
    expect(() => sign("sha1", new Uint8Array(), privateKey)).toThrow(RangeError);
    expect(() => sign("sha1", new Uint8Array(), "a")).toThrow(RangeError);
  });

  it("createPublicKey exports the same JSON Web Key as Node's function", () => {
    const { privateKey } = crypto.generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = String(privateKey.export({ type: "pkcs8", format: "pem" }));
    expect(createPublicKey(pem).export()).toEqual(
      crypto.createPublicKey(pem).export({ format: "jwk" }),
    );
  });
});

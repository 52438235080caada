import { createHmac, randomBytes } from "node:crypto";
import {
  type PreparedHmacSha1,
  prepareHmacSha1,
  type SharedSecrets,
  signHmacSha1,
  verifyHmacSha1,
} from "@oauth1/hmac-sha1";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";

const unicode = fc.string({ unit: "binary" });
const secrets = fc.record({ clientSharedSecret: unicode, tokenSharedSecret: unicode });

/** RFC 5849 §3.4.2 with node:crypto, and the encoding of §3.6 octet by octet. */
function byNodeCrypto(
  baseString: string,
  { clientSharedSecret, tokenSharedSecret }: SharedSecrets,
) {
  const encode = (text = "") =>
    Array.from(Buffer.from(text, "utf8"), (octet) =>
      /[A-Za-z0-9._~-]/.test(String.fromCharCode(octet))
        ? String.fromCharCode(octet)
        : `%${octet.toString(16).toUpperCase().padStart(2, "0")}`,
    ).join("");
  return createHmac("sha1", `${encode(clientSharedSecret)}&${encode(tokenSharedSecret)}`)
    .update(baseString, "utf8")
    .digest("base64");
}

// wiki.oauth.net, TestCases.
const PHOTOS =
  "GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg%26oauth_consumer_key%3Ddpf43f3p2l4k3l03%26oauth_nonce%3Dkllo9940pd9333jh%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1191242096%26oauth_token%3Dnnch734d00sl2jdk%26oauth_version%3D1.0%26size%3Doriginal";
const published = [
  { secrets: { clientSharedSecret: "cs" }, text: "bs", signature: "egQqG5AJep5sJ7anhXju1unge2I=" },
  {
    secrets: { clientSharedSecret: "cs", tokenSharedSecret: "ts" },
    text: "bs",
    signature: "VZVjXceV7JgPq/dOTnNmEfO0Fv8=",
  },
  {
    secrets: { clientSharedSecret: "kd94hf93k423kf44", tokenSharedSecret: "pfkkdhi9sl3r4s00" },
    text: PHOTOS,
    signature: "tR3+Ty81lMeYAr/Fid0kMTYa/WM=",
  },
];

describe("published signatures", () => {
  it.each(published)("$signature", ({ secrets, text, signature }) => {
    expect(signHmacSha1(text, secrets)).toBe(signature);
    expect(prepareHmacSha1(secrets).sign(text)).toBe(signature);
    expect(prepareHmacSha1(secrets).verify(text, signature)).toBe(true);
  });
});

describe("sign", () => {
  it("computes the same as node:crypto, for any secrets and any text", () => {
    fc.assert(
      fc.property(secrets, unicode, (secrets, text) => {
        const expected = byNodeCrypto(text, secrets);
        expect(signHmacSha1(text, secrets)).toBe(expected);
        expect(prepareHmacSha1(secrets).verify(text, expected)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("uses one prepared key for texts of any length in any order", () => {
    const secrets = { clientSharedSecret: "kd94", tokenSharedSecret: "☃" };
    const { sign } = prepareHmacSha1(secrets);
    for (const length of [0, 1, 400, 0, 5000, 55, 56, 63, 64, 65, 5000, 200_000, 2, 1023, 1024]) {
      const text = "é".repeat(length) + length;
      expect(sign(text)).toBe(byNodeCrypto(text, secrets));
    }
  });

  it("prepares keys of lengths around the block of 64 octets (RFC 2104 §2)", () => {
    for (let length = 0; length <= 200; length++) {
      const secrets = { clientSharedSecret: "k".repeat(length) };
      expect(signHmacSha1("bs", secrets)).toBe(byNodeCrypto("bs", secrets));
    }
  });

  it("does not mix two keys that are used alternately", () => {
    const [a, b] = [{ clientSharedSecret: "a" }, { clientSharedSecret: "b" }];
    const [signA, signB] = [prepareHmacSha1(a).sign, prepareHmacSha1(b).sign];
    for (const text of ["1", "22", "333"]) {
      expect([signA(text), signB(text)]).toEqual([byNodeCrypto(text, a), byNodeCrypto(text, b)]);
    }
  });

  it("treats a missing token shared-secret as empty (RFC 5849 §3.4.2)", () => {
    const expected = byNodeCrypto("bs", { clientSharedSecret: "cs", tokenSharedSecret: "" });
    expect(signHmacSha1("bs", { clientSharedSecret: "cs" })).toBe(expected);
    expect(signHmacSha1("bs", { clientSharedSecret: "cs", tokenSharedSecret: undefined })).toBe(
      expected,
    );
    expect(signHmacSha1("bs", { clientSharedSecret: "cs", tokenSharedSecret: "" })).toBe(expected);
  });

  it("encodes the secrets, so that an & in one is not the separator", () => {
    expect(signHmacSha1("bs", { clientSharedSecret: "a&b" })).not.toBe(
      signHmacSha1("bs", { clientSharedSecret: "a", tokenSharedSecret: "b&" }),
    );
  });
});

describe("verifyHmacSha1", () => {
  const signature = "VZVjXceV7JgPq/dOTnNmEfO0Fv8=";
  const secrets = { clientSharedSecret: "cs", tokenSharedSecret: "ts" };

  it("accepts the published signature", () => {
    expect(verifyHmacSha1("bs", signature, secrets)).toBe(true);
  });

  it("rejects the signature of another base string or of other secrets", () => {
    expect(verifyHmacSha1("bS", signature, secrets)).toBe(false);
    expect(verifyHmacSha1("bs", signature, { clientSharedSecret: "cs" })).toBe(false);
    expect(verifyHmacSha1("bs", "", secrets)).toBe(false);
  });
});

describe("verify", () => {
  const { verify } = prepareHmacSha1({ clientSharedSecret: "cs", tokenSharedSecret: "ts" });
  const signature = "VZVjXceV7JgPq/dOTnNmEfO0Fv8=";

  it("rejects every signature with one bit changed", () => {
    const digest = Buffer.from(signature, "base64");
    for (let bit = 0; bit < 160; bit++) {
      const damaged = Buffer.from(digest);
      damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(verify("bs", damaged.toString("base64"))).toBe(false);
    }
  });

  it("rejects every signature with one character replaced", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_ %";
    for (let index = 0; index < signature.length; index++) {
      for (const character of alphabet) {
        const damaged = signature.slice(0, index) + character + signature.slice(index + 1);
        expect(verify("bs", damaged), damaged).toBe(damaged === signature);
      }
    }
  });

  it.each([
    ["empty", ""],
    ["without its padding", signature.slice(0, -1)],
    ["cut off", signature.slice(0, 24)],
    ["of only the beginning", "VQ=="],
    ["longer", `AAAA${signature}`],
    ["with a line break", `${signature}\n`],
    ["with white space", ` ${signature}`],
    ["twice", signature + signature],
    ["percent-encoded", encodeURIComponent(signature)],
    ["in base64url", signature.replace("/", "_")],
    ["in hexadecimal", Buffer.from(signature, "base64").toString("hex")],
    ["in lower case", signature.toLowerCase()],
    // RFC 4648 §3.5: the same 20 octets with pad bits that are not zero.
    ["that is not canonical", "VZVjXceV7JgPq/dOTnNmEfO0Fv9="],
  ])("rejects a signature %s", (_, received) => {
    expect(verify("bs", received)).toBe(false);
  });

  it("rejects the correct signature of another text or of other secrets", () => {
    expect(verify("bS", signature)).toBe(false);
    expect(verify("", signature)).toBe(false);
    expect(
      prepareHmacSha1({ clientSharedSecret: "ts", tokenSharedSecret: "cs" }).verify(
        "bs",
        signature,
      ),
    ).toBe(false);
    expect(prepareHmacSha1({ clientSharedSecret: "cs" }).verify("bs", signature)).toBe(false);
  });

  it("never throws for a received signature", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        fc.constantFrom("\ud800", "", "="),
        (text, end) => {
          expect(verify("bs", text + end)).toBe(false);
        },
      ),
    );
    for (let run = 0; run < 100; run++) {
      expect(verify("bs", randomBytes(20).toString("base64"))).toBe(false);
    }
  });
});

describe("a secret that is not Unicode text", () => {
  it("throws an error that does not contain it", () => {
    for (const secrets of [
      { clientSharedSecret: "kd94hf\ud800" },
      { clientSharedSecret: "cs", tokenSharedSecret: "kd94hf\udc00" },
    ]) {
      for (const run of [
        () => prepareHmacSha1(secrets),
        () => signHmacSha1("bs", secrets),
        () => verifyHmacSha1("bs", "", secrets),
      ]) {
        expect(run).toThrow(
          expect.objectContaining({
            name: "PercentEncodingError",
            code: "ERR_LONE_SURROGATE",
            index: 6,
          }),
        );
        expect(run).toThrow(
          /^(?:client|token)SharedSecret: lone surrogate at index 6; use well-formed text$/,
        );
      }
    }
  });

  it("throws a TypeError if it is not a string", () => {
    expect(() => prepareHmacSha1({} as SharedSecrets)).toThrow(TypeError);
    expect(() =>
      prepareHmacSha1({
        clientSharedSecret: "cs",
        tokenSharedSecret: null,
      } as unknown as SharedSecrets),
    ).toThrow(TypeError);
  });
});

describe("the prepared key", () => {
  it("does not expose a secret", () => {
    const prepared = prepareHmacSha1({ clientSharedSecret: "kd94hf93k423kf44" });
    expect(JSON.stringify(prepared)).toBe("{}");
    expect(Object.keys(prepared)).toEqual(["sign", "verify"]);
  });

  it("is synchronous, and its functions work without `this`", () => {
    expectTypeOf(prepareHmacSha1).returns.toEqualTypeOf<PreparedHmacSha1>();
    expectTypeOf<PreparedHmacSha1["sign"]>().returns.toEqualTypeOf<string>();
    expectTypeOf<PreparedHmacSha1["verify"]>().returns.toEqualTypeOf<boolean>();
    const { sign, verify } = prepareHmacSha1({ clientSharedSecret: "cs" });
    expect(verify("bs", sign("bs"))).toBe(true);
  });
});

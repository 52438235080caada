import { createHmac } from "node:crypto";
import type { SignatureMethod } from "@oauth1/signature-methods";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { loadSignatureMethods } from "@oauth1/signature-methods/registry";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** Unicode text without lone surrogates. */
const text = () => fc.string({ unit: "binary" });

/**
 * RFC 3986 §2.3 implemented differently: encodeURIComponent, and the five characters it does not
 * encode.
 */
function encode(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** RFC 5849 §3.4.2: the key is the two encoded secrets, joined by an & that is always present. */
function keyOf(client: string, token: string | undefined): string {
  return `${encode(client)}&${encode(token ?? "")}`;
}

/** Every HMAC of the registry, with the name that node:crypto has for its hash function. */
const hmacs = (await loadSignatureMethods())
  .filter(({ keyType, hash }) => keyType === "shared-secret" && hash !== undefined)
  .map((method): [string, SignatureMethod, string] => [
    method.name,
    method as SignatureMethod,
    method.name.replace("HMAC-", "").toLowerCase(),
  ]);

it("the registry has the HMAC methods", () => {
  expect(hmacs.map(([name]) => name)).toEqual(expect.arrayContaining(["HMAC-SHA1", "HMAC-SHA256"]));
});

describe.each(hmacs)("%s", (name, method, algorithm) => {
  it("signs with the shared-secrets, requires a nonce and does not reveal the secrets", () => {
    expect(method).toMatchObject({
      name,
      keyType: "shared-secret",
      requiresNonce: true,
      revealsSecrets: false,
    });
  });

  it("is node:crypto's HMAC over the encoded secrets (RFC 5849 §3.4.2)", () => {
    fc.assert(
      fc.property(text(), fc.option(text(), { nil: undefined }), text(), (client, token, base) => {
        const credentials = token === undefined ? undefined : { sharedSecret: token };
        const expected = createHmac(algorithm, keyOf(client, token)).update(base).digest("base64");
        const sign = method.prepareToSign({ sharedSecret: client }, credentials);
        const verify = method.prepareToVerify({ sharedSecret: client }, credentials);
        expect(sign(base)).toBe(expected);
        expect(verify(base, expected)).toBe(true);
      }),
    );
  });

  it("accepts keys longer than a block of the hash function (RFC 2104 §2)", () => {
    for (const length of [62, 63, 64, 65, 126, 127, 128, 129, 10_000]) {
      const sharedSecret = "k".repeat(length);
      const expected = createHmac(algorithm, `${sharedSecret}&`).update("bs").digest("base64");
      expect(method.prepareToSign({ sharedSecret })("bs")).toBe(expected);
    }
  });

  it("rejects every wrong signature without throwing", () => {
    const verify = method.prepareToVerify({ sharedSecret: "cs" }, { sharedSecret: "ts" });
    const digest = createHmac(algorithm, "cs&ts").update("bs").digest();
    const right = digest.toString("base64");
    expect(verify("bs", right)).toBe(true);
    expect(verify("bs ", right)).toBe(false);
    const wrong = [
      "",
      "☃",
      "\ud800",
      ` ${right}`,
      `${right}\n`,
      `${right}${right}`,
      right.replace(/=+$/, ""),
      right.replaceAll("=", "%3D"),
      digest.toString("hex"),
      digest.subarray(1).toString("base64"),
      createHmac(algorithm, "cs&").update("bs").digest("base64"),
      createHmac(algorithm, "ts&cs").update("bs").digest("base64"),
      "A".repeat(1e6),
    ].filter((signature) => signature !== right); // a digest of 48 octets needs no padding
    for (const signature of wrong) expect(verify("bs", signature), signature).toBe(false);
  });

  it("rejects a signature with one character changed, added or removed", () => {
    const verify = method.prepareToVerify({ sharedSecret: "cs" });
    const right = createHmac(algorithm, "cs&").update("bs").digest("base64");
    const place = fc.nat({ max: right.length - 1 });
    fc.assert(
      fc.property(place, fc.string({ maxLength: 2 }), (index, put) => {
        const changed = right.slice(0, index) + put + right.slice(index + 1);
        expect(verify("bs", changed)).toBe(changed === right);
      }),
    );
  });

  it("differs for other secrets or another base string", () => {
    const sign = method.prepareToSign({ sharedSecret: "a&b" });
    const verify = method.prepareToVerify({ sharedSecret: "a" }, { sharedSecret: "b" });
    expect(verify("bs", sign("bs"))).toBe(false);
  });

  it("treats a missing token as an empty token shared-secret", () => {
    const client = { sharedSecret: "cs" };
    const signature = createHmac(algorithm, "cs&").update("bs").digest("base64");
    for (const token of [undefined, { sharedSecret: "" }]) {
      expect(method.prepareToSign(client, token)("bs")).toBe(signature);
    }
  });

  it("rejects a secret that is not Unicode text, without exposing it", () => {
    for (const [client, token] of [
      [{ sharedSecret: "kd94\ud800" }, undefined],
      [{ sharedSecret: "cs" }, { sharedSecret: "kd94\udfff" }],
    ] as const) {
      for (const prepare of [method.prepareToSign, method.prepareToVerify]) {
        expect(() => prepare(client, token)).toThrow(
          expect.objectContaining({
            code: "ERR_LONE_SURROGATE",
            index: 4,
            message: expect.not.stringContaining("kd94"),
          }),
        );
      }
    }
  });
});

describe("PLAINTEXT", () => {
  it("reveals the secrets, does not hash and requires no nonce (RFC 5849 §3.1)", () => {
    expect(plaintext).toMatchObject({
      name: "PLAINTEXT",
      keyType: "shared-secret",
      requiresNonce: false,
      revealsSecrets: true,
    });
    expect(plaintext.hash).toBeUndefined();
  });

  it("has no body hash: the Request Body Hash extension excludes it", () => {
    expect(plaintext.bodyHash).toBeUndefined();
  });

  it("is the encoded secrets for any base string (RFC 5849 §3.4.4)", () => {
    // The RFC's own requests of §1.2: without and with a token.
    const client = { sharedSecret: "kd94hf93k423kf44" };
    expect(plaintext.prepareToSign(client)("bs")).toBe("kd94hf93k423kf44&");
    expect(plaintext.prepareToSign(client, { sharedSecret: "hdhd0244k9j7ao03" })("other")).toBe(
      "kd94hf93k423kf44&hdhd0244k9j7ao03",
    );
    fc.assert(
      fc.property(text(), fc.option(text(), { nil: undefined }), text(), (secret, token, base) => {
        const credentials = token === undefined ? undefined : { sharedSecret: token };
        const expected = keyOf(secret, token);
        expect(plaintext.prepareToSign({ sharedSecret: secret }, credentials)(base)).toBe(expected);
        const verify = plaintext.prepareToVerify({ sharedSecret: secret }, credentials);
        expect(verify(base, expected)).toBe(true);
        expect(verify(base, `${expected}x`)).toBe(false);
        expect(verify(base, expected.slice(0, -1))).toBe(false);
      }),
    );
  });

  it("rejects any other text", () => {
    const verify = plaintext.prepareToVerify({ sharedSecret: "cs" }, { sharedSecret: "ts" });
    expect(verify("bs", "cs&ts")).toBe(true);
    for (const wrong of [
      "",
      "cs",
      "cs&",
      "&ts",
      "cs%26ts",
      "Cs&ts",
      "cs&ts\0",
      "cs&ts&",
      "dt&ts",
    ]) {
      expect(verify("bs", wrong), wrong).toBe(false);
    }
  });
});

describe("the published signatures", () => {
  // wiki.oauth.net, TestCases: HMAC-SHA1.
  it.each([
    ["cs", undefined, "bs", "egQqG5AJep5sJ7anhXju1unge2I="],
    ["cs", "ts", "bs", "VZVjXceV7JgPq/dOTnNmEfO0Fv8="],
    [
      "kd94hf93k423kf44",
      "pfkkdhi9sl3r4s00",
      "GET&http%3A%2F%2Fphotos.example.net%2Fphotos&file%3Dvacation.jpg%26oauth_consumer_key%3Ddpf43f3p2l4k3l03%26oauth_nonce%3Dkllo9940pd9333jh%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D1191242096%26oauth_token%3Dnnch734d00sl2jdk%26oauth_version%3D1.0%26size%3Doriginal",
      "tR3+Ty81lMeYAr/Fid0kMTYa/WM=",
    ],
  ])("are those of HMAC-SHA1 with %s and %s", (client, token, baseString, signature) => {
    const credentials = token === undefined ? undefined : { sharedSecret: token };
    const clientCredentials = { sharedSecret: client };
    expect(hmacSha1.prepareToSign(clientCredentials, credentials)(baseString)).toBe(signature);
    expect(hmacSha1.prepareToVerify(clientCredentials, credentials)(baseString, signature)).toBe(
      true,
    );
  });
});

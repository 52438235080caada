import { createHash } from "node:crypto";
import type { SharedSecret, SignatureMethod } from "@oauth1/signature-methods";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import {
  createSigner,
  type SendableBody,
  type SignedRequest,
  type Signer,
  sign,
} from "@oauth1/signer";
import { describe, expect, expectTypeOf, it } from "vitest";
import { photos, vacation } from "./rfc-examples.js";

const request = { method: "GET", url: vacation.url };

/** HMAC-SHA1 by Web Crypto, which is asynchronous (RFC 5849 §3.4.2). */
const webHmacSha1: SignatureMethod<Promise<string>> = {
  name: "HMAC-SHA1",
  keyType: "shared-secret",
  hash: "SHA-1",
  requiresNonce: true,
  revealsSecrets: false,
  prepareToSign(client, token) {
    const key = importKey(client, token);
    return async (baseString) => {
      const text = new TextEncoder().encode(baseString);
      return Buffer.from(await crypto.subtle.sign("HMAC", await key, text)).toString("base64");
    };
  },
  prepareToVerify(client, token) {
    const key = importKey(client, token);
    return async (baseString, signature) =>
      crypto.subtle.verify(
        "HMAC",
        await key,
        Buffer.from(signature, "base64"),
        new TextEncoder().encode(baseString),
      );
  },
  bodyHash: async (body) =>
    Buffer.from(await crypto.subtle.digest("SHA-1", Uint8Array.from(body))).toString("base64"),
};

/** The secrets of the examples need no encoding. */
function importKey(client: SharedSecret, token?: SharedSecret): Promise<CryptoKey> {
  const key = new TextEncoder().encode(`${client.sharedSecret}&${token?.sharedSecret ?? ""}`);
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-1" }, false, [
    "sign",
    "verify",
  ]);
}

describe("an asynchronous signature method", () => {
  const signer = createSigner({ ...photos, signatureMethod: webHmacSha1 });

  it("returns a promise of the same signed request", async () => {
    const signed = signer.sign(request);
    expect(signed).toBeInstanceOf(Promise);
    expect(await signed).toEqual(sign(request, photos));
    expect((await signed).signature).toBe(vacation.signature);
  });

  it("throws synchronously for a malformed request", () => {
    expect(() => signer.sign({ ...request, url: "/" })).toThrow(
      expect.objectContaining({ code: "ERR_URL_SCHEME", index: 0 }),
    );
  });

  it("rejects if the method does", async () => {
    const failing = createSigner({
      ...photos,
      signatureMethod: {
        ...webHmacSha1,
        prepareToSign: () => async () => Promise.reject("no key"),
      },
    });
    await expect(failing.sign(request)).rejects.toBe("no key");
  });

  it("hashes a body", async () => {
    const signed = await sign(
      { method: "POST", url: "http://www.example.com/resource", body: "Hello World!" },
      { ...photos, signatureMethod: webHmacSha1, bodyHash: true },
    );
    expect(signed.protocolParameters).toContainEqual([
      "oauth_body_hash",
      "Lve95gjOVATpfV8EL5X4nxwjKHE=",
    ]);
  });
});

describe("oauth_body_hash (Request Body Hash extension, draft 3)", () => {
  const post = { method: "POST", url: "http://www.example.com/resource" };
  const signer = createSigner({ ...photos, bodyHash: true });
  const hashOf = (signed: SignedRequest<unknown>) =>
    signed.protocolParameters.find(([name]) => name === "oauth_body_hash")?.[1];

  it("matches the extension's example", () => {
    for (const body of [
      "Hello World!",
      Buffer.from("Hello World!"),
      Uint8Array.from(Buffer.from("Hello World!")).buffer,
    ]) {
      const signed = signer.sign({ ...post, body });
      expect(hashOf(signed)).toBe("Lve95gjOVATpfV8EL5X4nxwjKHE=");
      expect(signed.baseString).toContain(
        "oauth_body_hash%3DLve95gjOVATpfV8EL5X4nxwjKHE%253D%26oauth_consumer_key",
      );
      expect(signed.body).toBe(body);
    }
  });

  it("is the hash of zero octets if there is no body", () => {
    expect(hashOf(signer.sign(post))).toBe(createHash("sha1").digest("base64"));
    expect(hashOf(signer.sign({ ...post, body: null }))).toBe(hashOf(signer.sign(post)));
  });

  it("uses the hash function of the method", () => {
    const body = "☃";
    const signed = sign(
      { ...post, body },
      { ...photos, signatureMethod: hmacSha256, bodyHash: true },
    );
    expect(hashOf(signed)).toBe(createHash("sha256").update(body).digest("base64"));
  });

  it("can be overridden for one request", () => {
    expect(hashOf(signer.sign({ ...post, body: "a=1" }, { bodyHash: false }))).toBeUndefined();
    const without = createSigner(photos);
    expect(hashOf(without.sign({ ...post, body: "a" }))).toBeUndefined();
    expect(hashOf(without.sign({ ...post, body: "a" }, { bodyHash: true }))).toBeDefined();
  });
});

describe("the type of a signed request", () => {
  it("is a value for a synchronous method, and a promise for an asynchronous one", () => {
    const synchronous = createSigner(photos);
    expectTypeOf(synchronous).toEqualTypeOf<Signer<string>>();
    expectTypeOf(synchronous.sign(request)).toEqualTypeOf<SignedRequest>();
    const asynchronous = createSigner({ ...photos, signatureMethod: webHmacSha1 });
    expectTypeOf(asynchronous).toEqualTypeOf<Signer<Promise<string>>>();
    expectTypeOf(asynchronous.sign(request)).toEqualTypeOf<Promise<SignedRequest>>();
    expectTypeOf(sign(request, photos)).toEqualTypeOf<SignedRequest>();
    expectTypeOf(sign(request, { ...photos, signatureMethod: webHmacSha1 })).toEqualTypeOf<
      Promise<SignedRequest>
    >();
  });

  it("accepts every body that fetch accepts", () => {
    expectTypeOf<SendableBody<undefined>>().toExtend<BodyInit | null>();
    expectTypeOf<SendableBody<string>>().toExtend<BodyInit | null>();
    expectTypeOf<SendableBody<Uint8Array<ArrayBuffer>>>().toExtend<BodyInit | null>();
    expectTypeOf<SendableBody<URLSearchParams>>().toEqualTypeOf<string | null>();
    expectTypeOf<SendableBody<readonly (readonly [string, string])[]>>().toEqualTypeOf<
      string | null
    >();
    expectTypeOf<SendableBody<FormData>>().toEqualTypeOf<FormData | string | null>();
    expectTypeOf<SendableBody<ReadableStream>>().toExtend<BodyInit | null>();
  });
});

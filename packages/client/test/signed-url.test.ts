// Signed URLs as a server receives them, verified by oauthlib.
import { generateKeyPairSync } from "node:crypto";
import { signedUrl } from "@oauth1/client/signed-url";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { hasOauthlib, type Provider, startProvider } from "./provider/provider.js";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
const token = { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" };

describe.skipIf(!hasOauthlib)("a signed URL", () => {
  let provider: Provider;
  beforeAll(async () => {
    provider = await startProvider({
      clients: {
        [client.identifier]: { secret: client.sharedSecret },
        rsa: { public_key: publicKey },
      },
      tokens: { [token.identifier]: token.sharedSecret },
    });
  });
  beforeEach(async () => {
    await provider.received();
  });
  afterAll(() => provider.stop());

  const urls = [
    "/photos",
    "/photos?",
    "/p?a=1&a=2&b=%2B+%7E#fragment",
    "/a/../b c/é?q=☃&x",
    "/p?'=*",
  ];
  it.each(urls)("%s", async (path) => {
    for (const options of [{ client }, { client, token, signatureMethod: hmacSha256 }]) {
      const url = signedUrl(provider.origin + path, options);
      expect(new URL(url).href).toBe(url);
      expect((await fetch(url)).status).toBe(200);
      expect((await fetch(`${url.split("#")[0]}&more=1`)).status).toBe(401);
    }
  });

  it("verifies with RSA, for DELETE", async () => {
    const url = await signedUrl(new URL("/photos/1", provider.origin), {
      client: { identifier: "rsa", privateKey },
      signatureMethod: rsaSha256,
      method: "DELETE",
    });
    expect((await fetch(url, { method: "DELETE" })).status).toBe(200);
    const [received] = await provider.received();
    expect(received).toMatchObject({ signatureMethod: "RSA-SHA256", transmission: "query" });
  });

  it("is accepted once", async () => {
    const url = signedUrl(`${provider.origin}/photos`, { client });
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url)).status).toBe(401);
  });
});

it("signedUrl() never shows a secret in a URL", () => {
  const url = "https://photos.example.net/";
  expect(() => signedUrl(url, { client, signatureMethod: plaintext })).toThrow(
    expect.objectContaining({ code: "ERR_CLIENT_OPTION" }),
  );
  expect(signedUrl(url, { client, token })).not.toMatch(/kd94hf93k423kf44|pfkkdhi9sl3r4s00/);
});

it("signedUrl() rejects a relative URL and a URL that already has a signature", () => {
  expect(() => signedUrl("/photos", { client })).toThrow(TypeError);
  const url = signedUrl("https://photos.example.net/", { client });
  expect(() => signedUrl(url, { client })).toThrow(
    expect.objectContaining({ code: "ERR_PARAMETER_COLLISION" }),
  );
});

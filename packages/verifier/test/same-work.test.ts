// Unknown credentials cost the same work as known ones: the calls of the signature method are counted,
// not timed. docs/timing.md has the times.
import { generateKeyPairSync } from "node:crypto";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { createSigner } from "@oauth1/signer";
import { createVerifier, type VerifyingMethod } from "@oauth1/verifier";
import { describe, expect, it } from "vitest";

const NOW = 1_191_242_096;
const SECRET = "kd94hf93k423kf44kd94hf93k423kf44";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwk = publicKey.export({ format: "jwk" });

interface Work {
  readonly prepared: number;
  readonly checked: number;
  /** The characters of the base strings and signatures. */
  readonly characters: number;
  /** The characters of the secrets, which become the key. */
  readonly secrets: number;
  readonly modulus: number;
}

/** Returns the work for one request of these identifiers, whose signature is wrong. */
async function workFor(method: VerifyingMethod, client: string, token: string | undefined) {
  const work = { prepared: 0, checked: 0, characters: 0, secrets: 0, modulus: 0 };
  const counted: VerifyingMethod = {
    ...method,
    prepareToVerify(key, secret) {
      work.prepared++;
      work.secrets += key.sharedSecret?.length ?? 0;
      work.secrets += secret?.sharedSecret.length ?? 0;
      if (method.keyType === "rsa") work.modulus += (key.publicKey as typeof jwk).n?.length ?? 0;
      const check = method.prepareToVerify(key, secret);
      return (baseString, signature) => {
        work.checked++;
        work.characters += baseString.length + signature.length;
        return check(baseString, signature);
      };
    },
  };
  const verifier = createVerifier({
    credentials: {
      find: (identifier, tokenIdentifier) => ({
        client: identifier.startsWith("known")
          ? { identifier, sharedSecrets: [SECRET], publicKey: jwk }
          : undefined,
        token: tokenIdentifier?.startsWith("known")
          ? { identifier: tokenIdentifier, sharedSecrets: [SECRET] }
          : undefined,
      }),
    },
    nonces: { spend: () => "fresh" },
    signatureMethods: [counted],
    clock: () => NOW,
  });
  const options = {
    token: token === undefined ? undefined : { identifier: token, sharedSecret: SECRET },
    clock: () => NOW,
    nonce: () => "kllo9940pd9333jh",
  };
  const signer =
    method.keyType === "rsa"
      ? createSigner({
          ...options,
          client: { identifier: client, privateKey },
          signatureMethod: rsaSha256Sync,
        })
      : createSigner({
          ...options,
          client: { identifier: client, sharedSecret: SECRET.toUpperCase() },
          signatureMethod: method === plaintext ? plaintext : hmacSha1,
        });
  const { headers } = signer.sign({ method: "GET", url: "https://photos.example.net/photos" });
  // RSA signs with the right key, so its signature is changed.
  const url = "https://photos.example.net/photoz";
  const { verified } = await verifier.verify({ method: "GET", url, headers });
  expect(verified).toBe(false);
  return work satisfies Work;
}

describe.each([
  ["HMAC-SHA1", hmacSha1],
  ["PLAINTEXT", plaintext],
  ["RSA-SHA256", rsaSha256Sync],
] as const)("%s", (_name, method: VerifyingMethod) => {
  it("takes the same work for an unknown client as for a wrong signature", async () => {
    const known = await workFor(method, "known client", undefined);
    expect(known).toMatchObject({ prepared: 1, checked: 1 });
    expect(await workFor(method, "other client", undefined)).toEqual(known);
  });

  it("takes the same work for an unknown token, and for both unknown, as for a wrong signature", async () => {
    const known = await workFor(method, "known client", "known token");
    expect(known).toMatchObject({ prepared: 1, checked: 1 });
    expect(await workFor(method, "known client", "other token")).toEqual(known);
    expect(await workFor(method, "other client", "known token")).toEqual(known);
    expect(await workFor(method, "other client", "other token")).toEqual(known);
  });
});

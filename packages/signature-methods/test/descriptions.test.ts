import { methodDescriptions } from "@oauth1/signature-methods/descriptions";
import { signatureMethods } from "@oauth1/signature-methods/registry";
import { expect, it } from "vitest";

it("describes every method of the registry, without loading it", () => {
  expect(methodDescriptions).toEqual(
    signatureMethods.map(({ load: _, section: __, ...description }) => description),
  );
});

// RFC 5849 §3.1: only PLAINTEXT needs no timestamp and nonce. §4.2: only it reveals the secrets.
it.each([
  ["HMAC-SHA1", "shared-secret", "SHA-1", true, false],
  ["HMAC-SHA256", "shared-secret", "SHA-256", true, false],
  ["HMAC-SHA512", "shared-secret", "SHA-512", true, false],
  ["RSA-SHA1", "rsa", "SHA-1", true, false],
  ["RSA-SHA256", "rsa", "SHA-256", true, false],
  ["RSA-SHA512", "rsa", "SHA-512", true, false],
  ["PLAINTEXT", "shared-secret", undefined, false, true],
])("describes %s", (name, keyType, hash, requiresNonce, revealsSecrets) => {
  const described = methodDescriptions.find((description) => description.name === name);
  expect(described).toEqual({ name, keyType, hash, requiresNonce, revealsSecrets });
});

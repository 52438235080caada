import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { SignatureMethodError } from "@oauth1/signature-methods";
import {
  findSignatureMethod,
  loadSignatureMethod,
  loadSignatureMethods,
  signatureMethodNames,
  signatureMethods,
} from "@oauth1/signature-methods/registry";
import { describe, expect, it } from "vitest";

describe("the registry", () => {
  it("has every method that the package exports", async () => {
    const { exports } = await import("@oauth1/signature-methods/package.json", {
      with: { type: "json" },
    }).then((manifest) => manifest.default);
    const subpaths = Object.keys(exports)
      .filter((subpath) => /^\.\/(hmac|rsa|plaintext)/.test(subpath))
      .map((subpath) => subpath.slice(2).toUpperCase());
    expect([...signatureMethodNames].sort()).toEqual(subpaths.sort());
  });

  it.each(signatureMethods)("describes $name like the method itself", async (registered) => {
    const { load, section, ...description } = registered;
    const method = await load();
    expect(section).toMatch(/^RFC 5849 §3\.4\.[234]$/);
    expect(method).toMatchObject(description);
    expect(await loadSignatureMethod(registered.name)).toBe(method);
    expect(findSignatureMethod(registered.name)).toBe(registered);
    expect(method.bodyHash === undefined).toBe(description.hash === undefined);
  });

  it("has methods that verify their own signatures", async () => {
    const { generateKeyPairSync } = await import("node:crypto");
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const sharedSecret = "cs";
    for (const method of await loadSignatureMethods()) {
      const signature = await method.prepareToSign({ sharedSecret, privateKey })("bs");
      const verify = method.prepareToVerify({ sharedSecret, publicKey });
      expect(await verify("bs", signature), method.name).toBe(true);
      expect(await verify("bs", "x"), method.name).toBe(false);
    }
  });

  it.each(["hmac-sha1", "HMAC-SHA1 ", "HMAC-MD5", "", "__proto__", "constructor"])(
    "rejects the unknown name %j and lists the known ones",
    async (name) => {
      expect(findSignatureMethod(name)).toBeUndefined();
      const error = await loadSignatureMethod(name).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(SignatureMethodError);
      expect(error).toMatchObject({ code: "ERR_SIGNATURE_METHOD", signatureMethod: name });
      for (const known of signatureMethodNames) expect(String(error)).toContain(known);
    },
  );

  it("says that names are case-sensitive", async () => {
    await expect(loadSignatureMethod("hmac-sha1")).rejects.toThrow(
      `signature method "hmac-sha1" must be one of ${signatureMethodNames.join(", ")} (names are case-sensitive)`,
    );
  });

  it.each([
    ["HMAC-SHA1", "RFC 5849 §3.4.2"],
    ["RSA-SHA1", "RFC 5849 §3.4.3"],
    ["PLAINTEXT", "RFC 5849 §3.4.4"],
  ])("has the section that defines %s: %s", (name, section) => {
    expect(findSignatureMethod(name)?.section).toBe(section);
  });
});

it("every method has a separate file", () => {
  const files = readdirSync(fileURLToPath(new URL("../src", import.meta.url)));
  for (const name of signatureMethodNames) expect(files).toContain(`${name.toLowerCase()}.ts`);
});

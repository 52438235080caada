import { acceptSignatureMethods, SignatureMethodError } from "@oauth1/signature-methods";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { describe, expect, it } from "vitest";

describe("acceptSignatureMethods", () => {
  it("returns the listed methods by their names", () => {
    const accepted = acceptSignatureMethods([hmacSha1, hmacSha256]);
    expect(accepted("HMAC-SHA1")).toBe(hmacSha1);
    expect(accepted("HMAC-SHA256")).toBe(hmacSha256);
  });

  it.each([
    plaintext.name,
    hmacSha1.name,
    hmacSha256.name,
    "rsa-sha256",
    "RSA-SHA256 ",
    "RSA%2DSHA256",
    "",
    "__proto__",
    "constructor",
  ])("rejects %j if only RSA-SHA256 is listed", (name) => {
    const accepted = acceptSignatureMethods([rsaSha256]);
    expect(() => accepted(name)).toThrow(SignatureMethodError);
    expect(() => accepted(name)).toThrow(
      expect.objectContaining({
        name: "SignatureMethodError",
        code: "ERR_SIGNATURE_METHOD",
        signatureMethod: name,
        message: `signature method ${JSON.stringify(name)} is not accepted`,
      }),
    );
  });

  it("rejects every method if none is listed", () => {
    expect(() => acceptSignatureMethods([])("HMAC-SHA1")).toThrow(SignatureMethodError);
  });
});

import { createHash } from "node:crypto";
import { verifyBodyHash } from "@oauth1/signature-methods";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { rsaSha1Sync } from "@oauth1/signature-methods/sync/rsa-sha1";
import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";

const hello = new TextEncoder().encode("Hello World!");

describe("verifyBodyHash", () => {
  it("accepts the draft's example", () => {
    expect(verifyBodyHash(hmacSha1, hello, "Lve95gjOVATpfV8EL5X4nxwjKHE=")).toBe(true);
    expect(verifyBodyHash(rsaSha1Sync, hello, "Lve95gjOVATpfV8EL5X4nxwjKHE=")).toBe(true);
  });

  it.each([
    ["another digest", "Lve95gjOVATpfV8EL5X4nxwjKHA="],
    ["no padding", "Lve95gjOVATpfV8EL5X4nxwjKHE"],
    ["trailing bits that are not zero", "Lve95gjOVATpfV8EL5X4nxwjKHF="],
    ["white space", "Lve95gjOVATpfV8EL5X4nxwjKHE= "],
    ["percent-encoding", "Lve95gjOVATpfV8EL5X4nxwjKHE%3D"],
    ["nothing", ""],
  ])("rejects %s", (_, received) => {
    expect(verifyBodyHash(hmacSha1, hello, received)).toBe(false);
  });

  it("uses the method's own hash function", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), async (body) => {
        const hash = (name: string) => createHash(name).update(body).digest("base64");
        expect(verifyBodyHash(hmacSha512, body, hash("sha512"))).toBe(true);
        expect(verifyBodyHash(hmacSha512, body, hash("sha256"))).toBe(false);
        expect(await verifyBodyHash(rsaSha256, body, hash("sha256"))).toBe(true);
        expect(await verifyBodyHash(rsaSha256, body, hash("sha1"))).toBe(false);
      }),
    );
  });

  it("returns false for PLAINTEXT, which has no hash function", () => {
    expect(verifyBodyHash(plaintext, hello, "Lve95gjOVATpfV8EL5X4nxwjKHE=")).toBe(false);
  });

  it("returns a promise if the method is asynchronous", () => {
    expectTypeOf(verifyBodyHash(hmacSha1, hello, "")).toEqualTypeOf<boolean>();
    expectTypeOf(verifyBodyHash(rsaSha256, hello, "")).toEqualTypeOf<false | Promise<boolean>>();
  });
});

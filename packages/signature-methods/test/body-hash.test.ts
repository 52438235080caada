import { createHash } from "node:crypto";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RSA_CASES } from "./rsa-methods.js";

const METHODS = [
  { method: hmacSha1, digest: "sha1", platform: "any platform" },
  { method: hmacSha256, digest: "sha256", platform: "any platform" },
  { method: hmacSha512, digest: "sha512", platform: "any platform" },
  ...RSA_CASES,
].map(({ method, digest, platform }) => ({ name: method.name, method, digest, platform }));

// Request Body Hash extension, draft 3, §3.1: by the signature method's own hash function.
describe.each(METHODS)("body hash of $name by $platform", ({ method, digest }) => {
  it("is the base64 hash of the octets", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (octets) => {
        const expected = createHash(digest).update(octets).digest("base64");
        expect(await method.bodyHash?.(octets)).toBe(expected);
      }),
    );
  });

  it("hashes a view into a larger buffer without changing it", async () => {
    const buffer = Uint8Array.from({ length: 64 }, (_, index) => index);
    const part = buffer.subarray(10, 20);
    const expected = createHash(digest).update(Buffer.from(part)).digest("base64");
    expect(await method.bodyHash?.(part)).toBe(expected);
    expect([...buffer]).toEqual(Array.from({ length: 64 }, (_, index) => index));
  });

  it("hashes a megabyte", async () => {
    const octets = new Uint8Array(1e6).fill(0xff);
    const expected = createHash(digest).update(octets).digest("base64");
    expect(await method.bodyHash?.(octets)).toBe(expected);
  });
});

it.each(METHODS.filter(({ digest }) => digest === "sha1"))(
  "matches the extension's examples, $name by $platform",
  async ({ method }) => {
    const text = new TextEncoder().encode("Hello World!");
    expect(await method.bodyHash?.(text)).toBe("Lve95gjOVATpfV8EL5X4nxwjKHE=");
    // Its example of a request without a body (§3.2): the hash of no octets.
    expect(await method.bodyHash?.(new Uint8Array())).toBe("2jmj7l5rSw0yVb/vlWAYkK/YBwk=");
  },
);

import { prepareHmacSha1, signHmacSha1, verifyHmacSha1 } from "@oauth1/hmac-sha1";
import { describe, expect, it } from "vitest";

describe("the secrets", () => {
  it.each<[named: string, secrets: unknown]>([
    ["clientSharedSecret must be a string", undefined],
    ["clientSharedSecret must be a string", null],
    ["clientSharedSecret must be a string", {}],
    ["clientSharedSecret must be a string", { clientSharedSecret: 7 }],
    ["clientSharedSecret must be a string", { clientSharedSecret: undefined }],
    ["tokenSharedSecret must be a string", { clientSharedSecret: "cs", tokenSharedSecret: null }],
    ["tokenSharedSecret must be a string", { clientSharedSecret: "cs", tokenSharedSecret: 7 }],
    ["tokenSharedSecrt must be", { clientSharedSecret: "cs", tokenSharedSecrt: "ts" }],
    ["sharedSecret must be", { sharedSecret: "cs" }],
  ])("throw %s: %j", (named, secrets) => {
    for (const call of [
      prepareHmacSha1,
      (given: never) => signHmacSha1("bs", given),
      (given: never) => verifyHmacSha1("bs", "", given),
    ]) {
      expect(() => call(secrets as never)).toThrow(TypeError);
      expect(() => call(secrets as never)).toThrow(named);
    }
  });

  it("can have an undefined or an empty token shared-secret, with the same result", () => {
    const without = signHmacSha1("bs", { clientSharedSecret: "cs" });
    for (const tokenSharedSecret of [undefined, ""]) {
      expect(signHmacSha1("bs", { clientSharedSecret: "cs", tokenSharedSecret })).toBe(without);
    }
  });
});

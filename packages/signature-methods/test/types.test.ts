import { createPrivateKey, type JsonWebKey, type webcrypto } from "node:crypto";
import type {
  RsaSigningClient,
  RsaVerifyingClient,
  SignatureMethod,
  Verdict,
} from "@oauth1/signature-methods";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import type { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { expectTypeOf, it } from "vitest";

type Sign<Method extends { prepareToSign: unknown }> = Method["prepareToSign"] extends (
  ...args: never
) => infer Prepared
  ? Prepared
  : never;

it("a synchronous method has values as types, and an asynchronous one promises", () => {
  expectTypeOf<Sign<typeof hmacSha256>>().toEqualTypeOf<(baseString: string) => string>();
  expectTypeOf<Sign<typeof rsaSha256Sync>>().toEqualTypeOf<(baseString: string) => string>();
  expectTypeOf<Sign<typeof rsaSha256>>().toEqualTypeOf<(baseString: string) => Promise<string>>();
  expectTypeOf<Verdict<string>>().toEqualTypeOf<boolean>();
  expectTypeOf<Verdict<Promise<string>>>().toEqualTypeOf<Promise<boolean>>();
});

it("RSA signing and verifying accept different halves of the key", () => {
  expectTypeOf(rsaSha256.prepareToSign).parameter(0).toEqualTypeOf<RsaSigningClient>();
  expectTypeOf(rsaSha256.prepareToVerify).parameter(0).toEqualTypeOf<RsaVerifyingClient>();
  expectTypeOf(hmacSha256).toEqualTypeOf<SignatureMethod>();
});

it("the platform's types of keys are accepted", () => {
  expectTypeOf<webcrypto.CryptoKey>().toExtend<RsaSigningClient["privateKey"]>();
  expectTypeOf<JsonWebKey>().toExtend<RsaSigningClient["privateKey"]>();
  expectTypeOf(createPrivateKey).returns.toExtend<RsaSigningClient["privateKey"]>();
  expectTypeOf<Uint8Array>().not.toExtend<RsaSigningClient["privateKey"]>();
});

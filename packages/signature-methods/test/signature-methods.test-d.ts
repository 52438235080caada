// The types of signature methods, checked by `tsc` (`npm run types`).
import { acceptSignatureMethods, type SignatureMethod } from "@oauth1/signature-methods";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { expectTypeOf } from "vitest";

// The signature's type decides that of the verdict.
expectTypeOf(hmacSha1.prepareToSign({ sharedSecret: "cs" })("bs")).toBeString();
expectTypeOf(hmacSha1.prepareToVerify({ sharedSecret: "cs" })("bs", "s")).toBeBoolean();
expectTypeOf(plaintext).toEqualTypeOf<SignatureMethod>();
expectTypeOf(rsaSha256.prepareToSign({ privateKey: "PEM" })("bs")).toEqualTypeOf<Promise<string>>();
expectTypeOf(rsaSha256.prepareToVerify({ publicKey: "PEM" })("bs", "s")).toEqualTypeOf<
  Promise<boolean>
>();
expectTypeOf(rsaSha256Sync.prepareToSign({ privateKey: "PEM" })("bs")).toBeString();
expectTypeOf(rsaSha256Sync.prepareToVerify({ publicKey: "PEM" })("bs", "s")).toBeBoolean();

// @ts-expect-error: HMAC needs a shared-secret.
hmacSha1.prepareToSign({ privateKey: "PEM" });
// @ts-expect-error: RSA signs with the private key.
rsaSha256.prepareToSign({ publicKey: "PEM" });
// @ts-expect-error: RSA verifies with the public key.
rsaSha256Sync.prepareToVerify({ privateKey: "PEM" });
// @ts-expect-error: an asynchronous method is not a synchronous one.
expectTypeOf<typeof rsaSha256Sync>(rsaSha256);
// @ts-expect-error: a server lists methods, not their names.
acceptSignatureMethods(["HMAC-SHA1"]);
expectTypeOf(acceptSignatureMethods([hmacSha1])("HMAC-SHA1")).toEqualTypeOf<SignatureMethod>();

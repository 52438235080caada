// The types of signers, checked by `tsc` (`npm run types`); nothing here runs.
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import {
  createSigner,
  type SendableBody,
  type SignedRequest,
  type Signer,
  sign,
} from "@oauth1/signer";
import { expectTypeOf } from "vitest";

const byKey = { identifier: "client", privateKey: "PEM" };
const bySecret = { identifier: "client", sharedSecret: "secret" };
const request = { method: "GET", url: "https://api.example.com/" };

// Synchronous methods sign at once, asynchronous ones return a promise.
const synchronous = createSigner({ client: bySecret });
const asynchronous = createSigner({ client: byKey, signatureMethod: rsaSha256 });
expectTypeOf(synchronous).toEqualTypeOf<Signer<string>>();
expectTypeOf(asynchronous).toEqualTypeOf<Signer<Promise<string>>>();
expectTypeOf(synchronous.sign(request)).toEqualTypeOf<SignedRequest<undefined>>();
expectTypeOf(asynchronous.sign(request)).toEqualTypeOf<Promise<SignedRequest<undefined>>>();
expectTypeOf(synchronous.sign(request).signature).toBeString();
expectTypeOf(
  createSigner({ client: byKey, signatureMethod: rsaSha256Sync }).sign(request),
).toEqualTypeOf<SignedRequest<undefined>>();
for (const signatureMethod of [hmacSha1, hmacSha256, plaintext]) {
  expectTypeOf(createSigner({ client: bySecret, signatureMethod })).toEqualTypeOf<Signer<string>>();
}
expectTypeOf(sign(request, { client: bySecret })).toEqualTypeOf<SignedRequest<undefined>>();
expectTypeOf(sign(request, { client: byKey, signatureMethod: rsaSha256 })).toEqualTypeOf<
  Promise<SignedRequest<undefined>>
>();

// @ts-expect-error: the signature of an asynchronous method must be awaited.
asynchronous.sign(request).signature;
// @ts-expect-error: nor is an asynchronous signer a synchronous one.
expectTypeOf<Signer<string>>(asynchronous);
// @ts-expect-error: and a synchronous signer returns no promise.
synchronous.sign(request).then;

// The body comes back with its own type.
expectTypeOf(synchronous.sign({ ...request, body: "text" }).body).toEqualTypeOf<
  SendableBody<string>
>();

// A shared-secret and a private key exclude each other: the method says which one it needs.
// @ts-expect-error: HMAC needs a shared-secret.
createSigner({ client: byKey });
// @ts-expect-error: HMAC needs a shared-secret, also if it is named.
createSigner({ client: byKey, signatureMethod: hmacSha256 });
// @ts-expect-error: RSA needs a private key.
createSigner({ client: bySecret, signatureMethod: rsaSha256 });
// @ts-expect-error: RSA needs a private key, also if it is synchronous.
createSigner({ client: bySecret, signatureMethod: rsaSha256Sync });
// @ts-expect-error: a client with neither can sign nothing.
createSigner({ client: { identifier: "client" } });
// @ts-expect-error: a client must have an identifier.
createSigner({ client: { sharedSecret: "secret" } });

// @ts-expect-error: there are three transmissions.
createSigner({ client: bySecret, transmission: "body" });
// @ts-expect-error: there is one version.
createSigner({ client: bySecret, version: "1.0a" });
// @ts-expect-error: a method is an object, not a name.
createSigner({ client: bySecret, signatureMethod: "HMAC-SHA1" });
// @ts-expect-error: options are not misspelled.
createSigner({ client: bySecret, relm: "Photos" });
// @ts-expect-error: a token has an identifier and a shared-secret.
createSigner({ client: bySecret, token: { identifier: "token" } });
// @ts-expect-error: parameters are a list of pairs, because a map loses duplicates.
synchronous.sign(request, { protocolParameters: { oauth_callback: "oob" } });
// @ts-expect-error: a signer is not changed.
synchronous.realm = "Photos";

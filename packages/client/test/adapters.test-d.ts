// The types of the adapters with those of the newest libraries, checked by `tsc` (`npm run types`).
import { request as httpRequest, type RequestOptions } from "node:http";
import { type AnySigner, type Fetch, signedFetch } from "@oauth1/client";
import { axiosSigner } from "@oauth1/client/axios";
import { gotSigner } from "@oauth1/client/got";
import { kySigner } from "@oauth1/client/ky";
import { nodeSigner, type SignedNodeRequest } from "@oauth1/client/node";
import { signedUrl } from "@oauth1/client/signed-url";
import { superagentSigner } from "@oauth1/client/superagent";
import { undiciSigner } from "@oauth1/client/undici";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { createSigner, type Signer } from "@oauth1/signer";
import axios, { type InternalAxiosRequestConfig } from "axios";
import got, { type Got } from "got";
import ky, { type KyInstance } from "ky";
import superagent from "superagent";
import { Agent, type Dispatcher, fetch as undiciFetch, request as undiciRequest } from "undici";
import { expectTypeOf } from "vitest";

const signer = createSigner({ client: { identifier: "client", sharedSecret: "secret" } });
const byRsa = createSigner({
  client: { identifier: "client", privateKey: "PEM" },
  signatureMethod: rsaSha256,
});
const origin = "https://api.example.com";

// Without a library's types, its adapter would be `any` and fit everywhere.
expectTypeOf(axiosSigner).returns.not.toBeAny();
expectTypeOf(gotSigner(signer).hooks.beforeRequest).not.toBeAny();
expectTypeOf(kySigner(signer).fetch).not.toBeAny();
expectTypeOf(superagentSigner).returns.not.toBeAny();
expectTypeOf(undiciSigner).returns.not.toBeAny();

// Each adapter takes a synchronous and an asynchronous signer.
for (const any of [signer, byRsa]) {
  expectTypeOf(any).toExtend<AnySigner>();

  expectTypeOf(axiosSigner(any)).parameters.toEqualTypeOf<[InternalAxiosRequestConfig]>();
  expectTypeOf(axios.create().interceptors.request.use(axiosSigner(any))).toBeNumber();
  expectTypeOf(got.extend(gotSigner(any))).toExtend<Got>();
  expectTypeOf(ky.create(kySigner(any))).toEqualTypeOf<KyInstance>();
  expectTypeOf(ky.extend(kySigner(any))).toEqualTypeOf<KyInstance>();
  expectTypeOf(superagent.get(origin).use(superagentSigner(any))).toEqualTypeOf<
    ReturnType<typeof superagent.get>
  >();
  expectTypeOf(superagent.agent().use(superagentSigner(any))).not.toBeAny();
  const dispatcher = new Agent().compose(undiciSigner(any, { origin }));
  expectTypeOf(dispatcher).toExtend<Dispatcher>();
  undiciRequest(origin, { dispatcher });
  undiciFetch(origin, { dispatcher });
}

// fetch keeps the type of the function that it is given.
expectTypeOf(signedFetch(signer)).toEqualTypeOf<Fetch>();
expectTypeOf(signedFetch(byRsa, { fetch: undiciFetch })).toEqualTypeOf<typeof undiciFetch>();

// Only a synchronous signer signs at once.
expectTypeOf(nodeSigner(signer)(origin)).toEqualTypeOf<SignedNodeRequest>();
expectTypeOf(nodeSigner(byRsa)(origin)).toEqualTypeOf<Promise<SignedNodeRequest>>();
expectTypeOf(nodeSigner(signer)(origin).options).toExtend<RequestOptions>();
httpRequest(nodeSigner(signer)(origin).options);
const secrets = { client: { identifier: "client", sharedSecret: "secret" } };
expectTypeOf(signedUrl(origin, secrets)).toBeString();
expectTypeOf(
  signedUrl(origin, {
    client: { identifier: "client", privateKey: "PEM" },
    signatureMethod: rsaSha256,
  }),
).toEqualTypeOf<Promise<string>>();

// @ts-expect-error: an asynchronous signer's options must be awaited.
nodeSigner(byRsa)(origin).options;
// @ts-expect-error: the URL says where the request goes.
nodeSigner(signer)(origin, { hostname: "other.example.com" });
// @ts-expect-error: Node would make a second Authorization header of it.
nodeSigner(signer)(origin, { auth: "user:password" });
// @ts-expect-error: a URL is always signed in the query.
signedUrl(origin, { ...secrets, transmission: "header" });
// @ts-expect-error: undici's dispatcher does not know whose requests are signed.
undiciSigner(signer);
// @ts-expect-error: undici's dispatcher does not know whose requests are signed.
undiciSigner(signer, { bodyHash: true });
// @ts-expect-error: credentials are not a signer.
axiosSigner(secrets);
// @ts-expect-error: credentials are not a signer.
gotSigner(secrets);
// @ts-expect-error: credentials are not a signer.
kySigner(secrets);
// @ts-expect-error: credentials are not a signer.
superagentSigner(secrets);
// @ts-expect-error: there is one option.
axiosSigner(signer, { body_hash: true });
// @ts-expect-error: an interceptor of requests is not one of responses.
axios.interceptors.response.use(axiosSigner(signer));
// @ts-expect-error: a promise of a signature is not a signature.
expectTypeOf<Signer<string>>(byRsa);

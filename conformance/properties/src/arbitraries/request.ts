import { signatureMethodNames } from "@oauth1/signature-methods/registry";
import fc from "fast-check";
import type { Credentials, Parameter, SignInput } from "../implementation.js";
import { credentials } from "./credentials.js";
import { parameters } from "./parameters.js";
import { realm, text } from "./text.js";
import { url, type WireUrl } from "./url.js";

/** A request for a signature base string. */
export interface UnsignedRequest {
  readonly method: string;
  readonly url: WireUrl;
  /** The protocol parameters, decoded. */
  readonly protocolParameters: readonly Parameter[];
  readonly form: readonly Parameter[] | null;
}

const withForm = fc.record({
  method: fc.constantFrom("POST", "PUT", "PATCH"),
  form: parameters,
});
const withoutForm = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"),
  form: fc.constant(null),
});

const timestamp = fc.integer({ min: 1, max: 2 ** 32 }).map(String);
const nonce = text.filter((value) => value !== "");

const protocolParameters: fc.Arbitrary<readonly Parameter[]> = fc
  .record(
    {
      oauth_consumer_key: text,
      oauth_token: text,
      oauth_signature_method: fc.constantFrom(...signatureMethodNames),
      oauth_timestamp: timestamp,
      oauth_nonce: nonce,
      oauth_version: fc.constant("1.0"),
      oauth_callback: fc.oneof(fc.constant("oob"), text),
      oauth_verifier: text,
    },
    { requiredKeys: ["oauth_consumer_key", "oauth_timestamp", "oauth_nonce"] },
  )
  .map((values) => Object.entries(values));

/** Requests for signature base strings. */
export const request: fc.Arbitrary<UnsignedRequest> = fc
  .tuple(fc.oneof(withForm, withoutForm), url, protocolParameters)
  .map(([body, wireUrl, protocol]) => ({
    ...body,
    url: wireUrl,
    protocolParameters: protocol,
  }));

/** A request to sign, and all input of its signature except the transmission. */
export interface RequestToSign {
  readonly url: WireUrl;
  readonly input: Omit<SignInput, "transmission">;
}

/** Absent in half of the cases, because many implementations do not support all of these. */
function often<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.option(arbitrary, { freq: 2 });
}

/** Requests to sign with HMAC-SHA1. */
export const requestToSign: fc.Arbitrary<RequestToSign> = fc
  .record({
    body: fc.oneof(withForm, withoutForm),
    url,
    client: credentials,
    token: fc.option(credentials),
    timestamp,
    nonce,
    version: fc.constantFrom("1.0", null),
    realm: often(realm),
    callback: often(text),
    verifier: often(text),
  })
  .map(({ body, url: wireUrl, ...rest }) => ({
    url: wireUrl,
    input: { ...body, url: wireUrl.url, body: null, signatureMethod: "HMAC-SHA1", ...rest },
  }));

/** The protocol parameters of a request to sign, decoded, without `oauth_signature`. */
export function protocolParametersOf(input: Omit<SignInput, "transmission">): Parameter[] {
  const named = (name: string, value: string | null): Parameter[] =>
    value === null ? [] : [[name, value]];
  const token: Credentials | null = input.token;
  return [
    ["oauth_consumer_key", input.client.identifier],
    ...named("oauth_token", token === null ? null : token.identifier),
    ["oauth_signature_method", input.signatureMethod],
    ["oauth_timestamp", input.timestamp],
    ["oauth_nonce", input.nonce],
    ...named("oauth_version", input.version),
    ...named("oauth_callback", input.callback),
    ...named("oauth_verifier", input.verifier),
  ];
}

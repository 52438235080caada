import { plaintext } from "@oauth1/signature-methods/plaintext";
import { redactCredentials, SignerError, sign } from "@oauth1/signer";
import { describe, expect, it } from "vitest";
import { photos } from "./rfc-examples.js";

const FORM = { "content-type": "application/x-www-form-urlencoded" };
const JSON_TYPE = { "content-type": "application/json" };
const request = { method: "POST", url: "http://example.com/" };
/** Signs with options and parts of a request that are not as the types require. */
const withRequest = (more: object, options: object) => () =>
  sign({ ...request, ...more }, { ...photos, ...options });
const withOptions = (options: object) => withRequest({}, options);

describe("SignerError", () => {
  it.each<[string, () => unknown]>([
    ["client: must be client credentials", withOptions({ client: "dpf43f3p2l4k3l03" })],
    ["client: must be an object with identifier and secret", withOptions({ client: undefined })],
    ["client.identifier: must be a string", withOptions({ client: { sharedSecret: "s" } })],
    ["token: must be token credentials, or null", withOptions({ token: "nnch734d00sl2jdk" })],
    [
      "credentials: must be an object with identifier and secret",
      () => redactCredentials(null as never),
    ],
    [
      "token.sharedSecret: must be the secret, not the text [redacted] that replaces it when credentials are printed",
      withOptions({ token: { identifier: "i", sharedSecret: "[redacted]" } }),
    ],
    [
      "signatureMethod: must be a signature method such as hmacSha1, which is an object, not a name",
      withOptions({ signatureMethod: "HMAC-SHA1" }),
    ],
    ["realm: must be a string, or null", withOptions({ realm: 1 })],
    ["timestampOffset: must be a whole number", withOptions({ timestampOffset: 0.5 })],
    [
      "protocolParameters: must be a list of pairs of strings",
      withOptions({ protocolParameters: "oauth_callback" }),
    ],
    [
      "protocolParameters: must be a list of pairs of strings",
      withOptions({ protocolParameters: ["oauth_callback"] }),
    ],
    ["oauth_timestamp: clock() must return a positive integer", withOptions({ clock: () => 0 })],
    ["oauth_nonce: nonce() must return a non-empty string", withOptions({ nonce: () => "" })],
    [
      "callback: must begin with oauth_, must not be one that the signer sets, and must appear once",
      withOptions({ protocolParameters: [["callback", "oob"]] }),
    ],
    [
      "oauth_nonce: is already in the request's query: remove it",
      withRequest({ url: "http://example.com/?oauth_nonce=a" }, {}),
    ],
    [
      "oauth_nonce: is already in the request's form-body: remove it",
      withRequest({ headers: FORM, body: "oauth_nonce=a" }, {}),
    ],
    [
      "Authorization: is already in the request: remove it",
      withRequest({ headers: { authorization: "Basic eDp5" } }, {}),
    ],
    [
      "Authorization: already contains protocol parameters: remove it",
      withRequest({ headers: { authorization: "OAuth" } }, { transmission: "query" }),
    ],
    [
      "body: pairs are sent as a form, so the content type must be application/x-www-form-urlencoded",
      withRequest({ headers: JSON_TYPE, body: [["a", "b"]] }, {}),
    ],
    [
      "body: a form must be text, bytes or pairs to be signed",
      withRequest({ headers: FORM, body: new Blob(["a=b"]) }, {}),
    ],
    [
      "body: must be a form or empty to carry protocol parameters",
      withRequest({ headers: JSON_TYPE, body: "{}" }, { transmission: "form-body" }),
    ],
    [
      "oauth_body_hash: PLAINTEXT has no hash function, so the request cannot have a body hash",
      withRequest({ url: "https://example.com/" }, { signatureMethod: plaintext, bodyHash: true }),
    ],
    [
      "oauth_body_hash: a form body must not have a body hash, because the signature covers it",
      withRequest({ headers: FORM, body: "a=b" }, { bodyHash: true }),
    ],
    [
      "oauth_body_hash: the body must be text or bytes to be hashed before it is sent",
      withRequest({ body: new Blob(["a"]) }, { bodyHash: true }),
    ],
    [
      "url: must be https, because the signature reveals the secrets",
      withOptions({ signatureMethod: plaintext }),
    ],
  ])("says what is wrong, where, and what to do: %s", (message, run) => {
    expect(run).toThrow(SignerError);
    expect(run).toThrow(expect.objectContaining({ message }));
  });

  it("has a name and a code", () => {
    for (const credentials of [{ identifier: "i" }, null]) {
      expect(() => redactCredentials(credentials as never)).toThrow(
        expect.objectContaining({ name: "SignerError", code: "ERR_CREDENTIALS" }),
      );
    }
  });
});

import { createHmac } from "node:crypto";
import {
  chosen,
  given,
  grouped,
  isSince,
  serve,
  support,
  Unsupported,
  versionOf,
} from "../protocol/protocol.mjs";

const library = chosen("oauth-1.0a");
const version = versionOf(library);
const { default: OAuth } = await import(library);

/**
 * Version 1 calls identifiers "public", has its own hash function, and does not support a
 * realm.
 */
const isVersion1 = !isSince(version, "2");
const identifier = isVersion1 ? "public" : "key";

const hashes = {
  "HMAC-SHA1": "sha1",
  "HMAC-SHA256": "sha256",
  ...(isVersion1 ? {} : { "HMAC-SHA512": "sha512" }),
};

function signer({ client, signatureMethod = "HMAC-SHA1", realm = null }, seen = {}) {
  return new OAuth({
    consumer: { [identifier]: client.identifier, secret: client.sharedSecret },
    signature_method: signatureMethod,
    ...(realm === null ? {} : { realm }),
    ...(signatureMethod in hashes && !isVersion1
      ? {
          hash_function(baseString, key) {
            seen.baseString = baseString;
            return createHmac(hashes[signatureMethod], key).update(baseString).digest("base64");
          },
        }
      : {}),
  });
}

const nobody = { client: { identifier: "", sharedSecret: "" } };

serve(
  {
    name: "oauth-1.0a",
    version,
    language: "JavaScript",
    signatureMethods: [...Object.keys(hashes), "PLAINTEXT"],
    transmissions: ["header", "form-body"],
    ownVersion: true,
  },
  {
    "percent-encode"({ text }) {
      support(text !== undefined, "percentEncode takes text");
      return { result: signer(nobody).percentEncode(text) };
    },
    "base-string"({ method, url, parameters, form }) {
      const request = { method, url, data: grouped(form ?? []) };
      support(!given(parameters, "realm"), "the realm is an option of the signer");
      support(
        !given(parameters, "oauth_signature"),
        "the signature is added after the base string",
      );
      return { result: signer(nobody).getBaseString(request, grouped(parameters)) };
    },
    signature({ baseString, clientSharedSecret, tokenSharedSecret, signatureMethod }) {
      if (!(signatureMethod in hashes)) throw new Unsupported("only what a hash function makes");
      const oauth = signer({ client: { sharedSecret: clientSharedSecret }, signatureMethod });
      const hash = isVersion1 ? oauth.hash : oauth.hash_function;
      return { result: hash(baseString, oauth.getSigningKey(tokenSharedSecret)) };
    },
    sign(input) {
      const { method, url, form, token, realm, transmission } = input;
      const { timestamp, nonce, callback, verifier } = input;
      support(realm !== "", "it omits an empty realm");
      support(realm === null || !isVersion1, "no realm");
      const seen = {};
      const oauth = signer(input, seen);
      const data = {
        ...grouped(form ?? []),
        oauth_timestamp: timestamp,
        oauth_nonce: nonce,
        ...(callback === null ? {} : { oauth_callback: callback }),
        ...(verifier === null ? {} : { oauth_verifier: verifier }),
      };
      const credentials = token && { [identifier]: token.identifier, secret: token.sharedSecret };
      const authorized = oauth.authorize({ method, url, data }, credentials ?? undefined);
      if (transmission === "header") {
        return { ...seen, authorization: oauth.toHeader(authorized).Authorization };
      }
      const pairs = Object.entries(authorized).flatMap(([name, value]) =>
        [value].flat().map((one) => [name, one]),
      );
      return { ...seen, body: new URLSearchParams(pairs).toString() };
    },
  },
);

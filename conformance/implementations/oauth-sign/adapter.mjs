import {
  chosen,
  given,
  grouped,
  isSince,
  protocolParameters,
  serve,
  support,
  versionOf,
} from "../protocol/protocol.mjs";

const library = chosen("oauth-sign");
const { default: oauthSign } = await import(library);
const version = versionOf(library);

/**
 * oauth-sign takes a base string URI and all parameters as an object. Its caller normalizes the
 * URL, collects the parameters, and omits the realm and the signature (RFC 5849 §3.4.1.2 and
 * §3.4.1.3.1). It is asked only if its caller does not have to do any of this.
 */
function collected({ url, form }, parameters) {
  support(isBaseStringUri(url), "its caller normalizes the URL and reads the query");
  support(!given(parameters, "realm"), "its caller omits the realm");
  const all = [...parameters, ...(form ?? [])];
  support(all.length > 0, "the base string URI alone is its caller's");
  support(!given(all, "oauth_signature"), "its caller omits the signature");
  return [url, grouped(all)];
}

/** Returns true if a URL is its own base string URI, without a port. */
function isBaseStringUri(url) {
  return /^https?:\/\/[a-z0-9.-]+\/[\w.~!$&'()*+,;=:@/%-]*$/.test(url);
}

serve(
  {
    name: "oauth-sign",
    version,
    language: "JavaScript",
    signatureMethods: [
      ...["HMAC-SHA1", "RSA-SHA1", "PLAINTEXT"],
      ...(isSince(version, "0.9") ? ["HMAC-SHA256"] : []),
    ],
  },
  {
    "percent-encode"({ text }) {
      support(text !== undefined, "rfc3986 takes text");
      return { result: oauthSign.rfc3986(text) };
    },
    "base-string"(input) {
      return {
        result: oauthSign.generateBase(input.method, ...collected(input, input.parameters)),
      };
    },
    sign(input) {
      const { method, client, token, signatureMethod } = input;
      // The caller transmits the signature, so one of the three transmissions is enough.
      support(input.transmission === "header", "it carries no parameters");
      const request = [method, ...collected(input, protocolParameters(input))];
      const secret = signatureMethod === "RSA-SHA1" ? client.privateKey : client.sharedSecret;
      return {
        baseString: oauthSign.generateBase(...request),
        signature: oauthSign.sign(signatureMethod, ...request, secret, token?.sharedSecret),
      };
    },
  },
);

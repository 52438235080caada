import {
  chosen,
  given,
  grouped,
  protocolParameters,
  serve,
  support,
  versionOf,
} from "../protocol/protocol.mjs";

const library = chosen("oauth-signature");
const { default: oauthSignature } = await import(library);

const { HmacSha1Signature, Rfc3986, SignatureBaseString } = oauthSignature;

/**
 * oauth-signature does not read a query: it takes all parameters as an object. Its caller
 * collects them, and omits the realm and the signature (RFC 5849 §3.4.1.3.1).
 */
function collected({ url, form }, parameters) {
  support(!/^[^?#]*\?[^#]/.test(url), "its caller reads the query");
  support(!given(parameters, "realm"), "its caller omits the realm");
  const all = [...parameters, ...(form ?? [])];
  support(!given(all, "oauth_signature"), "its caller omits the signature");
  return grouped(all);
}

serve(
  {
    name: "oauth-signature",
    version: versionOf(library),
    language: "JavaScript",
    signatureMethods: ["HMAC-SHA1"],
  },
  {
    "percent-encode"({ text }) {
      support(text !== undefined, "encode takes text");
      return { result: new Rfc3986().encode(text) };
    },
    "base-string"(input) {
      const { method, url, parameters } = input;
      return {
        result: new SignatureBaseString(method, url, collected(input, parameters)).generate(),
      };
    },
    signature({ baseString, clientSharedSecret, tokenSharedSecret }) {
      const made = new HmacSha1Signature(baseString, clientSharedSecret, tokenSharedSecret);
      return { result: made.generate(false) };
    },
    sign(input) {
      const { method, url, client, token } = input;
      // The caller transmits the signature, so one of the three transmissions is enough.
      support(input.transmission === "header", "it carries no parameters");
      const request = [method, url, collected(input, protocolParameters(input))];
      return {
        baseString: new SignatureBaseString(...request).generate(),
        signature: oauthSignature.generate(...request, client.sharedSecret, token?.sharedSecret, {
          encodeSignature: false,
        }),
      };
    },
  },
);

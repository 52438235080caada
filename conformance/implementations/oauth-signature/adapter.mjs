import { queryParameters } from "@oauth1/base-string";
import oauthSignature from "oauth-signature";
import { grouped, protocolParameters, serve, support, versionOf } from "../protocol/protocol.mjs";

const { HmacSha1Signature, Rfc3986, SignatureBaseString } = oauthSignature;

/**
 * oauth-signature takes all parameters. To collect them is its caller's task, and so
 * is to leave out what is not signed (RFC 5849 §3.4.1.3.1).
 */
function collected({ url, form }, parameters) {
  const header = parameters.filter(([name]) => name !== "realm");
  const all = [...textParameters(url), ...header, ...(form ?? [])];
  const signed = grouped(all.filter(([name]) => name !== "oauth_signature"));
  return signed;
}

/** The query's parameters, where they are text. */
function textParameters(url) {
  try {
    return queryParameters(url);
  } catch (error) {
    support(error.code !== "ERR_INVALID_UTF8", "names and values are text");
    throw error;
  }
}

serve(
  {
    name: "oauth-signature",
    version: versionOf("oauth-signature"),
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

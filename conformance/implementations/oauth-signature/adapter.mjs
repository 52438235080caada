import { queryParameters } from "@oauth1/base-string";
import oauthSignature from "oauth-signature";
import { grouped, protocolParameters, serve, support, versionOf } from "../protocol/protocol.mjs";

const { HmacSha1Signature, Rfc3986, SignatureBaseString } = oauthSignature;

/** oauth-signature reads no query: its caller passes all parameters. */
function collected({ url, form }, parameters) {
  return grouped([...queryParameters(url), ...parameters, ...(form ?? [])]);
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

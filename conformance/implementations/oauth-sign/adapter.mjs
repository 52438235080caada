import { baseStringUri, queryParameters } from "@oauth1/base-string";
import oauthSign from "oauth-sign";
import { grouped, protocolParameters, serve, support, versionOf } from "../protocol/protocol.mjs";

/** oauth-sign takes the base string URI and all parameters: collecting them is its caller's task. */
function collected({ url, form }, parameters) {
  return [baseStringUri(url), grouped([...queryParameters(url), ...parameters, ...(form ?? [])])];
}

serve(
  {
    name: "oauth-sign",
    version: versionOf("oauth-sign"),
    language: "JavaScript",
    signatureMethods: ["HMAC-SHA1", "HMAC-SHA256", "RSA-SHA1", "PLAINTEXT"],
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
      const request = [method, ...collected(input, protocolParameters(input))];
      const secret = signatureMethod === "RSA-SHA1" ? client.privateKey : client.sharedSecret;
      return {
        baseString: oauthSign.generateBase(...request),
        signature: oauthSign.sign(signatureMethod, ...request, secret, token?.sharedSecret),
      };
    },
  },
);

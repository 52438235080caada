import { baseStringUri, queryParameters } from "@oauth1/base-string";
import oauthSign from "oauth-sign";
import { grouped, protocolParameters, serve, support, versionOf } from "../protocol/protocol.mjs";

/**
 * oauth-sign takes the base string URI and all parameters. To collect them is its caller's task, and so
 * is to leave out what is not signed (RFC 5849 §3.4.1.3.1).
 */
function collected({ url, form }, parameters) {
  const header = parameters.filter(([name]) => name !== "realm");
  const all = [...textParameters(url), ...header, ...(form ?? [])];
  const signed = grouped(all.filter(([name]) => name !== "oauth_signature"));
  return [baseStringUri(url), signed];
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

import { chosen, given, serve, support, versionOf } from "../protocol/protocol.mjs";

const library = chosen("mastercard-oauth1-signer");
const { default: OAuth } = await import(library);

serve(
  {
    name: "mastercard-oauth1-signer",
    version: versionOf(library),
    language: "JavaScript",
    signatureMethods: ["RSA-SHA256"],
    transmissions: ["header"],
  },
  {
    "base-string"({ method, url, parameters, form }) {
      support(form === null, "forms are hashed, not signed");
      support(!given(parameters, "realm"), "no realm");
      support(
        !given(parameters, "oauth_signature"),
        "the signature is added after the base string",
      );
      const all = OAuth.toOAuthParamString(OAuth.extractQueryParams(url), new Map(parameters));
      return { result: OAuth.getSignatureBaseString(method, OAuth.getBaseUriString(url), all) };
    },
    signature({ baseString, privateKey }) {
      return { result: OAuth.signSignatureBaseString(baseString, privateKey) };
    },
  },
);

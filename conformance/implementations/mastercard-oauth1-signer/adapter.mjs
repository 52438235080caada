import OAuth from "mastercard-oauth1-signer";
import { serve, support, versionOf } from "../protocol/protocol.mjs";

serve(
  {
    name: "mastercard-oauth1-signer",
    version: versionOf("mastercard-oauth1-signer"),
    language: "JavaScript",
    signatureMethods: ["RSA-SHA256"],
    transmissions: ["header"],
  },
  {
    "base-string"({ method, url, parameters, form }) {
      support(form === null, "forms are hashed, not signed");
      const header = parameters.filter(([name]) => name !== "realm" && name !== "oauth_signature");
      const all = OAuth.toOAuthParamString(OAuth.extractQueryParams(url), new Map(header));
      return { result: OAuth.getSignatureBaseString(method, OAuth.getBaseUriString(url), all) };
    },
    signature({ baseString, privateKey }) {
      return { result: OAuth.signSignatureBaseString(baseString, privateKey) };
    },
  },
);

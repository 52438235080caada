import { createRequire } from "node:module";
import {
  AuthorizationHeaderError,
  type AuthorizationParameters,
  parseAuthorizationHeader,
  parseChallenge,
  serializeAuthorizationHeader,
  serializeChallenge,
} from "@oauth1/auth-header";
import { baseStringUri, normalizeParameters, signatureBaseString } from "@oauth1/base-string";
import {
  normalizePercentEncoding,
  percentDecode,
  percentDecodeOctets,
  percentEncode,
  percentEncodeOctets,
} from "@oauth1/percent-encoding";
import type { HeaderContents, Implementation } from "@oauth1/properties";
import { signatureMethodNames } from "@oauth1/signature-methods/registry";
import { collect } from "./collect-parameters.js";
import { diagnose } from "./diagnose.js";
import { sign } from "./sign.js";
import { bodyHash, prepareToSign, prepareToVerify } from "./signature-method.js";
import { verify } from "./verify.js";

/** Our own packages, in this process. */
export function oauth1Implementation(): Implementation {
  return {
    name: "oauth1",
    version: createRequire(import.meta.url)("@oauth1/signer/package.json").version,
    language: "TypeScript",
    signatureMethods: signatureMethodNames,
    transmissions: ["header", "form-body", "query"],
    exactHeaders: true,
    headerError: AuthorizationHeaderError,

    percentEncode: (input) =>
      typeof input === "string" ? percentEncode(input) : percentEncodeOctets(input),
    percentDecode,
    percentDecodeOctets,
    normalizePercentEncoding: (encoded, plus) => normalizePercentEncoding(encoded, { plus }),
    baseStringUri,
    collectParameters: collect,
    normalizeParameters,
    signatureBaseString: ({ method, url, parameters, form }) =>
      signatureBaseString({ method, url, body: form }, parameters),
    signature: async (input) => (await prepareToSign(input))(input.baseString),
    verifySignature: async (input) =>
      (await prepareToVerify(input))(input.baseString, input.signature),
    bodyHash,
    serializeAuthorizationHeader,
    parseAuthorizationHeader: ({ header, unquoted }) =>
      contents(parseAuthorizationHeader(header, { unquoted })),
    serializeChallenge,
    parseChallenge: ({ header }) => contents(parseChallenge(header)),
    sign,
    verify,
    diagnose,
  };
}

function contents({ realm, parameters }: AuthorizationParameters): HeaderContents {
  return { realm: realm ?? null, parameters };
}

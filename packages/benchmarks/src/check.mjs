// Checks before the measurement that each library signs correctly. node:crypto makes the reference
// signature here, from a base string built by RFC 5849 §3.4.1 for these requests, with the nonce and
// the timestamp that the library chose. The reference itself is checked first with a signature of
// oauthlib.
import { createHmac } from "node:crypto";
import { fixed, knownSignature, protocolParameters, request } from "./request.mjs";

/** @typedef {{ method: string, url: string, query: object, form: object }} Request */

/**
 * @param {Request} request
 * @param {Record<string, string>} parameters the protocol parameters, decoded
 * @returns its signature base string with them
 */
export function expectedBaseString({ method, url, query, form }, parameters) {
  /** @type {Record<string, string>} */
  const signed = { ...query, ...form, ...parameters };
  const normalized = Object.keys(signed)
    .filter((name) => name !== "oauth_signature")
    .sort()
    .map((name) => `${encode(name)}=${encode(signed[name] ?? "")}`)
    .join("&");
  return `${method}&${encode(url)}&${encode(normalized)}`;
}

/**
 * @param {Request} signed
 * @param {Record<string, string>} parameters the protocol parameters, decoded
 */
export function expectedSignature(signed, parameters) {
  const key = `${request.client.sharedSecret}&${request.token.sharedSecret}`;
  return createHmac("sha1", key).update(expectedBaseString(signed, parameters)).digest("base64");
}

if (
  expectedSignature(request, protocolParameters(fixed.nonce, fixed.timestamp)) !== knownSignature
) {
  throw new Error("the reference signature must be that of oauthlib");
}

/**
 * @param {Request} signed
 * @param {string} header an Authorization header
 */
export function isRightHeader(signed, header) {
  const parameters = Object.fromEntries(
    [...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [
      name,
      decodeURIComponent(value),
    ]),
  );
  const names = Object.keys(protocolParameters("", ""));
  return (
    header.startsWith("OAuth ") &&
    names.every((name) => name in parameters) &&
    parameters["oauth_signature"] === expectedSignature(signed, parameters)
  );
}

/** @param {string} text */
function encode(text) {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

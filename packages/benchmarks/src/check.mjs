// Checks before the measurement that each contestant signs the request correctly. node:crypto makes
// the reference signature here, from a base string built by RFC 5849 §3.4.1 for this one request,
// with the nonce and the timestamp that the contestant chose. The reference itself is checked first
// with a signature of oauthlib.
import { createHmac } from "node:crypto";
import { fixed, knownSignature, protocolParameters, request } from "./request.mjs";

/**
 * @param {Record<string, string>} parameters the protocol parameters, decoded
 * @returns the signature base string of the request with them
 */
export function expectedBaseString(parameters) {
  const { method, url, query, form } = request;
  const signed = { ...query, ...form, ...parameters };
  const normalized = Object.keys(signed)
    .filter((name) => name !== "oauth_signature")
    .sort()
    .map((name) => `${encode(name)}=${encode(signed[name])}`)
    .join("&");
  return `${method}&${encode(url)}&${encode(normalized)}`;
}

/** @param {Record<string, string>} parameters the protocol parameters, decoded */
export function expectedSignature(parameters) {
  const key = `${request.client.sharedSecret}&${request.token.sharedSecret}`;
  return createHmac("sha1", key).update(expectedBaseString(parameters)).digest("base64");
}

if (expectedSignature(protocolParameters(fixed.nonce, fixed.timestamp)) !== knownSignature) {
  throw new Error("the reference signature must be that of oauthlib");
}

/** @param {string} header an Authorization header */
export function isRightHeader(header) {
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
    parameters["oauth_signature"] === expectedSignature(parameters)
  );
}

/** @param {string} text */
function encode(text) {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

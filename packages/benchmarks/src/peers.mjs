// Other libraries, each called through its public API, as its own README shows.
import { createHmac, randomBytes } from "node:crypto";
import oauth from "oauth";
import OAuth from "oauth-1.0a";
import oauthSign from "oauth-sign";
import oauthSignature from "oauth-signature";
import { expectedSignature, isRightHeader } from "./check.mjs";
import { protocolParameters, request } from "./request.mjs";

/** @typedef {import("./check.mjs").Request} Request */

const { client, token } = request;

/** The HTTP method, the URL with its query, and the form as text. @param {Request} request */
export function wireOf({ method, url, query, form }) {
  const text = (/** @type {object} */ pairs) =>
    new URLSearchParams(/** @type {any} */ (pairs)).toString().replaceAll("+", "%20");
  const [queryText, formText] = [text(query), text(form)];
  return { method, url: queryText === "" ? url : `${url}?${queryText}`, formText };
}

const oauth10a = new OAuth({
  consumer: { key: client.identifier, secret: client.sharedSecret },
  signature_method: "HMAC-SHA1",
  hash_function: (text, key) => createHmac("sha1", key).update(text).digest("base64"),
});
const nodeOauth = new oauth.OAuth(
  "https://api.example.com/oauth/request_token",
  "https://api.example.com/oauth/access_token",
  client.identifier,
  client.sharedSecret,
  "1.0",
  null,
  "HMAC-SHA1",
);

/** For libraries that take the collected parameters and return only a signature. */
function collected(/** @type {Request} */ { query, form }) {
  const nonce = randomBytes(16).toString("hex");
  const timestamp = String(Math.floor(Date.now() / 1000));
  return /** @type {Record<string, string>} */ ({
    ...query,
    ...form,
    ...protocolParameters(nonce, timestamp),
  });
}

/**
 * Prepares a request for each library, and returns what each does for one signature, with a new nonce
 * and timestamp each time. A library whose signature is wrong is omitted.
 *
 * @param {Request} request
 * @returns {Record<string, () => string>}
 */
export function signingPeers(request) {
  const { method, form } = request;
  const { url, formText } = wireOf(request);
  /** @type {Record<string, () => string>} */
  const headers = {
    // It writes the query's parameters into `data`, so each call gets a new object.
    "oauth-1.0a": () =>
      oauth10a.toHeader(
        oauth10a.authorize(
          { url, method, data: { ...form } },
          { key: token.identifier, secret: token.sharedSecret },
        ),
      ).Authorization,
    // Its authHeader takes a URL and no form. The form is appended to the query, where it is signed
    // too.
    oauth: () =>
      nodeOauth.authHeader(
        formText === "" ? url : `${url}${url.includes("?") ? "&" : "?"}${formText}`,
        token.identifier,
        token.sharedSecret,
        method,
      ),
  };
  /** @type {Record<string, (parameters: Record<string, string>) => string>} */
  const signatures = {
    "oauth-sign": (parameters) =>
      oauthSign.hmacsign(method, request.url, parameters, client.sharedSecret, token.sharedSecret),
    "oauth-signature": (parameters) =>
      oauthSignature.generate(
        method,
        request.url,
        parameters,
        client.sharedSecret,
        token.sharedSecret,
        { encodeSignature: false },
      ),
  };
  const peers = Object.entries(headers).filter(([, sign]) => isRightHeader(request, sign()));
  for (const [name, sign] of Object.entries(signatures)) {
    const once = collected(request);
    if (sign(once) === expectedSignature(request, once)) {
      peers.push([name, () => sign(collected(request))]);
    }
  }
  return Object.fromEntries(peers);
}

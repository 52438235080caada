// Each library signs the same request through its public API, as its own README shows.
import { createHmac, randomBytes } from "node:crypto";
import { createSigner } from "@oauth1/signer";
import oauth from "oauth";
import OAuth from "oauth-1.0a";
import oauthSign from "oauth-sign";
import oauthSignature from "oauth-signature";
import { expectedBaseString, expectedSignature, isRightHeader } from "./check.mjs";
import { fixed, knownSignature, protocolParameters, request } from "./request.mjs";

const { method, query, form, client, token } = request;
const url = `${request.url}?${new URLSearchParams(query)}`;
const formText = "status=Hello%20Ladies%20%2B%20Gentlemen%2C%20a%20signed%20OAuth%20request%21";

const signer = createSigner({ client, token });
const fixedSigner = createSigner({
  client,
  token,
  nonce: () => fixed.nonce,
  clock: () => Number(fixed.timestamp),
});
const pairs = Object.entries(form);
const headers = { "Content-Type": "application/x-www-form-urlencoded" };

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
function collected() {
  const nonce = randomBytes(16).toString("hex");
  const timestamp = String(Math.floor(Date.now() / 1000));
  return { ...query, ...form, ...protocolParameters(nonce, timestamp) };
}

/** @param {Record<string, string>} parameters */
function signByOauthSign(parameters) {
  return oauthSign.hmacsign(
    method,
    request.url,
    parameters,
    client.sharedSecret,
    token.sharedSecret,
  );
}

/** @param {Record<string, string>} parameters */
function signByOauthSignature(parameters) {
  return oauthSignature.generate(
    method,
    request.url,
    parameters,
    client.sharedSecret,
    token.sharedSecret,
    { encodeSignature: false },
  );
}

/**
 * Returns true if signing collected parameters produces the known signature for the fixed nonce and
 * timestamp, and the correct one for a new nonce.
 *
 * @param {(parameters: Record<string, string>) => string} sign
 */
function isRightSignature(sign) {
  const known = { ...query, ...form, ...protocolParameters(fixed.nonce, fixed.timestamp) };
  const fresh = collected();
  return sign(known) === knownSignature && sign(fresh) === expectedSignature(fresh);
}

const key = `${client.sharedSecret}&${token.sharedSecret}`;
const baseString = expectedBaseString(protocolParameters(fixed.nonce, fixed.timestamp));
const hmacAlone = () => createHmac("sha1", key).update(baseString).digest("base64");

/**
 * `sign` is measured, with a new nonce and timestamp each time. `isRight` returns true if its
 * signature is correct. The version is read from `package`, and `makes` describes the result.
 */
export const contestants = [
  {
    name: "@oauth1/signer",
    package: "@oauth1/signer",
    makes: "header and form",
    // The form as decoded pairs, like the others get it. Ours also writes the body from them.
    sign: () => signer.sign({ method, url, body: pairs }).headers["Authorization"] ?? "",
    isRight: () =>
      fixedSigner.sign({ method, url, body: pairs }).signature === knownSignature &&
      isRightHeader(signer.sign({ method, url, body: pairs }).headers["Authorization"] ?? ""),
  },
  {
    name: "@oauth1/signer, body written",
    package: "@oauth1/signer",
    makes: "header",
    sign: () =>
      signer.sign({ method, url, headers, body: formText }).headers["Authorization"] ?? "",
    isRight: () =>
      fixedSigner.sign({ method, url, headers, body: formText }).signature === knownSignature &&
      isRightHeader(
        signer.sign({ method, url, headers, body: formText }).headers["Authorization"] ?? "",
      ),
  },
  {
    name: "oauth-1.0a",
    package: "oauth-1.0a",
    makes: "header",
    sign: () => signByOauth10a(),
    isRight: () => isRightHeader(signByOauth10a()),
  },
  {
    name: "oauth",
    package: "oauth",
    makes: "header",
    sign: () => signByNodeOauth(),
    isRight: () => isRightHeader(signByNodeOauth()),
  },
  {
    name: "oauth-sign",
    package: "oauth-sign",
    makes: "signature",
    sign: () => signByOauthSign(collected()),
    isRight: () => isRightSignature(signByOauthSign),
  },
  {
    name: "oauth-signature",
    package: "oauth-signature",
    makes: "signature",
    sign: () => signByOauthSignature(collected()),
    isRight: () => isRightSignature(signByOauthSignature),
  },
  {
    name: "createHmac alone",
    package: undefined,
    makes: "HMAC",
    sign: hmacAlone,
    isRight: () => hmacAlone() === knownSignature,
  },
];

// It writes the query's parameters into `data`, so each call gets a new object.
function signByOauth10a() {
  return oauth10a.toHeader(
    oauth10a.authorize(
      { url, method, data: { ...form } },
      { key: token.identifier, secret: token.sharedSecret },
    ),
  ).Authorization;
}

// Its authHeader takes a URL and no form. The form is appended to the query, where it is signed
// too.
function signByNodeOauth() {
  return nodeOauth.authHeader(`${url}&${formText}`, token.identifier, token.sharedSecret, method);
}

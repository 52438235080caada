/**
 * The request and the credentials of X's documentation: a POST with a query, a form and a token.
 * Frozen, so that a library cannot change what the others sign and the check compares.
 */
export const request = Object.freeze({
  method: "POST",
  url: "https://api.example.com/1.1/statuses/update.json",
  query: Object.freeze({ include_entities: "true" }),
  form: Object.freeze({ status: "Hello Ladies + Gentlemen, a signed OAuth request!" }),
  client: Object.freeze({
    identifier: "xvz1evFS4wEEPTGEFPHBog",
    sharedSecret: "kAcSOqF21Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw",
  }),
  token: Object.freeze({
    identifier: "370773112-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb",
    sharedSecret: "LswwdoUaIvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE",
  }),
});

/** The same with a form that has little to encode. */
export const plainRequest = Object.freeze({
  ...request,
  form: Object.freeze({ status: "a-signed-OAuth-request.with_little_to_encode" }),
});

/** A GET without parameters. */
export const bareRequest = Object.freeze({
  ...request,
  method: "GET",
  url: "https://api.example.com/1.1/statuses/home_timeline.json",
  query: Object.freeze({}),
  form: Object.freeze({}),
});

/** The protocol parameters for one nonce and timestamp; the names are in no particular order. */
export function protocolParameters(/** @type {string} */ nonce, /** @type {string} */ timestamp) {
  return {
    oauth_consumer_key: request.client.identifier,
    oauth_token: request.token.identifier,
    oauth_signature_method: "HMAC-SHA1",
    oauth_version: "1.0",
    oauth_timestamp: timestamp,
    oauth_nonce: nonce,
  };
}

/** The nonce and the timestamp of the known signature. */
export const fixed = { nonce: "1f0c7d5a93b24e68a7d1c0f2e4b6983d", timestamp: "1318622958" };

/**
 * The signature of `request` with the fixed nonce and timestamp. From oauthlib 3.2.2 (Python):
 * `Client(…, nonce=…, timestamp=…).sign(url, "POST", body=…, headers=…)`.
 */
export const knownSignature = "V/lEjJHlRoTHOOuL7Amubnv20mk=";

import type { Parameter } from "@oauth1/base-string";

/** The protocol parameters that a verifier uses, decoded; `undefined` if a request lacks them. */
export interface NamedParameters {
  clientIdentifier: string | undefined;
  tokenIdentifier: string | undefined;
  signatureMethod: string | undefined;
  signature: string | undefined;
  timestamp: string | undefined;
  nonce: string | undefined;
  version: string | undefined;
  bodyHash: string | undefined;
}

/**
 * Finds the protocol parameters of RFC 5849 §3.1 and of the Request Body Hash extension in a list.
 * One pass takes a third of the time of a `Map` of the list and its lookups.
 */
export function namedParameters(list: readonly Parameter[]): NamedParameters {
  const named: NamedParameters = {
    clientIdentifier: undefined,
    tokenIdentifier: undefined,
    signatureMethod: undefined,
    signature: undefined,
    timestamp: undefined,
    nonce: undefined,
    version: undefined,
    bodyHash: undefined,
  };
  for (const [name, value] of list) {
    switch (name) {
      case "oauth_consumer_key":
        named.clientIdentifier = value;
        break;
      case "oauth_token":
        named.tokenIdentifier = value;
        break;
      case "oauth_signature_method":
        named.signatureMethod = value;
        break;
      case "oauth_signature":
        named.signature = value;
        break;
      case "oauth_timestamp":
        named.timestamp = value;
        break;
      case "oauth_nonce":
        named.nonce = value;
        break;
      case "oauth_version":
        named.version = value;
        break;
      case "oauth_body_hash":
        named.bodyHash = value;
        break;
    }
  }
  return named;
}

// A signer that uses only node:crypto and no code of this project, for requests with a known
// mistake.
import { createHmac } from "node:crypto";

type Pairs = readonly (readonly [name: string, value: string])[];

/** Protocol parameters that are added to the usual ones, or replace them. */
export type Protocol = Readonly<Record<string, string>>;

const TIMESTAMP = String(Math.floor(Date.now() / 1000));

function protocolParameters(further: Protocol = {}): Pairs {
  return Object.entries({
    oauth_consumer_key: "dpf43f3p2l4k3l03",
    oauth_nonce: "chapoH",
    oauth_signature_method: "HMAC-SHA1",
    oauth_timestamp: TIMESTAMP,
    oauth_token: "nnch734d00sl2jdk",
    ...further,
  });
}

/** The text and the key that a client signs, right or wrong. */
export interface Signed {
  readonly method: string;
  /** The base string URI. */
  readonly uri: string;
  readonly parameters: Pairs;
  readonly protocol?: Protocol;
  /** The HMAC key. */
  readonly key: string;
}

/** RFC 5849 §3.4.2. */
export function signature(signed: Signed): string {
  return createHmac("sha1", signed.key).update(baseString(signed)).digest("base64");
}

/** RFC 5849 §3.4.1. */
export function baseString({ method, uri, parameters, protocol }: Omit<Signed, "key">): string {
  const normalized = [...parameters, ...protocolParameters(protocol)]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join("&");
  return [method, uri, normalized].map(encoded).join("&");
}

/** RFC 5849 §3.5.1. */
export function authorization(signed: string, protocol?: Protocol): string {
  const pairs = [...protocolParameters(protocol), ["oauth_signature", signed] as const];
  return `OAuth ${pairs.map(([name, value]) => `${name}="${encoded(value)}"`).join(", ")}`;
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

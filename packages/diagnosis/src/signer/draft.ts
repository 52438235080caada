import type { ParameterSource } from "@oauth1/base-string";
import { percentEncode } from "@oauth1/percent-encoding";

/**
 * A signer as a pipeline, with one member for each step that affects the signature. In the
 * right draft, every step has its right form. A deviation replaces the form of one step.
 */
export interface Draft {
  readonly method: string;
  readonly uri: UriParts;
  readonly parameters: readonly SignedParameter[];
  readonly encoding: Encoding;
  readonly order: Order;
  readonly key: Key;
}

/** The base string URI (RFC 5849 §3.4.1.2) in its parts, which are joined as they are. */
export interface UriParts {
  readonly scheme: string;
  /** With its `@`. */
  readonly userinfo: string;
  readonly host: string;
  /** With its `:`. */
  readonly port: string;
  readonly path: string;
  /** The text after the path, if the signer keeps it. */
  readonly suffix: string;
}

/** A parameter that a signer signs. */
export interface SignedParameter {
  /** Encoded by RFC 5849 §3.6. */
  readonly name: string;
  /** Encoded by RFC 5849 §3.6. */
  readonly value: string;
  readonly source: ParameterSource;
  readonly isProtocol: boolean;
  /** Name and value as they are spelled in the query or the form. */
  readonly spelled?: readonly [name: string, value: string] | undefined;
  /** `true` if the query or the form spells it without `=`. */
  readonly isBare?: boolean | undefined;
  /** `true` if the signer writes it without `=`. */
  readonly omitsEquals?: boolean;
}

/** How a signer encodes (RFC 5849 §3.4.1.1, §3.4.1.3.2, §3.6). */
export interface Encoding {
  /** How often names and values of the request's own parameters are encoded: once is right. */
  readonly ownTimes: number;
  /** The same for the protocol parameters. */
  readonly protocolTimes: number;
  /**
   * `true` if the signer uses the request's own parameters as the query and the form spell
   * them.
   */
  readonly asSpelled: boolean;
  /** The change that a faulty encoder makes to the encoded names and values. */
  readonly inner: readonly Filter[];
  /** `true` if protocol parameters go through the faulty encoder too. */
  readonly innerOfProtocol: boolean;
  /** The change that a faulty encoder makes to the encoded elements. */
  readonly outer: readonly Filter[];
  /** How often the base string URI is encoded: once is right. */
  readonly uriTimes: number;
  /** How often the normalized parameters are encoded: once is right. */
  readonly normalizedTimes: number;
}

/** Changes encoded text. */
export type Filter = (encoded: string) => string;

/** How a signer sorts (RFC 5849 §3.4.1.3.2). */
export interface Order {
  /** The order in which the signer collects parameters, which a stable sort keeps. */
  arrange(this: void, parameters: readonly SignedParameter[]): readonly SignedParameter[];
  /** `undefined` if it does not sort. */
  readonly compare: ((a: SortItem, b: SortItem) => number) | undefined;
}

/** A parameter as it is sorted. */
export interface SortItem {
  /** As the signer encodes it. */
  readonly name: string;
  /** As the signer encodes it. */
  readonly value: string;
  readonly parameter: SignedParameter;
}

/** The key of HMAC and the signature of PLAINTEXT (RFC 5849 §3.4.2, §3.4.4). */
export interface Key {
  readonly secrets: readonly KeySecret[];
}

/** A shared-secret in a key. */
export interface KeySecret {
  readonly secret: string;
  /** The text to show in its place. */
  readonly label: string;
  /** How often it is encoded: once is right. */
  readonly times: number;
}

export const RIGHT_ENCODING: Encoding = {
  ownTimes: 1,
  protocolTimes: 1,
  asSpelled: false,
  inner: [],
  innerOfProtocol: true,
  outer: [],
  uriTimes: 1,
  normalizedTimes: 1,
};

/** RFC 5849 §3.4.1.3.2: by name, then by value, in ascending order of octets. */
export const RIGHT_ORDER: Order = {
  arrange: (parameters) => parameters,
  compare: (a, b) => compareText(a.name, b.name) || compareText(a.value, b.value),
};

/** Encoded text is ASCII, so the order of UTF-16 code units is the order of octets. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Joins the parts of a base string URI. */
export function joinUri({ scheme, userinfo, host, port, path, suffix }: UriParts): string {
  return `${scheme}://${userinfo}${host}${port}${path}${suffix}`;
}

/** The key as text. */
export function keyText({ secrets }: Key): string {
  return secrets.map(({ secret, times }) => encodeTimes(secret, times)).join("&");
}

/** The key without its secrets, for display. */
export function maskedKey({ secrets }: Key): string {
  return secrets
    .map(({ label, times }) => {
      if (label === "" || times === 1) return label;
      return label.replace(/>$/, times === 0 ? ", not encoded>" : ", encoded twice>");
    })
    .join("&");
}

/** Encodes a number of times. */
export function encodeTimes(text: string, times: number): string {
  let encoded = text;
  for (let time = 0; time < times; time++) encoded = percentEncode(encoded);
  return encoded;
}

/** Decodes text. Octets that are not UTF-8 stay escaped. */
export function decodeText(encoded: string): string {
  if (!encoded.includes("%")) return encoded;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

import ipaddr from "ipaddr.js";
import type { Message } from "./messages/message.js";
import { Problem } from "./problem.js";
import { type RulesOf, requireOptionsOf } from "./require-options.js";
import { VerifierError } from "./verifier-error.js";

/** The proxies in front of this server, and the headers that they set. */
export interface TrustedProxies {
  /**
   * Their IP addresses and ranges, for example `10.0.0.0/8`. Headers from other peers are ignored.
   */
  readonly addresses: readonly string[];
  /**
   * The headers that they set on every request, whatever the client sent. Name only those, because
   * a client controls the headers that a proxy passes through.
   */
  readonly fields: readonly ForwardedField[];
}

/**
 * A header in which a proxy reports the client and its request (RFC 7239, and older conventions).
 * Verification does not use `x-forwarded-for`: see `prepareForwardedClient`.
 */
export type ForwardedField =
  | "forwarded"
  | "x-forwarded-for"
  | "x-forwarded-host"
  | "x-forwarded-proto";

/** The scheme and host that the client requested, as reported by a proxy. */
export interface ForwardedOrigin {
  readonly scheme?: string;
  readonly host?: string;
  /** The node that the proxy was connected to, as in `Forwarded` (RFC 7239 §6). */
  readonly node?: string;
}

/** Returns a function that reads the headers of trusted proxies, and of no other peer. */
export function prepareForwarded(
  proxies: TrustedProxies | undefined,
): (message: Pick<Message, "fields" | "peerAddress">) => ForwardedOrigin {
  if (proxies === undefined) return () => ({});
  requireOptionsOf("trustedProxies", proxies, RULES);
  const isTrusted = prepareAddresses(proxies.addresses);
  return (message) => {
    if (message.peerAddress === undefined || !isTrusted(message.peerAddress)) return {};
    return Object.assign({}, ...proxies.fields.map((field) => readField(field, message)));
  };
}

const FIELDS: readonly unknown[] = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
];

const RULES: RulesOf<TrustedProxies> = {
  addresses: {
    isValid: (value) => Array.isArray(value) && value.every((one) => typeof one === "string"),
    mustBe: "a list of IP addresses and ranges",
  },
  fields: {
    isValid: (value) =>
      Array.isArray(value) && value.length > 0 && value.every((field) => FIELDS.includes(field)),
    mustBe: `a list with at least one of ${FIELDS.join(", ")}`,
  },
};

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** Returns a function that tests if an IP address is in a list. */
export function prepareAddresses(addresses: readonly string[]): (address: string) => boolean {
  const ranges = addresses.map((address): Range => {
    try {
      if (address.includes("/")) return ipaddr.parseCIDR(address);
      const one = ipaddr.process(address);
      return [one, one.kind() === "ipv4" ? 32 : 128];
    } catch {
      throw new VerifierError(
        "ERR_TRUSTED_PROXIES",
        `trustedProxies.addresses must be IP addresses or ranges, but contains ${address}`,
      );
    }
  });
  return (address) => {
    if (!ipaddr.isValid(address)) return false;
    // An IPv4-mapped IPv6 address counts as the IPv4 address.
    const peer = ipaddr.process(address);
    return ranges.some((range) => range[0].kind() === peer.kind() && peer.match(range));
  };
}

/**
 * Accepts only one value. In a list, which proxy added which value depends on the proxies, and
 * the first value can be the client's.
 */
function readField(field: ForwardedField, message: Pick<Message, "fields">): ForwardedOrigin {
  if (field === "x-forwarded-for") return {};
  const [value, ...others] = message.fields(field);
  if (value === undefined) return {};
  const inDoubt = () => new Problem("request_rejected", `${field} must have one well-formed value`);
  if (others.length > 0) throw inDoubt();
  if (field === "forwarded") return readForwarded(value, inDoubt);
  if (/[,\s]/.test(value)) throw inDoubt();
  return field === "x-forwarded-host" ? { host: value } : { scheme: value };
}

/** One element of a `Forwarded` header (RFC 7239 §4). */
function readForwarded(value: string, inDoubt: () => Problem): ForwardedOrigin {
  const pairs = new Map<string, string>();
  const pattern =
    /[ \t]*([\w!#$%&'*+.^`|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([\w!#$%&'*+.^`|~-]+))[ \t]*(?:;|$)/y;
  while (pattern.lastIndex < value.length) {
    const [, name = "", quoted, token = ""] = pattern.exec(value) ?? [];
    const lowerCaseName = name.toLowerCase();
    if (name === "" || pairs.has(lowerCaseName)) throw inDoubt();
    pairs.set(lowerCaseName, quoted?.replace(/\\(.)/g, "$1") ?? token);
  }
  const scheme = pairs.get("proto");
  const host = pairs.get("host");
  const node = pairs.get("for");
  return {
    ...(scheme !== undefined && { scheme }),
    ...(host !== undefined && { host }),
    ...(node !== undefined && { node }),
  };
}

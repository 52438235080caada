import ipaddr from "ipaddr.js";
import type { Message } from "./messages/message.js";
import { Problem } from "./problem.js";
import { type RulesOf, requireOptionsOf } from "./require-options.js";
import { VerifierError } from "./verifier-error.js";

/** The proxies that stand before this server, and what they say of a request. */
export interface TrustedProxies {
  /** Their IP addresses and ranges, `10.0.0.0/8` say. From any other peer nothing is believed. */
  readonly addresses: readonly string[];
  /**
   * The header fields that they set on every request, whatever the client sent. Name only those: a
   * field that a proxy hands through is the client's.
   */
  readonly fields: readonly ForwardedField[];
}

/**
 * A header field by which a proxy tells who the client is and what it asked for (RFC 7239, and older
 * custom). `x-forwarded-for` has no part in verification: see `prepareForwardedClient`.
 */
export type ForwardedField =
  | "forwarded"
  | "x-forwarded-for"
  | "x-forwarded-host"
  | "x-forwarded-proto";

/** What a proxy says that the client asked for. */
export interface ForwardedOrigin {
  readonly scheme?: string;
  readonly host?: string;
  /** The node that the proxy was connected to, as `Forwarded` has it (RFC 7239 §6). */
  readonly node?: string;
}

/** Prepares what reads the header fields of trusted proxies, and of nobody else. */
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
    mustBe: `a list with some of ${FIELDS.join(", ")}`,
  },
};

type Range = ReturnType<typeof ipaddr.parseCIDR>;

/** Prepares what tells whether an IP address is among those of a list. */
export function prepareAddresses(addresses: readonly string[]): (address: string) => boolean {
  const ranges = addresses.map((address): Range => {
    try {
      if (address.includes("/")) return ipaddr.parseCIDR(address);
      const one = ipaddr.process(address);
      return [one, one.kind() === "ipv4" ? 32 : 128];
    } catch {
      throw new VerifierError(
        "ERR_TRUSTED_PROXIES",
        `trustedProxies: ${address} is not an IP address or a range`,
      );
    }
  });
  return (address) => {
    if (!ipaddr.isValid(address)) return false;
    // An IPv4 address that IPv6 carries is that IPv4 address.
    const peer = ipaddr.process(address);
    return ranges.some((range) => range[0].kind() === peer.kind() && peer.match(range));
  };
}

/**
 * One value: in a list, who added which of them depends on the proxies, and the first may be the
 * client's own.
 */
function readField(field: ForwardedField, message: Pick<Message, "fields">): ForwardedOrigin {
  if (field === "x-forwarded-for") return {};
  const [value, ...others] = message.fields(field);
  if (value === undefined) return {};
  const inDoubt = () =>
    new Problem("request_rejected", `${field} has more than one value or is malformed`);
  if (others.length > 0) throw inDoubt();
  if (field === "forwarded") return readForwarded(value, inDoubt);
  if (/[,\s]/.test(value)) throw inDoubt();
  return field === "x-forwarded-host" ? { host: value } : { scheme: value };
}

/** One element of a `Forwarded` header field (RFC 7239 §4). */
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

import ipaddr from "ipaddr.js";
import { checkArguments } from "../check-arguments.js";

/**
 * Returns true if a key may be used from an address.
 *
 * @param allowedAddresses - The addresses and ranges of the key, in canonical form, as in
 * `KeyCaller`. If the list is empty, every address is allowed.
 * @param address - The IP address of the client, for example from `prepareForwardedClient` of
 * `@oauth1/verifier`. An unknown address (`undefined`) is allowed only if the list is empty.
 * @throws ApiKeysError `ERR_ARGUMENT`
 *
 * @example
 * ```ts
 * isAllowedAddress(["192.0.2.0/24"], "192.0.2.7"); // true
 * isAllowedAddress(["192.0.2.0/24"], "::ffff:192.0.2.7"); // true
 * isAllowedAddress(["192.0.2.0/24"], "198.51.100.9"); // false
 * isAllowedAddress([], "198.51.100.9"); // true
 * ```
 */
export function isAllowedAddress(
  allowedAddresses: readonly string[],
  address: string | undefined,
): boolean {
  checkArguments({ allowedAddresses });
  if (allowedAddresses.length === 0) return true;
  if (address === undefined || !ipaddr.isValid(address)) return false;
  // An IPv4-mapped IPv6 address counts as the IPv4 address (RFC 4291 §2.5.5.2).
  const client = ipaddr.process(address);
  return allowedAddresses.some((text) => {
    const range = ipaddr.parseCIDR(text.includes("/") ? text : `${text}/${sizeOf(text)}`);
    return range[0].kind() === client.kind() && client.match(range);
  });
}

/**
 * Returns the canonical form of an IP address or a range (RFC 4632 §3.1, RFC 5952): without host
 * bits, and as IPv4 if it is IPv4-mapped. Returns `undefined` for other text, and for forms that
 * readers understand differently, such as octal numbers and zones.
 */
export function canonicalAddress(text: string): string | undefined {
  const [, address = "", bits] = /^([0-9A-Fa-f.:]{2,45})(?:\/(0|[1-9]\d{0,2}))?$/.exec(text) ?? [];
  const dotted = /[^:]*\.[^:]*$/.exec(address)?.[0];
  if (dotted !== undefined && !ipaddr.IPv4.isValidFourPartDecimal(dotted)) return undefined;
  if (dotted !== address && !ipaddr.IPv6.isValid(address)) return undefined;
  const parsed = ipaddr.parse(address);
  const size = sizeOf(address);
  const length = bits === undefined ? size : Number(bits);
  if (length > size) return undefined;
  if (parsed instanceof ipaddr.IPv6 && parsed.isIPv4MappedAddress() && length >= MAPPED) {
    return canonicalRange(parsed.toIPv4Address().toString(), length - MAPPED);
  }
  return canonicalRange(parsed.toString(), length);
}

/** The bits of the prefix `::ffff:0:0/96`. */
const MAPPED = 96;

function canonicalRange(address: string, length: number): string {
  const range = `${address}/${length}`;
  if (length === sizeOf(address)) return address;
  const network = address.includes(":")
    ? ipaddr.IPv6.networkAddressFromCIDR(range)
    : ipaddr.IPv4.networkAddressFromCIDR(range);
  return `${network.toString()}/${length}`;
}

function sizeOf(address: string): 32 | 128 {
  return address.includes(":") ? 128 : 32;
}

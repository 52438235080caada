import ipaddr from "ipaddr.js";
import { prepareAddresses, prepareForwarded, type TrustedProxies } from "./forwarded.js";
import { Problem } from "./problem.js";

/** The facts about a request that do not depend on proxies. */
export interface ForwardedRequest {
  /** The IP address of the peer of the connection. */
  readonly peerAddress: string | undefined;
  /** Returns all values of a header, by lower-case name. */
  fields(lowerCaseName: string): readonly string[];
}

/** The client that sent a request, and the scheme and host that it requested. */
export interface ForwardedClient {
  /** The client's IP address, or that of the peer if no trusted proxy names another. */
  readonly address: string | undefined;
  /** The scheme that the client used, if a trusted proxy reports it. */
  readonly scheme?: string;
  /** The host and port that the client requested, if a trusted proxy reports them. */
  readonly host?: string;
}

/**
 * Returns a function that finds the client behind trusted proxies, for rate limits and logs. It
 * uses the same option and rules as the verifier uses for the signed URL.
 *
 * The client's address is the last one in `X-Forwarded-For` that does not belong to a trusted
 * proxy. The addresses before it were sent by the client.
 *
 * @param proxies - Like the verifier's option `trustedProxies`. With `undefined`, no proxy is
 * trusted.
 * @returns A function that returns the client of a request, or `undefined` if a trusted proxy's
 * headers are malformed or contradictory: respond 400.
 * @throws VerifierError `ERR_TRUSTED_PROXIES` for a malformed address, `ERR_VERIFIER_OPTION` for
 * any other mistake.
 *
 * @example
 * ```ts
 * const clientOf = prepareForwardedClient({
 *   addresses: ["10.0.0.0/8"],
 *   fields: ["x-forwarded-for"],
 * });
 * const fields = (name: string) => (name === "x-forwarded-for" ? ["192.0.2.7, 198.51.100.9"] : []);
 * clientOf({ peerAddress: "10.0.0.1", fields })?.address; // "198.51.100.9"
 * clientOf({ peerAddress: "203.0.113.5", fields })?.address; // "203.0.113.5"
 * ```
 */
export function prepareForwardedClient(
  proxies: TrustedProxies | undefined,
): (request: ForwardedRequest) => ForwardedClient | undefined {
  if (proxies === undefined) return ({ peerAddress }) => ({ address: peerAddress });
  const forwarded = prepareForwarded(proxies);
  const isTrusted = prepareAddresses(proxies.addresses);
  return (request) => {
    const { peerAddress } = request;
    if (peerAddress === undefined || !isTrusted(peerAddress)) return { address: peerAddress };
    try {
      const { node, ...origin } = forwarded(request);
      const chain = proxies.fields.includes("x-forwarded-for")
        ? request.fields("x-forwarded-for").flatMap((value) => value.split(","))
        : [];
      if (node !== undefined) chain.unshift(node);
      return { address: lastUntrusted(chain, peerAddress, isTrusted), ...origin };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return undefined;
    }
  };
}

/** If a node is not an address (for example "unknown"), the nearest proxy's address is used. */
function lastUntrusted(
  chain: readonly string[],
  peerAddress: string,
  isTrusted: (address: string) => boolean,
): string {
  let nearest = peerAddress;
  for (const node of chain.toReversed()) {
    const address = addressOf(node);
    if (address === undefined) return nearest;
    nearest = address;
    if (!isTrusted(address)) return nearest;
  }
  return nearest;
}

/**
 * Returns the address of a node without its port: `192.0.2.7:80`, `[2001:db8::1]:80` (RFC 7239 §6).
 */
function addressOf(node: string): string | undefined {
  const [, bracketed, plain] =
    /^\s*(?:\[([^\]]+)\](?::\w+)?|([\d.]+)(?::\w+)?)\s*$/.exec(node) ?? [];
  const address = bracketed ?? plain ?? node.trim();
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : undefined;
}

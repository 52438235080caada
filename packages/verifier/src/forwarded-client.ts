import ipaddr from "ipaddr.js";
import { prepareAddresses, prepareForwarded, type TrustedProxies } from "./forwarded.js";
import { Problem } from "./problem.js";

/** What is known of a request before its proxies are asked. */
export interface ForwardedRequest {
  /** The IP address of the connection's other end. */
  readonly peerAddress: string | undefined;
  /** All values of a header field, by its lower-case name. */
  fields(lowerCaseName: string): readonly string[];
}

/** Who sent a request, and what that client asked for. */
export interface ForwardedClient {
  /** The client's IP address; that of the peer where no trusted proxy names another. */
  readonly address: string | undefined;
  /** The scheme that the client used, where a trusted proxy tells it. */
  readonly scheme?: string;
  /** Host and port that the client asked for, where a trusted proxy tells them. */
  readonly host?: string;
}

/**
 * Prepares what finds the client behind trusted proxies, for rate limits and logs: by the same
 * option, and by the same rules, by which the verifier finds the URL that the client signed.
 *
 * Of the addresses in `X-Forwarded-For`, the last one that does not belong to a trusted proxy is the client's:
 * what stands before it is the client's own word.
 *
 * @param proxies - As in `trustedProxies` of the verifier. `undefined`: no proxy is trusted.
 * @returns Gives the client of a request, or `undefined` where a trusted proxy's fields are
 * malformed or contradictory: answer 400.
 * @throws VerifierError `ERR_TRUSTED_PROXIES` for a malformed address, `ERR_VERIFIER_OPTION` for any other mistake.
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

/** Where a node is not an address ("unknown", say), the nearest proxy stands for all behind it. */
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

/** The address of a node, without its port: `192.0.2.7:80`, `[2001:db8::1]:80` (RFC 7239 §6). */
function addressOf(node: string): string | undefined {
  const [, bracketed, plain] =
    /^\s*(?:\[([^\]]+)\](?::\w+)?|([\d.]+)(?::\w+)?)\s*$/.exec(node) ?? [];
  const address = bracketed ?? plain ?? node.trim();
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : undefined;
}

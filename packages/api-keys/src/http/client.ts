import { prepareForwardedClient, type TrustedProxies } from "@oauth1/verifier";
import type { Context } from "hono";
import ipaddr from "ipaddr.js";
import { HttpProblem } from "./problem.js";

/** How clients reach the server. */
export interface ServerAddress {
  /** Scheme, host and port as clients see them. The default comes from each request. */
  readonly publicOrigin?: string | undefined;
  /**
   * The path below which clients reach the server, such as `/keys`. A proxy must pass it on: it is
   * part of what clients sign (RFC 5849 §3.4.1.2). The default is none.
   */
  readonly publicPath?: string | undefined;
  /** Proxies whose headers are trusted. The default is none. */
  readonly trustedProxies?: TrustedProxies | undefined;
  /** Returns the IP address of the connection's peer. The default works with `node:http`. */
  readonly addressOf?: ((request: Request, environment: unknown) => string | undefined) | undefined;
}

/** The client of a request. */
export interface Client {
  /** The origin that the client requested: `https://keys.example.com`. */
  readonly origin: string;
  /** True if the client's connection is encrypted: secrets may be sent, and cookies are secure. */
  readonly isSecure: boolean;
  /** The IP address, or `undefined` on a server that does not tell it. */
  readonly address: string | undefined;
  /** The key of rate limits: an IPv4 address, or the /64 network of an IPv6 address. */
  readonly network: string;
}

/**
 * Returns a function that finds the client of a request.
 *
 * @throws VerifierError `ERR_TRUSTED_PROXIES` if the option is wrong.
 */
export function prepareClient({
  publicOrigin,
  trustedProxies,
  addressOf = peerAddress,
}: ServerAddress): (context: Context) => Client {
  const clientOf = prepareForwardedClient(trustedProxies);
  return ({ req, env }) => {
    const client = clientOf({
      peerAddress: addressOf(req.raw, env),
      fields(name) {
        const value = req.raw.headers.get(name);
        return value === null ? [] : [value];
      },
    });
    if (client === undefined) throw malformedProxyFields();
    const origin = publicOrigin ?? originOf(req.raw.url, client);
    return {
      origin: new URL(origin).origin,
      isSecure: origin.startsWith("https:"),
      address: canonicalAddress(client.address),
      network: networkOf(client.address),
    };
  };
}

function originOf(url: string, { scheme, host }: { scheme?: string; host?: string }): string {
  const received = new URL(url);
  const origin = `${scheme?.toLowerCase() ?? received.protocol.slice(0, -1)}://${host ?? received.host}`;
  if (!/^https?:\/\/[^/?#@\\]+$/.test(origin) || !URL.canParse(origin)) {
    throw malformedProxyFields();
  }
  return origin;
}

/** Returns an IP address in its canonical text, IPv4 also for an IPv4-mapped IPv6 address. */
function canonicalAddress(address: string | undefined): string | undefined {
  return address !== undefined && ipaddr.isValid(address)
    ? ipaddr.process(address).toString()
    : undefined;
}

/**
 * A client with one IPv6 address usually has its whole /64 network, and could send each request
 * from another address.
 */
function networkOf(address: string | undefined): string {
  if (address === undefined) return "unknown";
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  return parsed.kind() === "ipv4"
    ? parsed.toString()
    : ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toNormalizedString()}/64`).toString();
}

function malformedProxyFields(): HttpProblem {
  return new HttpProblem(
    400,
    "malformed_request",
    "the headers of a trusted proxy are malformed or contradict each other",
  );
}

/** Returns the address of the client of a `node:http` connection. */
function peerAddress(_request: Request, environment: unknown): string | undefined {
  const { incoming } = (environment ?? {}) as {
    incoming?: { socket?: { remoteAddress?: string } };
  };
  return incoming?.socket?.remoteAddress;
}

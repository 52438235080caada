import { prepareForwardedClient, type TrustedProxies } from "@oauth1/verifier";
import type { Context } from "hono";
import ipaddr from "ipaddr.js";
import { HttpProblem } from "./problem.js";

/** How the server is reached. */
export interface ServerAddress {
  /** Scheme, host and port as clients see them. The default is what each request was sent to. */
  readonly publicOrigin?: string | undefined;
  /** Proxies whose header fields are believed. The default is none. */
  readonly trustedProxies?: TrustedProxies | undefined;
  /** The IP address of the other end of the connection. The default is that of `node:http`. */
  readonly addressOf?: ((request: Request, environment: unknown) => string | undefined) | undefined;
}

/** Who sent a request, and to where. */
export interface Client {
  /** The origin that the client asked for: `https://keys.example.com`. */
  readonly origin: string;
  /** Whether the client's connection is encrypted, so that secrets may pass, and cookies are secure. */
  readonly isSecure: boolean;
  /** What rate limits count by: an IPv4 address, or the /64 network of an IPv6 address. */
  readonly network: string;
}

/**
 * Prepares what finds the client of a request.
 *
 * @throws VerifierError `ERR_TRUSTED_PROXIES` where the option is wrong.
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

/**
 * Whoever has one IPv6 address has the /64 network around it, and could send each request from
 * another address.
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
    "the header fields of a trusted proxy are malformed or contradict each other",
  );
}

/** The address that a `node:http` connection comes from. */
function peerAddress(_request: Request, environment: unknown): string | undefined {
  const { incoming } = (environment ?? {}) as {
    incoming?: { socket?: { remoteAddress?: string } };
  };
  return incoming?.socket?.remoteAddress;
}

import { serializeChallenge } from "@oauth1/auth-header";
import type {
  RejectedRequest,
  VerifiableRequest,
  VerifiedRequest,
  VerifierOptions,
} from "@oauth1/verifier";
import type { ProviderOptions } from "./provider-options.js";

/** Facts that a web `Request` does not contain. */
export interface RequestFacts {
  /** The request as the framework has it, for `resourceOwner`. */
  readonly native?: unknown;
  /** The request to verify instead, whose URL no platform has parsed, such as that of `node:http`. */
  readonly received?: VerifiableRequest | undefined;
  /** The IP address of the peer, for `trustedProxies`. */
  readonly peerAddress?: string | undefined;
}

/** Responds to a request. */
export type Endpoint = (request: Request, facts?: RequestFacts) => Promise<Response>;

/** What the endpoints need. */
export interface Setup extends ProviderOptions {
  readonly signatureMethods: VerifierOptions["signatureMethods"];
  readonly paths: ProviderPaths;
  readonly now: () => Date;
}

/** The paths of the endpoints. */
export interface ProviderPaths {
  readonly description: string;
  /** RFC 5849 §2.1 */
  readonly temporaryCredentials: string;
  /** RFC 5849 §2.2 */
  readonly authorization: string;
  /** RFC 5849 §2.3 */
  readonly token: string;
}

/** The value of a protocol parameter of a verified request. */
export function protocolParameter(
  { parameters }: VerifiedRequest,
  name: string,
): string | undefined {
  return parameters.find(([found]) => found === name)?.[1];
}

/** The verifier's response to a request that it rejected. */
export function rejectedResponse({ status, headers, body }: RejectedRequest): Response {
  return new Response(body, { status, headers });
}

/** Responds with credentials, form-encoded (RFC 5849 §2.1, §2.3). */
export function credentialsResponse(parameters: Readonly<Record<string, string>>): Response {
  return new Response(String(new URLSearchParams(parameters)), {
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      "Cache-Control": "no-store",
    },
  });
}

/** Responds with a problem of the Problem Reporting extension, as the verifier does. */
export function problemResponse(
  { realm, problemReporting = "code" }: ProviderOptions,
  status: 400 | 401,
  problem: string,
  companion?: readonly [name: string, value: string],
): Response {
  const reported: [string, string][] = [["oauth_problem", problem]];
  if (companion !== undefined) reported.push([...companion]);
  const parameters = problemReporting === "none" ? [] : reported;
  return new Response(String(new URLSearchParams(parameters)), {
    status,
    headers: {
      "WWW-Authenticate": serializeChallenge({ realm, parameters }),
      "Content-Type": "application/x-www-form-urlencoded",
      "Cache-Control": "no-store",
    },
  });
}

/** Returns a response if secrets would be sent without TLS (RFC 5849 §2.1, §2.3). */
export function insecureResponse(
  { allowInsecureTransport = false }: ProviderOptions,
  { url }: VerifiedRequest,
): Response | undefined {
  if (allowInsecureTransport || /^https:/i.test(url)) return undefined;
  return textResponse(403, "Credentials are sent over https only.\n");
}

/** Returns a response unless the method is one of these. */
export function methodResponse(
  { method }: Request,
  allowed: readonly string[],
): Response | undefined {
  if (allowed.includes(method)) return undefined;
  return textResponse(405, "Method not allowed.\n", { Allow: allowed.join(", ") });
}

function textResponse(status: number, text: string, headers: Record<string, string> = {}) {
  return new Response(text, {
    status,
    headers: {
      "Content-Type": "text/plain; charset=utf-8",
      "Cache-Control": "no-store",
      ...headers,
    },
  });
}

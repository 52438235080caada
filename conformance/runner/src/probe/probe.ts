import { serializeAuthorizationHeader } from "@oauth1/auth-header";
import { type Parameter, signatureBaseString } from "@oauth1/base-string";
import { percentEncode } from "@oauth1/percent-encoding";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";

/** What is probed, and with whose credentials. */
export interface ProbeTarget extends ProbeLimits {
  /**
   * A resource that a rightly signed request gets with a status below 400: an absolute http or https
   * URL, percent-encoded, without user name, password and fragment.
   */
  readonly url: string;
  /** In upper case. `GET` by default. A `POST`, `PUT` or `PATCH` sends a form. */
  readonly method?: string | undefined;
  readonly client: { readonly identifier: string; readonly sharedSecret: string };
  readonly token?: { readonly identifier: string; readonly sharedSecret: string } | undefined;
  /** `HMAC-SHA1` where left out. */
  readonly signatureMethod?: string | undefined;
}

/** How long a server may take for an answer, and how much it may send. */
export interface ProbeLimits {
  /** Milliseconds until the connection stands, with TLS. 5,000 by default. */
  readonly connectTimeout?: number | undefined;
  /**
   * Milliseconds from the start of the connection to the end of the answer's body, however slowly
   * the answer drips. 10,000 by default.
   */
  readonly timeout?: number | undefined;
  /** Bytes that the body of an answer may have. 1 MiB by default. */
  readonly maximumBody?: number | undefined;
}

/** A request, before and after it is signed. Each probe changes a right one. */
export interface ProbeRequest {
  method: string;
  url: string;
  /** As it is sent; `undefined` for no body. */
  form: string | undefined;
  /** Decoded; signed, but for the realm. */
  protocolParameters: Parameter[];
  clientSharedSecret: string;
  tokenSharedSecret: string;
  /** Where the protocol parameters go. */
  transmission: "header" | "query" | "form-body";
  /** Changes the header field after it was written. */
  rewrite: (header: string) => string;
}

const METHODS = new Map([hmacSha1, hmacSha256, hmacSha512].map((method) => [method.name, method]));

/** The names of the signature methods that a probe can sign with. */
export const PROBE_METHODS: readonly string[] = [...METHODS.keys()];

/** A request that is right in all, with a nonce of its own and the time of now. */
export function rightRequest(target: ProbeTarget, nonce: string, now: number): ProbeRequest {
  const { url, method = "GET", client, token, signatureMethod = "HMAC-SHA1" } = target;
  return {
    method,
    url,
    form: /^(POST|PUT|PATCH)$/.test(method) ? "probe=a+b&empty=" : undefined,
    protocolParameters: [
      ["oauth_consumer_key", client.identifier],
      ...(token ? [["oauth_token", token.identifier] as const] : []),
      ["oauth_signature_method", signatureMethod],
      ["oauth_timestamp", String(now)],
      ["oauth_nonce", nonce],
      ["oauth_version", "1.0"],
    ],
    clientSharedSecret: client.sharedSecret,
    tokenSharedSecret: token?.sharedSecret ?? "",
    transmission: "header",
    rewrite: (header) => header,
  };
}

/** A signed request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly form: string | undefined;
}

/** Signs by the method that the request names; by HMAC-SHA1 where it names none that is known. */
export function signProbe(request: ProbeRequest): WireRequest {
  const { method, url, form, protocolParameters, transmission, rewrite } = request;
  const name = protocolParameters.find(([known]) => known === "oauth_signature_method")?.[1];
  const sign = (METHODS.get(name ?? "") ?? hmacSha1).prepareToSign(
    { sharedSecret: request.clientSharedSecret },
    { sharedSecret: request.tokenSharedSecret },
  );
  const signature = sign(
    signatureBaseString({ method, url, body: form ?? null }, protocolParameters),
  );
  const parameters: Parameter[] = [...protocolParameters, ["oauth_signature", signature]];
  const written = parameters.map((pair) => pair.map(percentEncode).join("=")).join("&");
  const separator = url.includes("?") ? "&" : "?";
  return {
    method,
    url: transmission === "query" ? `${url}${separator}${written}` : url,
    authorization:
      transmission === "header" ? rewrite(serializeAuthorizationHeader({ parameters })) : undefined,
    form: transmission === "form-body" ? (form ? `${form}&${written}` : written) : form,
  };
}

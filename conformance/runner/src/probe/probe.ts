import { serializeAuthorizationHeader } from "@oauth1/auth-header";
import { type Parameter, signatureBaseString } from "@oauth1/base-string";
import { percentEncode } from "@oauth1/percent-encoding";
import { loadSignatureMethod, signatureMethods } from "@oauth1/signature-methods/registry";

/** The resource to probe, and the credentials. */
export interface ProbeTarget extends ProbeLimits {
  /**
   * A resource that a correctly signed request gets with a status below 400: an absolute http
   * or https URL, percent-encoded, without user name, password and fragment.
   */
  readonly url: string;
  /** In upper case. `GET` by default. A `POST`, `PUT` or `PATCH` sends a form. */
  readonly method?: string | undefined;
  readonly client: { readonly identifier: string; readonly sharedSecret: string };
  readonly token?: { readonly identifier: string; readonly sharedSecret: string } | undefined;
  /** HMAC-SHA1 by default. */
  readonly signatureMethod?: string | undefined;
}

/** The limits of a server's answer: time and size. */
export interface ProbeLimits {
  /** The time limit for the connection, including TLS, in milliseconds. 5,000 by default. */
  readonly connectTimeout?: number | undefined;
  /**
   * The time limit from the start of the connection to the end of the answer's body, in
   * milliseconds, even if the answer arrives slowly. 10,000 by default.
   */
  readonly timeout?: number | undefined;
  /** The maximum size of the body of an answer, in bytes. 1 MiB by default. */
  readonly maximumBody?: number | undefined;
}

/** A request, before and after it is signed. Each probe changes a correct one. */
export interface ProbeRequest {
  method: string;
  url: string;
  /** The body as it is sent; `undefined` for no body. */
  form: string | undefined;
  /** Decoded. All except the realm are signed. */
  protocolParameters: Parameter[];
  clientSharedSecret: string;
  tokenSharedSecret: string;
  /** The place of the protocol parameters. */
  transmission: "header" | "query" | "form-body";
  /** Changes the header after it was written. */
  rewrite: (header: string) => string;
}

/**
 * The names of the signature methods with which a probe can sign. It has shared-secrets, and
 * most changes do not affect a signature that consists of the secrets themselves. The first is
 * the default.
 */
export const PROBE_METHODS: readonly string[] = signatureMethods
  .filter(({ keyType, revealsSecrets }) => keyType === "shared-secret" && !revealsSecrets)
  .map(({ name }) => name);

const [DEFAULT_METHOD = ""] = PROBE_METHODS;

/** A request that is correct in every respect, with a fresh nonce and the current time. */
export function rightRequest(target: ProbeTarget, nonce: string, now: number): ProbeRequest {
  const { url, method = "GET", client, token, signatureMethod = DEFAULT_METHOD } = target;
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

/** A signed request as it is sent. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly form: string | undefined;
}

/** Signs with the method that the request names, or with the default if that is unknown. */
export async function signProbe(request: ProbeRequest): Promise<WireRequest> {
  const { method, url, form, protocolParameters, transmission, rewrite } = request;
  const name = protocolParameters.find(([itsName]) => itsName === "oauth_signature_method")?.[1];
  const known = PROBE_METHODS.includes(name ?? "") ? (name ?? "") : DEFAULT_METHOD;
  const sign = (await loadSignatureMethod(known)).prepareToSign(
    { sharedSecret: request.clientSharedSecret, privateKey: "" },
    { sharedSecret: request.tokenSharedSecret },
  );
  const signature = await sign(
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

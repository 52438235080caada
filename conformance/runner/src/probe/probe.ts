import { serializeAuthorizationHeader } from "@oauth1/auth-header";
import { type Parameter, signatureBaseString } from "@oauth1/base-string";
import { percentEncode } from "@oauth1/percent-encoding";
import { loadSignatureMethod, signatureMethods } from "@oauth1/signature-methods/registry";

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
  /** HMAC-SHA1 by default. */
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

/**
 * The names of the signature methods that a probe can sign with: it has shared-secrets, and most of
 * what it changes has no part in a signature that is the secrets themselves. The first is the default.
 */
export const PROBE_METHODS: readonly string[] = signatureMethods
  .filter(({ keyType, revealsSecrets }) => keyType === "shared-secret" && !revealsSecrets)
  .map(({ name }) => name);

const [DEFAULT_METHOD = ""] = PROBE_METHODS;

/** A request that is right in all, with a nonce of its own and the time of now. */
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

/** A signed request as it goes over the wire. */
export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly form: string | undefined;
}

/** Signs by the method that the request names; by the default one where it names an unknown one. */
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

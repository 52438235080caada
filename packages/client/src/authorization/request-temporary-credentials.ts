import type { Parameter } from "@oauth1/base-string";
import type { SharedSecret } from "@oauth1/signature-methods";
import { AuthorizationError } from "./authorization-error.js";
import {
  type CredentialRequestOptions,
  type CredentialResponse,
  requestCredentials,
} from "./credential-request.js";
import {
  parameterValue,
  type ReceivedCredentials,
  receivedCredentials,
} from "./received-credentials.js";
import type { Toleration } from "./toleration.js";

/** Options of {@link requestTemporaryCredentials} (RFC 5849 §2.1). */
export interface TemporaryCredentialsStep {
  /**
   * `oauth_callback`: the absolute URL to which the server sends the resource owner back, or
   * `"oob"` if there is none and the resource owner copies a verifier to you. `null` omits the
   * parameter, for servers that do not support it.
   */
  readonly callback: string | URL | null;
  /**
   * If `true`, the response must contain `oauth_callback_confirmed=true`, as the RFC requires.
   * Without it, an attacker's grant can pass for your user's (session fixation). Default: `true`.
   * Set `false` for a server of OAuth 1.0 before revision A.
   */
  readonly requireCallbackConfirmation?: boolean | undefined;
}

/** Temporary credentials (RFC 5849 §2.1), also known as request token and its secret. */
export interface TemporaryCredentials extends ReceivedCredentials {
  /** `true` if the server confirmed the callback. */
  readonly callbackConfirmed: boolean;
}

/**
 * The first step: requests temporary credentials.
 *
 * @param url - The server's Temporary Credential Request endpoint.
 * @param options - The client and the callback.
 * @throws {@link AuthorizationError}, of which {@link ProviderError} is a subclass.
 * @see RFC 5849 §2.1
 *
 * @example
 * ```ts
 * const client = { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" };
 * const temporary = await requestTemporaryCredentials("https://photos.example.net/initiate", {
 *   client,
 *   callback: "http://printer.example.com/ready",
 *   fetch: async () =>
 *     new Response(
 *       "oauth_token=hh5s93j4hdidpola&oauth_token_secret=hdhd0244k9j7ao03&oauth_callback_confirmed=true",
 *       { headers: { "Content-Type": "application/x-www-form-urlencoded" } },
 *     ),
 * });
 * temporary.identifier; // "hh5s93j4hdidpola"
 * ```
 */
export async function requestTemporaryCredentials<SigningClient = SharedSecret>(
  url: string | URL,
  options: CredentialRequestOptions<SigningClient> & TemporaryCredentialsStep,
): Promise<TemporaryCredentials> {
  const { callback, requireCallbackConfirmation = callback !== null } = options ?? {};
  const response = await requestCredentials<SigningClient>(url, options, {
    protocolParameters: callback ? [callbackParameter(callback)] : [],
    required: ["callback"],
  });
  const confirmed = parameterValue(response, "oauth_callback_confirmed");
  const callbackConfirmed = confirmed?.toLowerCase() === "true";
  const tolerated: Toleration[] = [...response.tolerated];
  if (callbackConfirmed && confirmed !== "true") {
    tolerated.push({ kind: "callback-confirmed-spelling", parameter: "oauth_callback_confirmed" });
  }
  const temporary = receivedCredentials({ ...response, tolerated }, { callbackConfirmed });
  if (requireCallbackConfirmation && !callbackConfirmed) throw notConfirmed(response);
  return temporary;
}

/** RFC 5849 §2.1: an absolute URI, or `oob`. */
function callbackParameter(callback: string | URL): Parameter {
  const text = String(callback);
  if (text !== "oob" && !/^[a-z][a-z\d+.-]*:/i.test(text)) {
    throw new AuthorizationError(
      "ERR_AUTHORIZATION_OPTION",
      'callback must be an absolute URL, "oob" or null',
      {
        parameter: "callback",
      },
    );
  }
  return ["oauth_callback", text];
}

function notConfirmed({ status, bodyExcerpt }: CredentialResponse): AuthorizationError {
  return new AuthorizationError(
    "ERR_CALLBACK_NOT_CONFIRMED",
    "the response must contain oauth_callback_confirmed=true",
    { parameter: "oauth_callback_confirmed", status, bodyExcerpt },
  );
}

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

/** What belongs to the first step (RFC 5849 §2.1). */
export interface TemporaryCredentialsStep {
  /**
   * `oauth_callback`: the absolute URL to which the server sends the resource owner back, or `"oob"`
   * where there is none and the resource owner reads a verifier to you. `null` leaves the parameter
   * out, which is for servers that do not know it.
   */
  readonly callback: string | URL | null;
  /**
   * Whether the answer must say `oauth_callback_confirmed=true`, as the RFC demands. A server that
   * does not say so may let an attacker's grant pass for your user's (session fixation). `true`
   * where left out, `false` for a server of OAuth 1.0 before its revision A.
   */
  readonly requireCallbackConfirmation?: boolean | undefined;
}

/** Temporary credentials (RFC 5849 §2.1), also known as request token and its secret. */
export interface TemporaryCredentials extends ReceivedCredentials {
  /** Whether the server said that it confirms the callback. */
  readonly callbackConfirmed: boolean;
}

/**
 * The first step: asks the server for temporary credentials.
 *
 * @param url - The server's Temporary Credential Request endpoint.
 * @param options - Who asks, and the callback.
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
    "the answer does not say oauth_callback_confirmed=true",
    { parameter: "oauth_callback_confirmed", status, bodyExcerpt },
  );
}

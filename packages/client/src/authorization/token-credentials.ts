import type { CredentialResponse } from "./credential-request.js";
import {
  parameterValue,
  type ReceivedCredentials,
  receivedCredentials,
} from "./received-credentials.js";
import type { Toleration } from "./toleration.js";

/** Token credentials (RFC 5849 §2.3), also known as access token and its secret. */
export interface TokenCredentials extends ReceivedCredentials {
  /**
   * `oauth_session_handle`: used by {@link renewTokenCredentials}. A secret (Session extension).
   */
  readonly sessionHandle?: string;
  /** `oauth_expires_in`: the seconds for which the credentials are valid. */
  readonly expiresIn?: number;
  /** `oauth_authorization_expires_in`: the seconds for which they can be renewed. */
  readonly authorizationExpiresIn?: number;
}

/** Reads token credentials, including the parameters of the Session extension. */
export function tokenCredentials(response: CredentialResponse): TokenCredentials {
  const tolerated: Toleration[] = [...response.tolerated];
  const seconds = (name: string): number | undefined => {
    const value = parameterValue(response, name);
    if (value === undefined) return undefined;
    if (/^\d{1,15}$/.test(value)) return Number(value);
    tolerated.push({ kind: "unreadable-parameter", parameter: name });
    return undefined;
  };
  const sessionHandle = parameterValue(response, "oauth_session_handle");
  const expiresIn = seconds("oauth_expires_in");
  const authorizationExpiresIn = seconds("oauth_authorization_expires_in");
  return receivedCredentials(
    { ...response, tolerated },
    {
      ...(sessionHandle !== undefined && { sessionHandle }),
      ...(expiresIn !== undefined && { expiresIn }),
      ...(authorizationExpiresIn !== undefined && { authorizationExpiresIn }),
    },
  );
}

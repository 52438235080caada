import type { CredentialResponse } from "./credential-request.js";
import {
  parameterValue,
  type ReceivedCredentials,
  receivedCredentials,
} from "./received-credentials.js";
import type { Toleration } from "./toleration.js";

/** Token credentials (RFC 5849 §2.3), also known as access token and its secret. */
export interface TokenCredentials extends ReceivedCredentials {
  /** `oauth_session_handle`: what {@link renewTokenCredentials} needs. A secret (Session extension). */
  readonly sessionHandle?: string;
  /** `oauth_expires_in`: for how many seconds the credentials are good. */
  readonly expiresIn?: number;
  /** `oauth_authorization_expires_in`: for how many seconds they can be renewed. */
  readonly authorizationExpiresIn?: number;
}

/** Reads token credentials, and what the Session extension adds to them. */
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

import type { Parameter } from "@oauth1/base-string";
import { type Credentials, redactCredentials } from "@oauth1/signer";
import { AuthorizationError } from "./authorization-error.js";
import type { CredentialResponse } from "./credential-request.js";
import { STANDARD_NAMES } from "./read-parameters.js";
import type { Toleration } from "./toleration.js";

/**
 * Credentials from a server. You can log them: the secrets are shown as `[redacted]`. To store
 * them, read `identifier` and `sharedSecret`. A copy by `...` or `JSON.stringify` does not contain
 * the secrets.
 */
export interface ReceivedCredentials extends Credentials {
  /** The server's own parameters, decoded: `user_id`, `screen_name`, … */
  readonly parameters: readonly Parameter[];
  /** Deviations from the RFC that were tolerated. Empty for most servers. */
  readonly tolerated: readonly Toleration[];
}

/** Reads `oauth_token` and `oauth_token_secret` (RFC 5849 §2.1, §2.3). */
export function receivedCredentials<Further extends object>(
  response: CredentialResponse,
  further: Further,
): ReceivedCredentials & Further {
  const identifier = parameterValue(response, "oauth_token");
  const sharedSecret = parameterValue(response, "oauth_token_secret");
  if (!identifier) throw absent(response, "oauth_token");
  if (sharedSecret === undefined) throw absent(response, "oauth_token_secret");
  return redactCredentials({
    identifier,
    sharedSecret,
    ...further,
    // The others have their own property, or are secret.
    parameters: response.parameters.filter(([name]) => !STANDARD_NAMES.includes(name)),
    tolerated: response.tolerated,
  });
}

/** Returns the decoded value of a parameter in a response. */
export function parameterValue(
  { parameters }: Pick<CredentialResponse, "parameters">,
  name: string,
): string | undefined {
  return parameters.find(([other]) => other === name)?.[1];
}

function absent({ status, bodyExcerpt }: CredentialResponse, parameter: string) {
  return new AuthorizationError(
    "ERR_RESPONSE_PARAMETER_ABSENT",
    `the response has no ${parameter}`,
    {
      parameter,
      status,
      bodyExcerpt,
    },
  );
}

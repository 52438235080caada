import { formParameters, type Parameter } from "@oauth1/base-string";
import { AuthorizationDeniedError, AuthorizationError } from "./authorization-error.js";
import { splitOnce } from "./credential-request.js";

/** What the resource owner brings back to the callback. */
export interface AuthorizationCallback {
  /** `oauth_verifier`, for {@link requestTokenCredentials}. */
  readonly verifier: string;
  /** The callback's other parameters, your own among them, decoded. */
  readonly parameters: readonly Parameter[];
}

/**
 * Reads the URL at which the resource owner comes back, and checks that it is for these temporary
 * credentials: of another user's session, or of none, the token is another.
 *
 * @param url - The callback as it was requested: an absolute URL, or path and query.
 * @param temporaryCredentials - What this user's session has from
 * {@link requestTemporaryCredentials}.
 * @throws {@link AuthorizationDeniedError} where access was not granted: the callback has
 * `oauth_problem`, or `denied` with the token, as X sends it.
 * @throws {@link AuthorizationError} `ERR_CALLBACK_PARAMETER` or `ERR_TOKEN_MISMATCH`.
 * @see RFC 5849 §2.2
 *
 * @example
 * ```ts
 * const temporary = { identifier: "hh5s93j4hdidpola", sharedSecret: "hdhd0244k9j7ao03" };
 * const callback = "/ready?oauth_token=hh5s93j4hdidpola&oauth_verifier=hfdp7dh39dks9884";
 * readAuthorizationCallback(callback, temporary).verifier; // "hfdp7dh39dks9884"
 * ```
 */
export function readAuthorizationCallback(
  url: string | URL,
  temporaryCredentials: { readonly identifier: string },
): AuthorizationCallback {
  const [, query = ""] = splitOnce(splitOnce(String(url), "#")[0], "?");
  const parameters = decode(query);
  const problem = valueOnce(parameters, "oauth_problem");
  const denied = valueOnce(parameters, "denied");
  const token = valueOnce(parameters, "oauth_token") ?? denied;
  if (token !== undefined && token !== temporaryCredentials.identifier) {
    throw new AuthorizationError("ERR_TOKEN_MISMATCH", "the callback is for another oauth_token", {
      parameter: "oauth_token",
    });
  }
  if (problem !== undefined || (denied !== undefined && denied === token)) {
    throw new AuthorizationDeniedError(problem, valueOnce(parameters, "oauth_problem_advice"));
  }
  if (token === undefined) throw refusal("oauth_token", "is absent");
  const verifier = valueOnce(parameters, "oauth_verifier");
  if (!verifier) throw refusal("oauth_verifier", "is absent");
  return {
    verifier,
    parameters: parameters.filter(([name]) => name !== "oauth_token" && name !== "oauth_verifier"),
  };
}

function decode(query: string): Parameter[] {
  try {
    return formParameters(query);
  } catch {
    throw refusal("query", "is in a broken encoding");
  }
}

function valueOnce(parameters: readonly Parameter[], name: string): string | undefined {
  const values = parameters.filter(([other]) => other === name);
  if (values.length > 1) throw refusal(name, "is there more than once");
  return values[0]?.[1];
}

function refusal(parameter: string, wrong: string): AuthorizationError {
  return new AuthorizationError(
    "ERR_CALLBACK_PARAMETER",
    `the ${parameter} of the callback ${wrong}`,
    { parameter },
  );
}

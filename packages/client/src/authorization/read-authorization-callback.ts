import { formParameters, type Parameter } from "@oauth1/base-string";
import { AuthorizationDeniedError, AuthorizationError } from "./authorization-error.js";
import { splitOnce } from "./credential-request.js";

/** The content of a callback. */
export interface AuthorizationCallback<Verifier extends string | undefined = string> {
  /**
   * `oauth_verifier`, for {@link requestTokenCredentials}. `undefined` only if it is optional and
   * missing.
   */
  readonly verifier: Verifier;
  /** The callback's other parameters, including your own, decoded. */
  readonly parameters: readonly Parameter[];
}

/** Options of {@link readAuthorizationCallback}. */
export interface AuthorizationCallbackOptions {
  /**
   * If `true`, the callback must contain `oauth_verifier`, as the RFC requires. Default: `true`.
   * Set `false` for a server of OAuth 1.0 before revision A, which does not send one. The token is
   * compared in any case.
   */
  readonly requireVerifier?: boolean | undefined;
}

/**
 * Reads the URL with which the resource owner returns, and checks that it belongs to these
 * temporary credentials. The callback of another user's session, or of none, has another token.
 *
 * @param url - The callback as requested: an absolute URL, or path and query.
 * @param temporaryCredentials - The result of {@link requestTemporaryCredentials} from this user's
 * session.
 * @param options - The parameters that the callback must contain.
 * @throws {@link AuthorizationDeniedError} if access was not granted: the callback contains
 * `oauth_problem`, `error` (OAuth 2.0's name, for example `access_denied`), or `denied` with the
 * token (sent by X).
 * @throws {@link AuthorizationError} `ERR_CALLBACK_PARAMETER`, `ERR_TOKEN_MISMATCH` or
 * `ERR_AUTHORIZATION_OPTION`.
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
  options?: AuthorizationCallbackOptions & { readonly requireVerifier?: true | undefined },
): AuthorizationCallback;
export function readAuthorizationCallback(
  url: string | URL,
  temporaryCredentials: { readonly identifier: string },
  options: AuthorizationCallbackOptions,
): AuthorizationCallback<string | undefined>;
export function readAuthorizationCallback(
  url: string | URL,
  temporaryCredentials: { readonly identifier: string },
  options: AuthorizationCallbackOptions = {},
): AuthorizationCallback<string | undefined> {
  requireArguments(url, temporaryCredentials, options);
  const [, query = ""] = splitOnce(splitOnce(String(url), "#")[0], "?");
  const parameters = decode(query);
  const problem = valueOnce(parameters, "oauth_problem") ?? valueOnce(parameters, "error");
  const denied = valueOnce(parameters, "denied");
  const token = valueOnce(parameters, "oauth_token") ?? denied;
  if (token !== undefined && token !== temporaryCredentials.identifier) {
    throw new AuthorizationError(
      "ERR_TOKEN_MISMATCH",
      "the oauth_token of the callback is not that of temporaryCredentials",
      {
        parameter: "oauth_token",
      },
    );
  }
  if (problem !== undefined || (denied !== undefined && denied === token)) {
    const advice =
      valueOnce(parameters, "oauth_problem_advice") ?? valueOnce(parameters, "error_description");
    throw new AuthorizationDeniedError(problem, advice);
  }
  if (token === undefined) throw rejection("oauth_token", "is missing");
  const verifier = valueOnce(parameters, "oauth_verifier") || undefined;
  if (verifier === undefined && options.requireVerifier !== false) {
    throw rejection("oauth_verifier", "is missing");
  }
  return {
    verifier,
    parameters: parameters.filter(([name]) => name !== "oauth_token" && name !== "oauth_verifier"),
  };
}

function requireArguments(
  url: unknown,
  temporaryCredentials: { readonly identifier: string } | null | undefined,
  options: object | null,
): void {
  const wrong = (parameter: string, must: string) =>
    new AuthorizationError("ERR_AUTHORIZATION_OPTION", `${parameter} must be ${must}`, {
      parameter,
    });
  if (typeof url !== "string" && !(url instanceof URL)) throw wrong("url", "a string or a URL");
  // Without an identifier to compare with, every callback without a token would be accepted.
  const identifier: unknown = temporaryCredentials?.identifier;
  if (typeof identifier !== "string" || identifier === "") {
    throw wrong("temporaryCredentials", "the credentials of this user's session");
  }
  for (const [name, value] of Object.entries(options ?? {})) {
    if (name !== "requireVerifier")
      throw wrong(name, "omitted: requireVerifier is the only option");
    if (value !== undefined && typeof value !== "boolean") throw wrong(name, "true or false");
  }
}

function decode(query: string): Parameter[] {
  try {
    return formParameters(query);
  } catch {
    throw rejection("query", "is not validly percent-encoded");
  }
}

function valueOnce(parameters: readonly Parameter[], name: string): string | undefined {
  const values = parameters.filter(([other]) => other === name);
  if (values.length > 1) throw rejection(name, "appears more than once");
  return values[0]?.[1];
}

function rejection(parameter: string, wrong: string): AuthorizationError {
  return new AuthorizationError(
    "ERR_CALLBACK_PARAMETER",
    `the ${parameter} of the callback ${wrong}`,
    { parameter },
  );
}

/** The stable codes of errors. A code never changes its meaning. */
export type ApiKeysErrorCode =
  /**
   * The account has the maximum number of applications. Remedy: edit an application that you
   * do not need, and generate a new secret for it.
   */
  | "ERR_APPLICATION_LIMIT"
  /**
   * An argument or an option of a function is missing, misspelled or of the wrong type. Remedy:
   * correct the argument that the message names.
   */
  | "ERR_ARGUMENT"
  /**
   * The file of categories and permissions is missing or malformed. Remedy: correct the file at
   * the place that the message names, or restore the one of the package.
   */
  | "ERR_CATALOGUE"
  /**
   * The idempotency key was used for another request, or its secrets have ended. Remedy: send a
   * new idempotency key.
   */
  | "ERR_IDEMPOTENCY_KEY"
  /**
   * A value of the input is wrong. `faults` lists the places and the reasons. Remedy: correct the
   * values at these places.
   */
  | "ERR_INPUT"
  /**
   * The account has the maximum number of keys. Remedy: edit a key that is no longer needed, and
   * rotate its secrets.
   */
  | "ERR_KEY_LIMIT"
  /**
   * The one-time link is unknown, used or expired. Remedy: ask an administrator for a new link,
   * or run `oauth1 users link <name>`.
   */
  | "ERR_LINK"
  /**
   * There were too many wrong passwords. `retryAfter` is the time to wait. Remedy: wait that many
   * seconds.
   */
  | "ERR_LOCKED_OUT"
  /**
   * The account has no such key, application, token or user, or the account does not exist. Remedy:
   * list those of the account, and check the identifier.
   */
  | "ERR_NOT_FOUND"
  /**
   * Too many old secrets of the key still work. Remedy: end the old secrets of the key, or rotate
   * without an overlap.
   */
  | "ERR_OLD_SECRETS_LIMIT"
  /**
   * The account, user name or password is wrong. The error does not tell which one. Remedy: check
   * all three; an administrator can create a new one-time link.
   */
  | "ERR_SIGN_IN"
  /**
   * The key or application was changed after it was read. Remedy: read it again, and repeat the
   * change.
   */
  | "ERR_STALE"
  /** The user is disabled. Remedy: enable the user first. */
  | "ERR_USER_DISABLED"
  /** The account already has a user with this name. Remedy: choose another name. */
  | "ERR_USERNAME_TAKEN";

/** One error in an input, and its place. */
export interface InputFault {
  /** A JSON pointer (RFC 6901) into the input: `/permissions/1`. */
  readonly path: string;
  readonly message: string;
}

/**
 * An error of this package. `code` is stable. `message` is for people and never contains a secret.
 */
export class ApiKeysError extends Error {
  override readonly name = "ApiKeysError";
  readonly code: ApiKeysErrorCode;
  /** For `ERR_INPUT` and `ERR_USERNAME_TAKEN`: the errors in the input. */
  readonly faults: readonly InputFault[];
  /** For `ERR_LOCKED_OUT`: the whole seconds until the next attempt is possible. */
  readonly retryAfter: number | undefined;

  constructor(
    code: ApiKeysErrorCode,
    message: string,
    details: { readonly faults?: readonly InputFault[]; readonly retryAfter?: number } = {},
  ) {
    super(message);
    this.code = code;
    this.faults = details.faults ?? [];
    this.retryAfter = details.retryAfter;
  }
}

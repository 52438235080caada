/** The stable codes of errors. A code never changes its meaning. */
export type ApiKeysErrorCode =
  /** An argument or an option of a function is missing, misspelled or of the wrong type. */
  | "ERR_ARGUMENT"
  /** The file of categories and permissions is missing or malformed. */
  | "ERR_CATALOGUE"
  /** The data folder cannot be created, read or written. */
  | "ERR_DATA_FOLDER"
  /** The database cannot be opened. */
  | "ERR_DATABASE"
  /** An encryption key is malformed or missing, or others can read its file. */
  | "ERR_ENCRYPTION_KEY"
  /** Another process has the data folder open. */
  | "ERR_FOLDER_IN_USE"
  /** The idempotency key was used for another request, or its secrets have ended. */
  | "ERR_IDEMPOTENCY_KEY"
  /** A value of the input is wrong. `faults` lists the places and the reasons. */
  | "ERR_INPUT"
  /** The account has the maximum number of keys. */
  | "ERR_KEY_LIMIT"
  /** The one-time link is unknown, used or expired. */
  | "ERR_LINK"
  /** There were too many wrong passwords. `retryAfter` is the time to wait. */
  | "ERR_LOCKED_OUT"
  /** The account has no such key or user, or the account does not exist. */
  | "ERR_NOT_FOUND"
  /** Too many old secrets of the key still work. */
  | "ERR_OLD_SECRETS_LIMIT"
  /** A stored secret was changed, or was moved to another secret's place. */
  | "ERR_SEALED_SECRET"
  /** The account, user name or password is wrong. The error does not tell which one. */
  | "ERR_SIGN_IN"
  /** The key was changed after it was read. */
  | "ERR_STALE"
  /** The user is disabled. */
  | "ERR_USER_DISABLED"
  /** The account already has a user with this name. */
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

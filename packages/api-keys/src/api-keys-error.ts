/** What can go wrong. A code never changes its meaning. */
export type ApiKeysErrorCode =
  /** An argument or an option of a function is missing, misspelled or of the wrong type. */
  | "ERR_ARGUMENT"
  /** The file of categories and permissions is missing or malformed. */
  | "ERR_CATALOGUE"
  /** The data folder cannot be made, read or written. */
  | "ERR_DATA_FOLDER"
  /** The database cannot be opened. */
  | "ERR_DATABASE"
  /** An encryption key is malformed or missing, or others can read its file. */
  | "ERR_ENCRYPTION_KEY"
  /** Another process has the data folder open. */
  | "ERR_FOLDER_IN_USE"
  /** A value that a person or a program filled in is wrong. `faults` says which, and why. */
  | "ERR_INPUT"
  /** The account has as many keys as it may have. */
  | "ERR_KEY_LIMIT"
  /** The one-time link is unknown, used or expired. */
  | "ERR_LINK"
  /** Too many wrong passwords. `retryAfter` says how long to wait. */
  | "ERR_LOCKED_OUT"
  /** The account has no such key or user, or the account does not exist. */
  | "ERR_NOT_FOUND"
  /** A stored secret was changed, or is in another secret's place. */
  | "ERR_SEALED_SECRET"
  /** Account, user name or password is wrong. The error does not tell which. */
  | "ERR_SIGN_IN"
  /** Somebody else changed the key since it was read. */
  | "ERR_STALE"
  /** The account has a user of this name. */
  | "ERR_USERNAME_TAKEN";

/** One thing wrong with an input, and where. */
export interface InputFault {
  /** A JSON pointer (RFC 6901) into the input: `/permissions/1`. */
  readonly path: string;
  readonly message: string;
}

/** An error of this package. `code` is stable, `message` is for people and never holds a secret. */
export class ApiKeysError extends Error {
  override readonly name = "ApiKeysError";
  readonly code: ApiKeysErrorCode;
  /** With `ERR_INPUT` and `ERR_USERNAME_TAKEN`: what is wrong, and where. */
  readonly faults: readonly InputFault[];
  /** With `ERR_LOCKED_OUT`: whole seconds until the next attempt is looked at. */
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

/** What can go wrong. A code never changes its meaning. */
export type ApiKeysErrorCode =
  | "ERR_ARGUMENT"
  | "ERR_CATALOGUE"
  | "ERR_CREDENTIALS"
  | "ERR_DATABASE"
  | "ERR_ENCRYPTION_KEY"
  | "ERR_FOLDER_IN_USE"
  | "ERR_INPUT"
  | "ERR_KEY_LIMIT"
  | "ERR_LINK"
  | "ERR_LOCKED_OUT"
  | "ERR_NOT_FOUND"
  | "ERR_SEALED_SECRET"
  | "ERR_STALE"
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

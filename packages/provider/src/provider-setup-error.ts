/** The mistakes in the setup of a provider. */
export type ProviderSetupErrorCode =
  /**
   * Something else read the body first. Remedy: mount the provider before body parsers.
   */
  | "ERR_PROVIDER_BODY_READ"
  /**
   * An option, or what one of its functions returned, is missing, misspelled or of the wrong type.
   * Remedy: correct the option that the message names.
   */
  | "ERR_PROVIDER_OPTION";

/** Thrown for a mistake in the server's own setup, never for what a caller sent. */
export class ProviderSetupError extends Error {
  override readonly name = "ProviderSetupError";
  /** A stable code that identifies the problem. */
  readonly code: ProviderSetupErrorCode;

  constructor(code: ProviderSetupErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

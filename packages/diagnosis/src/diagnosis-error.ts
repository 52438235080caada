/** The error codes of a diagnosis's arguments. */
export type DiagnosisErrorCode =
  /**
   * The request, a secret or an option is missing, misspelled or of the wrong type. Remedy:
   * correct the argument that the message names.
   */
  "ERR_DIAGNOSIS_OPTION";

/** Thrown for arguments that cannot be diagnosed. Never contains a secret. */
export class DiagnosisError extends Error {
  override readonly name = "DiagnosisError";
  /** The stable code of the error. */
  readonly code: DiagnosisErrorCode;
  /** The member of the request, the secrets or the options that is wrong. */
  readonly parameter: string;

  constructor(code: DiagnosisErrorCode, parameter: string, message: string) {
    super(`${parameter}: ${message}`);
    this.code = code;
    this.parameter = parameter;
  }
}

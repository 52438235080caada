/** What is wrong with an argument of a diagnosis. */
export type DiagnosisErrorCode =
  /**
   * The request, a secret or an option is missing, misspelled or of the wrong type. Remedy:
   * correct the argument that the message names.
   */
  "ERR_DIAGNOSIS_OPTION";

/** Thrown for arguments that no diagnosis can be made with. Never holds a secret. */
export class DiagnosisError extends Error {
  override readonly name = "DiagnosisError";
  /** What is wrong. Stable, to switch on. */
  readonly code: DiagnosisErrorCode;
  /** The member of the request, the secrets or the options that is wrong. */
  readonly parameter: string;

  constructor(code: DiagnosisErrorCode, parameter: string, message: string) {
    super(`${parameter}: ${message}`);
    this.code = code;
    this.parameter = parameter;
  }
}

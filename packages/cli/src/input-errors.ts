import { AuthorizationHeaderError } from "@oauth1/auth-header";
import { BaseStringError } from "@oauth1/base-string";
import { CapturedRequestError } from "@oauth1/captured-request";
import { ClientError } from "@oauth1/client";
import { DiagnosisError } from "@oauth1/diagnosis";
import { PercentEncodingError } from "@oauth1/percent-encoding";
import { KeyError } from "@oauth1/signature-methods";
import { SignerError } from "@oauth1/signer";
import { VerifierError } from "@oauth1/verifier";
import { UsageError } from "./usage-error.js";

/** True for wrong usage and the typed errors of lower packages: their messages contain no secret. */
export function isInputError(error: unknown): boolean {
  return inputErrors.some((kind) => error instanceof kind);
}

const inputErrors = [
  AuthorizationHeaderError,
  BaseStringError,
  CapturedRequestError,
  ClientError,
  DiagnosisError,
  KeyError,
  PercentEncodingError,
  SignerError,
  UsageError,
  VerifierError,
];

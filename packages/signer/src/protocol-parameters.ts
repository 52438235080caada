import type { CollectedParameter, EncodedParameter, Parameter } from "@oauth1/base-string";
import { percentEncode } from "@oauth1/percent-encoding";
import { SignerError } from "./signer-error.js";

/** A protocol parameter, decoded and encoded. */
export interface ProtocolParameter extends EncodedParameter {
  readonly decoded: Parameter;
  /** The parameter as it appears in a header (RFC 5849 §3.5.1 item 2). */
  readonly field: string;
}

/**
 * Encodes a protocol parameter (RFC 5849 §3.6), once for as long as it does not change.
 *
 * @param name - Unreserved characters only, like all names of the RFC.
 */
export function protocolParameter(name: string, value: string): ProtocolParameter {
  const encodedValue = percentEncode(value);
  return {
    encodedName: name,
    encodedValue,
    decoded: [name, value],
    field: `${name}="${encodedValue}"`,
  };
}

/** The timestamp's text: a positive integer (RFC 5849 §3.3). */
export function timestampText(timestamp: number): string {
  if (!Number.isSafeInteger(timestamp) || timestamp <= 0) {
    throw new SignerError(
      "ERR_TIMESTAMP",
      "oauth_timestamp",
      "clock() must return a positive integer",
    );
  }
  return String(timestamp);
}

/** The nonce that the caller's function returned (RFC 5849 §3.3). */
export function nonceText(nonce: string): string {
  if (typeof nonce !== "string" || nonce === "") {
    throw new SignerError("ERR_NONCE", "oauth_nonce", "nonce() must return a non-empty string");
  }
  return nonce;
}

/**
 * Adds parameters of one request, such as `oauth_callback` (RFC 5849 §2.1) and `oauth_verifier`
 * (§2.3).
 */
export function addFurtherParameters(
  parameters: ProtocolParameter[],
  further: readonly Parameter[],
): void {
  for (const pair of further) {
    const [name, value] = Array.isArray(pair) ? pair : [];
    if (typeof name !== "string" || typeof value !== "string") {
      throw new SignerError(
        "ERR_SIGNER_OPTION",
        "protocolParameters",
        "must be a list of pairs of strings",
      );
    }
    const encodedName = percentEncode(name);
    if (
      !name.startsWith("oauth_") ||
      name === "oauth_signature" ||
      parameters.some((parameter) => parameter.encodedName === encodedName)
    ) {
      throw new SignerError(
        "ERR_PROTOCOL_PARAMETER",
        name,
        "must begin with oauth_, must not be one that the signer sets, and must appear once",
      );
    }
    parameters.push({ ...protocolParameter(encodedName, value), decoded: [name, value] });
  }
}

/** Protocol parameters appear once, in one place (RFC 5849 §3.1 step 2, §3.5). */
export function rejectCollisions(
  requestParameters: readonly CollectedParameter[],
  protocolParameters: readonly EncodedParameter[],
): void {
  for (const { encodedName, source } of requestParameters) {
    if (
      encodedName === "oauth_signature" ||
      (encodedName.startsWith("oauth_") &&
        protocolParameters.some((parameter) => parameter.encodedName === encodedName))
    ) {
      throw new SignerError(
        "ERR_PARAMETER_COLLISION",
        encodedName,
        `is already in the request's ${source}: remove it`,
      );
    }
  }
}

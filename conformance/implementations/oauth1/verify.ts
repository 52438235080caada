import { AuthorizationHeaderError } from "@oauth1/auth-header";
import {
  formParameters,
  isFormContentType,
  queryParameters,
  signatureBaseString,
} from "@oauth1/base-string";
import { hmacSha1 } from "@oauth1/hmac-sha1";
import { PercentEncodingError } from "@oauth1/percent-encoding";
import type { Parameter, ReceivedRequest, VerifyOutput } from "../../runner/implementation.js";
import { authorizationParameters } from "./collect-parameters.js";
import { requireHmacSha1 } from "./signature-method.js";

/**
 * Verifies the signature of a received request (RFC 5849 §3.2), timestamp and nonce apart. What
 * the client sent wrongly is a problem, named as in the OAuth Problem Reporting extension.
 */
export function verify(request: ReceivedRequest): VerifyOutput {
  const authorization = headerField(request, "authorization");
  const isForm = isFormContentType(headerField(request, "content-type"));
  const body = isForm && request.body !== null ? Buffer.from(request.body, "base64") : null;
  let inHeader: readonly Parameter[];
  let elsewhere: readonly Parameter[];
  try {
    inHeader = authorization === undefined ? [] : authorizationParameters(authorization).parameters;
    elsewhere = [...queryParameters(request.url), ...(body === null ? [] : formParameters(body))];
  } catch (error) {
    if (error instanceof AuthorizationHeaderError || error instanceof PercentEncodingError) {
      return { valid: false, problem: "parameter_rejected" };
    }
    throw error;
  }

  const protocolParameters = new Map<string, string>();
  for (const [name, value] of [...inHeader, ...elsewhere]) {
    if (!name.startsWith("oauth_")) continue;
    // RFC 5849 §3.2: each protocol parameter once.
    if (protocolParameters.has(name)) return { valid: false, problem: "parameter_rejected" };
    protocolParameters.set(name, value);
  }
  const signatureMethod = protocolParameters.get("oauth_signature_method");
  const signature = protocolParameters.get("oauth_signature");
  const isComplete = REQUIRED.every((name) => protocolParameters.has(name));
  if (signatureMethod === undefined || signature === undefined || !isComplete) {
    return { valid: false, problem: "parameter_absent" };
  }
  if ((protocolParameters.get("oauth_version") ?? "1.0") !== "1.0") {
    return { valid: false, problem: "version_rejected" };
  }
  requireHmacSha1(signatureMethod);
  const { method, url } = request;
  const baseString = signatureBaseString({ method, url, body }, inHeader);
  return hmacSha1(request).verify(baseString, signature)
    ? { valid: true }
    : { valid: false, problem: "signature_invalid" };
}

/** RFC 5849 §3.1, those of HMAC-SHA1 that are not asked for one by one. */
const REQUIRED = ["oauth_consumer_key", "oauth_timestamp", "oauth_nonce"];

function headerField(request: ReceivedRequest, lowerCaseName: string): string | undefined {
  const values = request.headers
    .filter(([name]) => name.toLowerCase() === lowerCaseName)
    .map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(", ");
}

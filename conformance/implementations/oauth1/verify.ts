import { AuthorizationHeaderError } from "@oauth1/auth-header";
import { formParameters, queryParameters, signatureBaseString } from "@oauth1/base-string";
import { formText, isFormContentType } from "@oauth1/base-string/entity-body";
import { PercentEncodingError } from "@oauth1/percent-encoding";
import { acceptSignatureMethods, SignatureMethodError } from "@oauth1/signature-methods";
import type { Parameter, ReceivedRequest, VerifyOutput } from "../../runner/implementation.js";
import { authorizationParameters } from "./collect-parameters.js";
import { prepareToVerify } from "./signature-method.js";

/**
 * Verifies the signature of a received request (RFC 5849 §3.2), timestamp and nonce apart. What
 * the client sent wrongly is a problem, named as in the OAuth Problem Reporting extension.
 */
export async function verify(request: ReceivedRequest): Promise<VerifyOutput> {
  const authorization = headerField(request, "authorization");
  const isForm = isFormContentType(headerField(request, "content-type"));
  const body =
    isForm && request.body !== null ? formText(Buffer.from(request.body, "base64")) : null;
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
  const isComplete = required(signatureMethod).every((name) => protocolParameters.has(name));
  if (signatureMethod === undefined || signature === undefined || !isComplete) {
    return { valid: false, problem: "parameter_absent" };
  }
  if ((protocolParameters.get("oauth_version") ?? "1.0") !== "1.0") {
    return { valid: false, problem: "version_rejected" };
  }
  if (
    request.signatureMethods !== undefined &&
    !isListed(request.signatureMethods, signatureMethod)
  ) {
    return { valid: false, problem: "signature_method_rejected" };
  }
  const isSigned = prepareToVerify({ ...request, signatureMethod });
  const { method, url } = request;
  const baseString = signatureBaseString({ method, url, body }, inHeader);
  return (await isSigned(baseString, signature))
    ? { valid: true }
    : { valid: false, problem: "signature_invalid" };
}

/** Whether a method is among those that are accepted: no request is downgraded to another. */
function isListed(names: readonly string[], signatureMethod: string): boolean {
  try {
    acceptSignatureMethods(names.map((name) => ({ name })))(signatureMethod);
    return true;
  } catch (error) {
    if (error instanceof SignatureMethodError) return false;
    throw error;
  }
}

/** RFC 5849 §3.1: timestamp and nonce may be left out with PLAINTEXT. */
function required(signatureMethod: string | undefined): string[] {
  const always = ["oauth_consumer_key"];
  return signatureMethod === "PLAINTEXT" ? always : [...always, "oauth_timestamp", "oauth_nonce"];
}

function headerField(request: ReceivedRequest, lowerCaseName: string): string | undefined {
  const values = request.headers
    .filter(([name]) => name.toLowerCase() === lowerCaseName)
    .map(([, value]) => value);
  return values.length === 0 ? undefined : values.join(", ");
}

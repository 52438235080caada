import { AuthorizationHeaderError } from "@oauth1/auth-header";
import { formParameters, queryParameters, signatureBaseString } from "@oauth1/base-string";
import { formText, isFormContentType } from "@oauth1/base-string/entity-body";
import { PercentEncodingError } from "@oauth1/percent-encoding";
import { acceptSignatureMethods, SignatureMethodError } from "@oauth1/signature-methods";
import type { Parameter, ReceivedRequest, VerifyOutput } from "../../runner/implementation.js";
import { authorizationParameters } from "./collect-parameters.js";
import { isBodyHash, prepareToVerify } from "./signature-method.js";

/**
 * Verifies a received request (RFC 5849 §3.2), the freshness of timestamp and nonce apart. What
 * the client sent wrongly is a problem, named as in the OAuth Problem Reporting extension.
 */
export async function verify(request: ReceivedRequest): Promise<VerifyOutput> {
  const authorization = headerField(request, "authorization");
  const octets = Buffer.from(request.body ?? "", "base64");
  const isForm = isFormContentType(headerField(request, "content-type"));
  const form = isForm ? formText(octets) : null;
  let places: readonly (readonly Parameter[])[];
  try {
    places = [
      authorization === undefined ? [] : authorizationParameters(authorization).parameters,
      queryParameters(request.url),
      form === null ? [] : formParameters(form),
    ];
  } catch (error) {
    if (error instanceof AuthorizationHeaderError || error instanceof PercentEncodingError) {
      return refused("parameter_rejected");
    }
    throw error;
  }

  const found = places.map((list) => list.filter(([name]) => name.startsWith("oauth_")));
  // RFC 5849 §3.5: in one place only. §3.2: each protocol parameter once.
  const [all = [], ...elsewhere] = found.filter((list) => list.length > 0);
  const protocolParameters = new Map(all);
  if (elsewhere.length > 0 || protocolParameters.size < all.length) {
    return refused("parameter_rejected");
  }
  const signatureMethod = protocolParameters.get("oauth_signature_method");
  const signature = protocolParameters.get("oauth_signature");
  const isComplete = required(signatureMethod).every((name) => protocolParameters.has(name));
  if (signatureMethod === undefined || signature === undefined || !isComplete) {
    return refused("parameter_absent");
  }
  if ((protocolParameters.get("oauth_version") ?? "1.0") !== "1.0") {
    return refused("version_rejected");
  }
  if (
    request.signatureMethods !== undefined &&
    !isListed(request.signatureMethods, signatureMethod)
  ) {
    return refused("signature_method_rejected");
  }
  // RFC 5849 §3.3: a positive integer.
  if (!/^0*[1-9][0-9]*$/.test(protocolParameters.get("oauth_timestamp") ?? "1")) {
    return refused("timestamp_refused");
  }
  const bodyHash = protocolParameters.get("oauth_body_hash");
  // Request Body Hash extension, draft 3, §4.1.
  if (bodyHash !== undefined && isForm) return refused("parameter_rejected");

  const isSigned = prepareToVerify({ ...request, signatureMethod });
  const { method, url } = request;
  const [inHeader = []] = places;
  const baseString = signatureBaseString({ method, url, body: form }, inHeader);
  const isRight =
    (await isSigned(baseString, signature)) &&
    (bodyHash === undefined || (await isBodyHash(signatureMethod, octets, bodyHash)));
  return isRight ? { valid: true } : refused("signature_invalid");
}

function refused(problem: string): VerifyOutput {
  return { valid: false, problem };
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

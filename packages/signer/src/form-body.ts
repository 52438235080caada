import { isFormContentType, type Parameter } from "@oauth1/base-string";
import { percentEncode } from "@oauth1/percent-encoding";
import { SignerError } from "./signer-error.js";

export const FORM_CONTENT_TYPE = "application/x-www-form-urlencoded";

/**
 * The body as the form that is signed and sent, or `undefined` where it is no form (RFC 5849
 * §3.4.1.3.1). Decoded pairs and `URLSearchParams` are a form without a content type too.
 */
export function formBody(
  body: unknown,
  contentType: string | undefined,
): string | Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (contentType !== undefined && !isFormContentType(contentType)) return undefined;
  if (typeof body === "string" || body instanceof Uint8Array) {
    return contentType === undefined ? undefined : body;
  }
  if (Array.isArray(body)) return serializeForm(body);
  if (isUrlSearchParams(body)) return String(body);
  if (contentType === undefined) return undefined;
  throw new SignerError(
    "ERR_FORM_BODY",
    "body",
    "a form to be signed must be text, octets or pairs",
  );
}

/** Writes pairs as a form (RFC 5849 §3.5.2), with the one spelling of §3.6. */
export function serializeForm(parameters: readonly Parameter[]): string {
  return parameters
    .map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`)
    .join("&");
}

function isUrlSearchParams(body: unknown): boolean {
  return Object.prototype.toString.call(body) === "[object URLSearchParams]";
}

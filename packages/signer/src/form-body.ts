import type { EncodedParameter, FormBody, Parameter } from "@oauth1/base-string";
import { formText, isFormContentType } from "@oauth1/base-string/entity-body";
import { isObject } from "@oauth1/options";
import { SignerError } from "./signer-error.js";

export const FORM_CONTENT_TYPE = "application/x-www-form-urlencoded";

/** A form: the part that is signed, and the body to send if it is known before encoding. */
export interface Form {
  readonly signed: FormBody;
  readonly sent?: string | Uint8Array;
}

/**
 * Returns the body as a form, or `undefined` if it is not one (RFC 5849 §3.4.1.3.1). Decoded pairs
 * and `URLSearchParams` are a form even without a content type.
 */
export function readForm(body: unknown, contentType: string | undefined): Form | undefined {
  if (body === undefined || body === null) return undefined;
  const isForm = contentType === undefined || isFormContentType(contentType);
  if (typeof body === "string") {
    return isForm && contentType !== undefined ? { signed: body, sent: body } : undefined;
  }
  if (body instanceof Uint8Array) {
    return isForm && contentType !== undefined ? { signed: formText(body), sent: body } : undefined;
  }
  if (isPairs(body)) {
    if (!isForm)
      throw rejection(
        "pairs are sent as a form, so the content type must be application/x-www-form-urlencoded",
      );
    if (Array.isArray(body) || kindOf(body) !== "[object URLSearchParams]") return { signed: body };
    const text = String(body);
    return { signed: text, sent: text };
  }
  if (!isForm || contentType === undefined) return undefined;
  throw rejection("a form must be text, bytes or pairs to be signed");
}

/** Writes encoded parameters as a form body or a query (RFC 5849 §3.5.2, §3.5.3). */
export function writeForm(parameters: readonly EncodedParameter[]): string {
  let form = "";
  for (const { encodedName, encodedValue } of parameters) {
    form += `${form && "&"}${encodedName}=${encodedValue}`;
  }
  return form;
}

/** An iterable of pairs (array, `Map`, `URLSearchParams`) except `FormData`, which is sent as is. */
function isPairs(body: unknown): body is Iterable<Parameter> {
  return (
    isObject(body) &&
    Symbol.iterator in body &&
    !ArrayBuffer.isView(body) &&
    kindOf(body) !== "[object FormData]"
  );
}

/** Not `instanceof`: `URLSearchParams` and `FormData` can be missing or come from another realm. */
function kindOf(body: unknown): string {
  return Object.prototype.toString.call(body);
}

function rejection(message: string): SignerError {
  return new SignerError("ERR_FORM_BODY", "body", message);
}

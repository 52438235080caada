import type { EncodedParameter, FormBody, Parameter } from "@oauth1/base-string";
import { formText, isFormContentType } from "@oauth1/base-string/entity-body";
import { SignerError } from "./signer-error.js";

export const FORM_CONTENT_TYPE = "application/x-www-form-urlencoded";

/** A form: what is signed of it, and what is sent, where that is known before it is encoded. */
export interface Form {
  readonly signed: FormBody;
  readonly sent?: string | Uint8Array;
}

/**
 * The body as a form, or `undefined` where it is none (RFC 5849 §3.4.1.3.1). Decoded pairs and
 * `URLSearchParams` are a form without a content type too.
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
    if (!isForm) throw refusal("decoded pairs are sent as a form, and the content type is another");
    if (Array.isArray(body) || kindOf(body) !== "[object URLSearchParams]") return { signed: body };
    const text = String(body);
    return { signed: text, sent: text };
  }
  if (!isForm || contentType === undefined) return undefined;
  throw refusal("a form to be signed must be text, octets or pairs");
}

/** Writes encoded parameters as a form body or a query has them (RFC 5849 §3.5.2, §3.5.3). */
export function writeForm(parameters: readonly EncodedParameter[]): string {
  let form = "";
  for (const { encodedName, encodedValue } of parameters) {
    form += `${form && "&"}${encodedName}=${encodedValue}`;
  }
  return form;
}

/** An array, a `Map`, `URLSearchParams`: all that gives pairs, but for `FormData`, sent as it is. */
function isPairs(body: unknown): body is Iterable<Parameter> {
  if (Array.isArray(body)) return true;
  return (
    typeof body === "object" &&
    body !== null &&
    Symbol.iterator in body &&
    !ArrayBuffer.isView(body) &&
    kindOf(body) !== "[object FormData]"
  );
}

/** Not every platform has `URLSearchParams` and `FormData` as globals of one realm. */
function kindOf(body: unknown): string {
  return Object.prototype.toString.call(body);
}

function refusal(message: string): SignerError {
  return new SignerError("ERR_FORM_BODY", "body", message);
}

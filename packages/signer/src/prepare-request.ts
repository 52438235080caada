import type { CollectedParameter } from "@oauth1/base-string";
import { requestParameters } from "@oauth1/base-string/steps";
import { FORM_CONTENT_TYPE, readForm, writeForm } from "./form-body.js";
import { fieldValue, readHeaderFields } from "./header-fields.js";
import type { SignedUrl } from "./read-url.js";
import type { SignableRequest } from "./request.js";

/** A copy of a request, into which a transmission writes. */
export interface PreparedRequest {
  readonly method: string;
  url: string;
  /** The URL as it was given, parsed. */
  readonly signedUrl: SignedUrl;
  readonly headers: Record<string, string>;
  /** The body to send, or `null`. */
  body: unknown;
  /** The signed part of the body, if it is a form. */
  readonly form: string | Uint8Array | undefined;
  /** The request's own parameters. */
  readonly parameters: readonly CollectedParameter[];
}

/** Reads a request, and adds the content type to a form that has none. */
export function prepareRequest(
  request: SignableRequest<unknown>,
  read: (url: string) => SignedUrl,
): PreparedRequest {
  const url = typeof request.url === "string" ? request.url : request.url.href;
  const headers = readHeaderFields(request.headers);
  const contentType = fieldValue(headers, "content-type");
  const form = readForm(request.body, contentType);
  if (form !== undefined && contentType === undefined) headers["Content-Type"] = FORM_CONTENT_TYPE;
  const signedUrl = read(url);
  const parameters = requestParameters({ url: signedUrl.uri, body: form?.signed });
  const sent =
    form && (form.sent ?? writeForm(parameters.filter(({ source }) => source === "form-body")));
  return {
    method: request.method,
    url,
    signedUrl,
    headers,
    body: sent ?? request.body ?? null,
    form: sent,
    parameters,
  };
}

import type { ParsedRequestUri } from "@oauth1/base-string";

import { parseRequestUri } from "@oauth1/base-string/steps";
import { FORM_CONTENT_TYPE, type Form, readForm } from "./form-body.js";
import { fieldValue, readHeaderFields } from "./header-fields.js";
import type { SignableRequest } from "./request.js";

/** A copy of a request, into which a transmission writes. */
export interface PreparedRequest {
  readonly method: string;
  url: string;
  /** What is signed of the URL as it was given. */
  readonly uri: ParsedRequestUri;
  readonly headers: Record<string, string>;
  /** The body to send: `null` for none. */
  body: unknown;
  /** The body as a form, where it is one. */
  readonly form: Form | undefined;
}

/** Remembers the last URL: a signer often signs for the same one again. */
export function createUriParser(): (url: string) => ParsedRequestUri {
  let last: string | undefined;
  let parsed: ParsedRequestUri | undefined;
  return (url) => {
    if (parsed === undefined || url !== last) {
      parsed = parseRequestUri(url);
      last = url;
    }
    return parsed;
  };
}

/** Reads a request, and adds the content type to a form that has none. */
export function prepareRequest(
  request: SignableRequest<unknown>,
  parse: (url: string) => ParsedRequestUri,
): PreparedRequest {
  const url = typeof request.url === "string" ? request.url : request.url.href;
  const headers = readHeaderFields(request.headers);
  const contentType = fieldValue(headers, "content-type");
  const form = readForm(request.body, contentType);
  if (form !== undefined && contentType === undefined) headers["Content-Type"] = FORM_CONTENT_TYPE;
  return {
    method: request.method,
    url,
    uri: parse(url),
    headers,
    body: form?.sent ?? request.body ?? null,
    form,
  };
}

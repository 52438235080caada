import { percentEncode } from "@oauth1/percent-encoding";
import type { FormBody } from "./form-parameters.js";
import type { CollectedParameter } from "./parameter.js";
import { parseForm } from "./parse-form.js";
import { parseRequestUri, type RequestUri } from "./request-uri.js";

/** The parts of an HTTP request that contain its own parameters. */
export interface ParameterizedRequest {
  /** The absolute URL as it is sent, percent-encoded. */
  readonly url: RequestUri;
  /** The entity-body, only if it is a form: see `isFormContentType`. */
  readonly body?: FormBody | null | undefined;
}

/**
 * Returns all parameters of the query and of the form body in order. Names and values are encoded,
 * so that octets that are not UTF-8 text are kept.
 *
 * @param request - URL and form body of the request.
 * @throws BaseStringError if the URL has no base string URI.
 * @throws PercentEncodingError with an index into the URL or the body.
 * @see RFC 5849 §3.4.1.3.1
 *
 * @example
 * ```ts
 * requestParameters({ url: "http://example.com/request?a2=r%20b", body: "a3=2+q" });
 * // [
 * //   { encodedName: "a2", encodedValue: "r%20b", source: "query" },
 * //   { encodedName: "a3", encodedValue: "2%20q", source: "form-body" },
 * // ]
 * ```
 */
export function requestParameters(request: ParameterizedRequest): CollectedParameter[] {
  const { query, queryIndex } = parseRequestUri(request.url);
  const { body } = request;
  const parameters: CollectedParameter[] = [];
  parseForm(query, { subject: "url", offset: queryIndex }, parameters, ofQuery);
  if (typeof body === "string") {
    parseForm(body, { subject: "body", offset: 0 }, parameters, ofForm);
  } else if (body) {
    for (const [name, value] of body) {
      parameters.push(ofForm(percentEncode(name), percentEncode(value)));
    }
  }
  return parameters;
}

function ofQuery(encodedName: string, encodedValue: string): CollectedParameter {
  return { encodedName, encodedValue, source: "query" };
}

function ofForm(encodedName: string, encodedValue: string): CollectedParameter {
  return { encodedName, encodedValue, source: "form-body" };
}

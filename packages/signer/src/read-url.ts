import type { EncodedParameter, ParsedRequestUri } from "@oauth1/base-string";
import { prepareBaseString, prepareRequestUriParser } from "@oauth1/base-string/steps";
import { rememberLast } from "./remember-last.js";

/** The signed part of a URL. */
export interface SignedUrl {
  readonly uri: ParsedRequestUri;
  /** Prepares the base strings of requests with this URL. Remembers the last method. */
  baseStringOf(this: void, method: string): (parameters: Iterable<EncodedParameter>) => string;
}

/**
 * Returns a function that parses URLs. It remembers the last URL, and the origin of the last one,
 * because a signer often signs for one server.
 */
export function prepareUrlReader(): (url: string) => SignedUrl {
  const parse = prepareRequestUriParser();
  return rememberLast((url: string) => {
    const afterScheme = url.indexOf("//") + 2;
    const path = url.indexOf("/", afterScheme);
    const origin = path < 0 ? url : url.slice(0, path);
    const uri = parse(origin, url.slice(origin.length));
    return { uri, baseStringOf: rememberLast((method: string) => prepareBaseString(method, uri)) };
  });
}

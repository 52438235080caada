import type { EncodedParameter, ParsedRequestUri } from "@oauth1/base-string";
import { parseRequestUri, prepareBaseString } from "@oauth1/base-string/steps";
import { rememberLast } from "./remember-last.js";

/** The signed part of a URL. */
export interface SignedUrl {
  readonly uri: ParsedRequestUri;
  /** Prepares the base strings of requests with this URL. Remembers the last method. */
  baseStringOf(this: void, method: string): (parameters: Iterable<EncodedParameter>) => string;
}

/** Parses a URL for any number of requests. */
export function readUrl(url: string): SignedUrl {
  const uri = parseRequestUri(url);
  return { uri, baseStringOf: rememberLast((method: string) => prepareBaseString(method, uri)) };
}

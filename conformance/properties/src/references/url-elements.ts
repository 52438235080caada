import type { EncodedPair } from "./base-string-elements.js";
import { decodedOctets } from "./decode.js";
import { encode } from "./encode.js";

/** The parts of a signature base string that come from a URL. */
export interface UrlElements {
  readonly baseStringUri: string;
  /** The parameters, in the order of the query. */
  readonly parameters: readonly EncodedPair[];
}

/**
 * Reads a URL by the regular expression of RFC 3986 appendix B, for RFC 5849 §3.4.1.2 and
 * §3.4.1.3.1. It shares no code with the implementations under test.
 *
 * @returns undefined if the text is not an absolute URL with an authority.
 */
export function urlElements(url: string): UrlElements | undefined {
  const found = /^([^:/?#]+):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/.exec(url);
  if (found === null) return undefined;
  const scheme = (found[1] as string).toLowerCase();
  const defaultPort = scheme === "https" ? /:(443)?$/ : /:(80)?$/;
  const host = (found[2] as string).replace(/^.*@/, "").toLowerCase().replace(defaultPort, "");
  return {
    baseStringUri: `${scheme}://${host}${found[3] || "/"}`,
    parameters: (found[4] ?? "").split("&").filter(Boolean).map(pair),
  };
}

function pair(text: string): EncodedPair {
  const [name, ...value] = text.split("=");
  return [encodedAnew(name as string), encodedAnew(value.join("="))];
}

/** The canonical spelling of a name or a value. Octets that are not UTF-8 are kept. */
function encodedAnew(text: string): string {
  const octets = Buffer.from(text.replaceAll("+", " ")).toString("latin1");
  return encode(Buffer.from(decodedOctets(octets), "latin1"));
}

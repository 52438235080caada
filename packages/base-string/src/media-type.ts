/** A media type (RFC 9110 §8.3.1). */
export interface MediaType {
  /** Type and subtype in lower case, without parameters: `application/json`. */
  readonly essence: string;
  /** The parameters by name in lower case, with the quotes of a quoted value removed. */
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * Parses the value of a `Content-Type` header strictly. Parsers that tolerate a malformed value
 * disagree on its meaning: one reads a form where another reads plain text. Code that uses the
 * media type to decide what a signature covers must reject what this function rejects.
 *
 * @param contentType - The value of exactly one header.
 * @returns `undefined` if the value is not one media type, or names a parameter twice.
 * @see RFC 9110 §8.3.1, RFC 9110 §5.6.6
 *
 * @example
 * ```ts
 * parseMediaType("Text/HTML; charset=UTF-8")?.essence; // "text/html"
 * parseMediaType("text/html, application/json"); // undefined
 * ```
 */
export function parseMediaType(contentType: string): MediaType | undefined {
  TYPE.lastIndex = 0;
  const essence = TYPE.exec(contentType)?.[1]?.toLowerCase();
  if (essence === undefined) return undefined;
  const parameters = new Map<string, string>();
  let index = TYPE.lastIndex;
  while (index < contentType.length) {
    PARAMETER.lastIndex = index;
    const match = PARAMETER.exec(contentType);
    if (match === null) return undefined;
    const [, name, token, quoted] = match;
    index = PARAMETER.lastIndex;
    if (name === undefined) continue;
    const lowerCaseName = name.toLowerCase();
    if (parameters.has(lowerCaseName)) return undefined;
    parameters.set(lowerCaseName, token ?? quoted?.replace(/\\(.)/g, "$1") ?? "");
  }
  return { essence, parameters };
}

// Sticky expressions match one element at a time. A single expression for the whole list would try
// every way to split the white space between two semicolons.
const TYPE = /[ \t]*([\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+)[ \t]*/y;
const PARAMETER =
  /;[ \t]*(?:([\w!#$%&'*+.^`|~-]+)=(?:([\w!#$%&'*+.^`|~-]+)|"((?:[\t !#-[\]-~\x80-\xff]|\\[\t -~\x80-\xff])*)")[ \t]*)?/y;

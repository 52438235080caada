import { CapturedRequestError } from "@oauth1/captured-request";

/** What the codes of the primitives mean, for a person. */
const WORDS: Readonly<Record<string, string>> = {
  ERR_LONE_SURROGATE: "The text holds half of a surrogate pair.",
  ERR_BROKEN_ESCAPE: "A % is not followed by two hexadecimal digits.",
  ERR_INVALID_UTF8: "Escaped octets are not UTF-8.",
  ERR_METHOD: "The method is no HTTP token.",
  ERR_URL_SCHEME: "The URL is no absolute http or https URL.",
  ERR_URL_AUTHORITY: "The URL has no host, or a malformed host or port.",
  ERR_URL_CHARACTER: "The URL holds a character that it may hold percent-encoded only.",
  ERR_PARAMETER_ENCODING: "A name or a value is not percent-encoded UTF-8 text.",
  ERR_REALM: "The realm holds a character that no header field can hold.",
  ERR_SCHEME: "The header field is not of the OAuth scheme.",
  ERR_SYNTAX: 'The header field is not a list of name="value".',
  ERR_DUPLICATE_PARAMETER: "The header field has a parameter twice.",
};

/** The message of an error, with its code put into words and its place, where it has one. */
export function errorMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof CapturedRequestError) return error.message;
  const { code, index } = error as Error & { code?: unknown; index?: unknown };
  const words = typeof code === "string" ? WORDS[code] : undefined;
  if (words === undefined) return error.message;
  return typeof index === "number" ? `${words} See character ${index + 1}.` : words;
}

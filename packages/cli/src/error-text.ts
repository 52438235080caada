/** What the codes of the packages below mean, for a person. */
const words: Readonly<Record<string, string>> = {
  ERR_LONE_SURROGATE: "lone surrogate",
  ERR_BROKEN_ESCAPE: "% without two hexadecimal digits",
  ERR_INVALID_UTF8: "escaped octets that are not UTF-8",
  ERR_METHOD: "the method is no HTTP token: a wrong character",
  ERR_URL_SCHEME: "no absolute http or https URL",
  ERR_URL_AUTHORITY: "no host, or a malformed host or port",
  ERR_URL_CHARACTER: "a character that a URL holds percent-encoded only",
  ERR_PARAMETER_ENCODING: "a name or a value that is not percent-encoded UTF-8 text",
  ERR_REALM: "realm: a character that no header field can hold",
};

/** The message of an error. Where it is a code and a place, the code is put into words. */
export function errorText({ message }: Error): string {
  return message.replace(/^ERR_[A-Z0-9_]+(?= at index )/, (code) => words[code] ?? code);
}

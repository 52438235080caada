import { percentEncode } from "@oauth1/percent-encoding";

/** Length of the excerpt of a body in an error, in UTF-16 code units. */
const EXCERPT_LENGTH = 300;

/**
 * The beginning of an answer's body for an error: without what was secret in the request, without
 * the credentials in the answer, and on one line.
 *
 * @param secrets - What was sent or used to sign. An answer may repeat it: a signature base string,
 * a PLAINTEXT signature.
 */
export function excerptOf(body: string, secrets: readonly string[]): string {
  const line = redactText(body, secrets).replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, " ");
  return line.length > EXCERPT_LENGTH ? `${line.slice(0, EXCERPT_LENGTH)}…` : line;
}

/** The text without the secrets, in whatever encoding they stand there. */
export function redactText(text: string, secrets: readonly string[]): string {
  let redacted = text;
  for (const secret of secrets) {
    if (secret === "") continue;
    for (const spelling of new Set([
      percentEncode(percentEncode(secret)),
      percentEncode(secret),
      new URLSearchParams([["", secret]]).toString().slice(1),
      JSON.stringify(secret).slice(1, -1),
      secret,
    ])) {
      redacted = redacted.replaceAll(spelling, "[redacted]");
    }
  }
  return CREDENTIALS.reduce(
    (without, pattern) => without.replace(pattern, "$1[redacted]"),
    redacted,
  );
}

const NAMES = "(?:oauth_(?:token_secret|token|session_handle|verifier|signature)|x_auth_password)";

/** A form, a header field, JSON, and a form that is encoded once or twice, as in a base string. */
const CREDENTIALS = [
  new RegExp(`(${NAMES}=)[^&"\\s<]+`, "gi"),
  new RegExp(`(${NAMES}=")[^"]*`, "gi"),
  new RegExp(`(${NAMES}"\\s{0,9}:\\s{0,9}")(?:[^"\\\\]|\\\\.)*`, "gi"),
  new RegExp(`(${NAMES}%3D)(?:(?!%26)[^&"\\s<])*`, "gi"),
  new RegExp(`(${NAMES}%253D)(?:(?!%2526)[^&"\\s<])*`, "gi"),
];

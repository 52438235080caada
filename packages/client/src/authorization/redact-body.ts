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
  const redacted = secrets
    .filter((secret) => secret !== "")
    .reduce((without, secret) => without.replace(anySpelling(secret), "[redacted]"), text);
  return CREDENTIALS.reduce(
    (without, pattern) => without.replace(pattern, "$1[redacted]"),
    redacted,
  );
}

/**
 * Matches a text of which each character may be raw, percent-encoded once or twice, escaped for
 * JSON or for HTML, or a plus for a space.
 */
function anySpelling(secret: string): RegExp {
  const characters = Array.from(secret, (character) => {
    const octets = Array.from(new TextEncoder().encode(character), (octet) =>
      octet.toString(16).padStart(2, "0"),
    );
    const units = Array.from({ length: character.length }, (_, index) =>
      character.charCodeAt(index).toString(16).padStart(4, "0"),
    );
    const raw = units.map((unit) => `\\u${unit}`).join("");
    return [
      raw,
      octets.map((octet) => `%${octet}`).join(""),
      octets.map((octet) => `%25${octet}`).join(""),
      units.map((unit) => `\\\\u${unit}`).join(""),
      `\\\\${raw}`,
      `&#0*${character.codePointAt(0)};`,
      ...(ESCAPES[character] ?? []),
    ].join("|");
  });
  return new RegExp(characters.map((spellings) => `(?:${spellings})`).join(""), "gi");
}

/** Further spellings of characters. */
const ESCAPES: Readonly<Record<string, readonly string[]>> = {
  " ": ["\\+", "%2B"],
  "&": ["&amp;"],
  "<": ["&lt;"],
  ">": ["&gt;"],
  '"': ["&quot;"],
  "'": ["&apos;"],
  "\n": ["\\\\n"],
  "\r": ["\\\\r"],
  "\t": ["\\\\t"],
};

const NAMES = "(?:oauth_(?:token_secret|token|session_handle|verifier|signature)|x_auth_password)";

/** A form, a header field, JSON, and a form that is encoded once or twice, as in a base string. */
const CREDENTIALS = [
  new RegExp(`(${NAMES}=)[^&"\\s<]+`, "gi"),
  new RegExp(`(${NAMES}=")[^"]*`, "gi"),
  new RegExp(`(${NAMES}"\\s{0,9}:\\s{0,9}")(?:[^"\\\\]|\\\\.)*`, "gi"),
  new RegExp(`(${NAMES}%3D)(?:(?!%26)[^&"\\s<])*`, "gi"),
  new RegExp(`(${NAMES}%253D)(?:(?!%2526)[^&"\\s<])*`, "gi"),
];

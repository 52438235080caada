import { percentDecode, percentEncode } from "@oauth1/percent-encoding";

/** The parts of a server's response that an error can show. */
export interface AnswerRedaction {
  /**
   * The beginning of the body on one line, without credentials. `undefined` if the body is neither
   * a form nor JSON, because credentials in it cannot be recognized.
   */
  readonly excerpt: string | undefined;
  /** Removes credentials from a text of the server. */
  readonly redact: (text: string) => string;
}

/** Length of the excerpt of a body in an error, in UTF-16 code units. */
const EXCERPT_LENGTH = 300;

/**
 * The work is in proportion to the length of the secrets times that of the text, and the server
 * chooses both. The tokens and secrets of one response rarely have more than 300 code units.
 */
const MOST_SECRET_UNITS = 1024;

/** The longest text of a server that is searched for credentials. */
const LONGEST_TEXT = 1024;

/** The levels of arrays and objects that are read. */
const DEEPEST_LEVEL = 32;

/**
 * Prepares the removal of credentials from a response: those that were sent or used to sign, and
 * those that the body contains, at any place and in any encoding. A response whose credentials are
 * too many, too long or too deep to be recognized is not shown at all.
 *
 * @param sent - The secrets of the request. A response can repeat them, for example in a signature
 * base string or a PLAINTEXT signature.
 */
export function prepareRedaction(body: string, sent: readonly string[]): AnswerRedaction {
  const parsed = parse(body.replace(/^\ufeff/, "").trim());
  if (parsed?.kind === "json" && isDeeper(parsed.value, DEEPEST_LEVEL)) return SHOW_NOTHING;
  const found = parsed === undefined ? [] : credentialsIn(parsed);
  const secrets = [...new Set([...sent, ...found])].filter((secret) => secret !== "");
  if (secrets.reduce((sum, { length }) => sum + length, 0) > MOST_SECRET_UNITS) return SHOW_NOTHING;

  const patterns = secrets.sort((one, other) => other.length - one.length).map(anySpelling);
  const remove = (text: string) =>
    patterns.reduce((without, pattern) => without.replace(pattern, REDACTED), text);
  const redact = (text: string) =>
    text.length > LONGEST_TEXT || holdsCredential(text) ? REDACTED : remove(text);
  // A secret such as "a=b" can be a name with its value, so that neither of them contains it.
  return { redact, excerpt: parsed && excerptOf(remove(written(parsed, redact))) };
}

const REDACTED = "[redacted]";

const SHOW_NOTHING: AnswerRedaction = { excerpt: undefined, redact: () => REDACTED };

function excerptOf(text: string): string {
  const line = text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, " ");
  return line.length > EXCERPT_LENGTH ? `${line.slice(0, EXCERPT_LENGTH)}…` : line;
}

function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1));
}

type Parsed =
  | { readonly kind: "json"; readonly value: unknown }
  | { readonly kind: "form"; readonly pairs: readonly (readonly [string, string])[] };

function parse(body: string): Parsed | undefined {
  try {
    if (/^[{[]/.test(body)) return { kind: "json", value: JSON.parse(body) };
    const pairs = body.split(/&(?:amp;)?/).map((piece) => {
      const match = /^([^=\s]+)=(.*)$/s.exec(piece);
      if (match === null) throw new SyntaxError();
      const [name, value] = match.slice(1).map((part) => percentDecode(part.replaceAll("+", " ")));
      if (name === undefined || !/^[\w.~[\]-]{1,64}$/.test(name)) throw new SyntaxError();
      return [name, value ?? ""] as const;
    });
    return { kind: "form", pairs };
  } catch {
    return undefined;
  }
}

/**
 * Returns true if the value of this name is a credential, in OAuth's own words and those of
 * servers.
 */
function isCredential(name: string): boolean {
  return /token|secret|verifier|handle|signature(?!_method)|passw|credential|session|\bkey\b/i.test(
    unescaped(name),
  );
}

/** Returns the values of credential names, at any depth. */
function credentialsIn(parsed: Parsed): string[] {
  const found: string[] = [];
  const visit = (name: string, value: unknown): void => {
    if (typeof value === "object" && value !== null) {
      for (const [inner, one] of Object.entries(value)) {
        visit(isCredential(name) ? name : inner, one);
      }
    } else if (isCredential(name) && value !== null && typeof value !== "boolean") {
      found.push(String(value));
    }
  };
  if (parsed.kind === "json") visit("", parsed.value);
  else for (const [name, value] of parsed.pairs) visit(name, value);
  return found;
}

/**
 * Serializes the parsed body, without any spelling of a credential. Only its beginning is read: the
 * excerpt, and as much behind it as a secret that begins in the excerpt can have.
 */
function written(parsed: Parsed, redactText: (text: string) => string): string {
  let left = EXCERPT_LENGTH + MOST_SECRET_UNITS;
  const redact = (text: string): string => {
    left -= text.length + 1;
    return left < 0 ? REDACTED : redactText(text);
  };
  const shown = (name: string, value: unknown): unknown => {
    if (value === null || typeof value === "boolean") return value;
    if (isCredential(name)) return REDACTED;
    if (Array.isArray(value)) return value.map((one) => shown(name, one));
    if (typeof value === "object") {
      return Object.fromEntries(
        Object.entries(value).map(([inner, one]) => [redact(inner), shown(inner, one)]),
      );
    }
    const text = redact(String(value));
    return typeof value === "number" && text === String(value) ? value : text;
  };
  if (parsed.kind === "json") return JSON.stringify(shown("", parsed.value));
  return parsed.pairs
    .map(([name, value]) => `${redact(name)}=${percentEncode(String(shown(name, value)))}`)
    .join("&")
    .replaceAll(percentEncode(REDACTED), REDACTED);
}

/**
 * Returns true if a text assigns a value to credentials, as a base string, a header, markup or JSON
 * within the text does. Errors show no part of such a text.
 */
function holdsCredential(text: string): boolean {
  return ASSIGNMENT.test(unescaped(text));
}

const ASSIGNMENT = new RegExp(
  [
    /(?:oauth_(?:token_secret|token|session_handle|verifier|signature)|x_auth_password)["'\\\s]{0,9}[=:>]/,
    // After other names, a colon alone can be part of a sentence.
    /(?:token|secret|password|credentials?)(?:["'\\]{1,3}\s{0,9}:|["'\\]{0,3}\s{0,9}[=>])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "i",
);

/** Undoes the escapes of URLs, JSON and HTML, which can be nested. */
function unescaped(text: string): string {
  let plain = text;
  for (let depth = 0; depth < 4; depth++) {
    const before = plain;
    plain = plain
      .replace(/%([0-9a-f]{2})|\\u00([0-9a-f]{2})|&#x0*([0-9a-f]{2});/gi, (_, ...parts) =>
        String.fromCharCode(Number.parseInt(parts.slice(0, 3).find(Boolean) ?? "", 16)),
      )
      .replace(/&#0*(\d{2,3});/g, (_, code) => String.fromCharCode(Number(code)))
      .replace(/&(amp|quot|apos|lt|gt);/g, (_, name: string) => ENTITIES[name] ?? "");
    if (plain === before) break;
  }
  return plain;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  quot: '"',
  apos: "'",
  lt: "<",
  gt: ">",
};

/**
 * Matches a text whose characters are each raw, percent-encoded once or twice, escaped for JSON or
 * HTML, or a plus for a space.
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
    const codePoint = character.codePointAt(0) ?? 0;
    return [
      raw,
      octets.map((octet) => `%${octet}`).join(""),
      octets.map((octet) => `%25${octet}`).join(""),
      units.map((unit) => `\\\\u${unit}`).join(""),
      `\\\\${raw}`,
      `&#0*${codePoint};`,
      `&#x0*${codePoint.toString(16)};`,
      ...(SPELLINGS[character] ?? []),
    ].join("|");
  });
  return new RegExp(characters.map((spellings) => `(?:${spellings})`).join(""), "gi");
}

/** Other spellings of characters. */
const SPELLINGS: Readonly<Record<string, readonly string[]>> = {
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

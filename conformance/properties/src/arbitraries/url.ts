import fc from "fast-check";
import type { Parameter } from "../implementation.js";
import { spelledForm } from "./parameters.js";
import type { Spelled } from "./spelling.js";

/** A URL as it is sent, and its meaning. */
export interface WireUrl {
  readonly url: string;
  /** The base string URI by RFC 5849 §3.4.1.2. */
  readonly baseStringUri: string;
  /** The parameters of the query, decoded. */
  readonly parameters: readonly Parameter[];
}

/** The parts of a URL, as they are written. */
export interface UrlParts {
  readonly scheme: string;
  readonly userinfo: string;
  readonly host: string;
  readonly port: number | null;
  readonly path: string;
}

/** Text with the case of some letters changed. */
function anyCase(arbitrary: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.mixedCase(arbitrary);
}

/**
 * Begins with a letter, because many URL parsers read a host that ends in a number as an IPv4
 * address.
 */
const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,6}[a-z0-9])?$/);

const host = anyCase(
  fc.oneof(
    fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join(".")),
    fc.constantFrom("example.com", "localhost", "127.0.0.1", "[::1]", "[2001:db8::a]"),
  ),
);

/** Segments as they are sent, because a path is not decoded and no segment is removed. */
const segment = fc
  .array(
    fc.oneof(
      fc.constantFrom("a", "Z", "0", "-", "_", "~", ";", ";v=1", ":", "@", "!$&'()*+,="),
      fc.constantFrom("%2F", "%2f", "%20", "%7E", "%7e", "%C3%A9", "%ff", "%25"),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(""))
  // The vectors test dot segments.
  .filter((part) => !/^\.{1,2}$/.test(part));

const path = fc
  .array(segment, { maxLength: 4 })
  .map((parts) => parts.map((part) => `/${part}`).join(""));

/** The parts of a URL before its query. */
export const urlParts: fc.Arbitrary<UrlParts> = fc.record({
  scheme: anyCase(fc.constantFrom("http", "https")),
  userinfo: fc.constantFrom("", "", "", "user@", "user:pass%40@"),
  host,
  port: fc.option(fc.oneof(fc.constantFrom(80, 443, 8080), fc.integer({ min: 1, max: 65535 }))),
  path,
});

/** The URL of these parts, without a query. */
export function join({ scheme, userinfo, host, port, path }: UrlParts): string {
  return `${scheme}://${userinfo}${host}${port === null ? "" : `:${port}`}${path}`;
}

/** The base string URI of these parts, by RFC 5849 §3.4.1.2. */
export function baseStringUriOf({ scheme, host, port, path }: UrlParts): string {
  const lowerCaseScheme = scheme.toLowerCase();
  const isDefault = port === (lowerCaseScheme === "http" ? 80 : 443);
  const shownPort = port === null || isDefault ? "" : `:${port}`;
  return `${lowerCaseScheme}://${host.toLowerCase()}${shownPort}${path === "" ? "/" : path}`;
}

/**
 * A raw question mark at the end belongs to the value, so an appended parameter needs its
 * ampersand.
 */
const endingInQuestionMark: Spelled<readonly Parameter[]> = {
  value: [["a", "?"]],
  spelling: "a=?",
};

const query = fc.oneof(
  { weight: 15, arbitrary: spelledForm },
  { weight: 1, arbitrary: fc.constant(endingInQuestionMark) },
);

/** A fragment, which never leaves the client: it is neither signed nor sent. */
const fragment = fc.constantFrom("", "", "", "", "#", "#top", "#a?b=c&d/e");

/**
 * A query without raw pluses. RFC 5849 §3.4.1.3.1 reads one as a space, but libraries differ,
 * and the vectors accept both.
 */
export function withoutPlus(spelling: string): string {
  return spelling.replaceAll("+", "%20");
}

/** URLs in their wire form. */
export const url: fc.Arbitrary<WireUrl> = fc
  .record({ parts: urlParts, query: fc.option(query), fragment })
  .map(({ parts, query, fragment }) => ({
    url: `${join(parts)}${query === null ? "" : `?${withoutPlus(query.spelling)}`}${fragment}`,
    baseStringUri: baseStringUriOf(parts),
    parameters: query?.value ?? [],
  }));

import fc from "fast-check";
import { codePoint } from "../arbitraries/code-point.js";
import { parameter } from "../arbitraries/parameters.js";
import { realm, text } from "../arbitraries/text.js";
import { type HeaderContents, type Parameter, Unsupported } from "../implementation.js";
import {
  expectEqual,
  expectThat,
  type Property,
  PropertyViolation,
  property,
} from "../property.js";
import { encode } from "../references/encode.js";

/** Unique names, as in a header, which cannot contain an empty name. */
const headerParameters: fc.Arbitrary<readonly Parameter[]> = fc
  .uniqueArray(parameter, { selector: ([name]) => name.toLowerCase(), maxLength: 5 })
  .map((list) => list.filter(([name]) => name !== "" && name.toLowerCase() !== "realm"));

const contents: fc.Arbitrary<HeaderContents> = fc.record({
  realm: fc.option(realm),
  parameters: headerParameters,
});

/** The same, with any text for a realm. */
const strangeContents: fc.Arbitrary<HeaderContents> = fc.record({
  realm: fc.option(text),
  parameters: headerParameters,
});

/** Headers that are nearly well-formed, and others that are not. */
const anyHeader = fc.oneof(
  fc.string({ unit: codePoint }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom("OAuth", "oauth", "Basic", "realm", "oauth_nonce", "=", '"', ",", " "),
        fc.constantFrom("\t", "\r\n", "\\", "%", "%4", "%zz", "%ff", "%C3%A9", "\0", "é", "a=b"),
      ),
      { maxLength: 20 },
    )
    .map((parts) => `OAuth ${parts.join("")}`),
);

/** The header fields of the OAuth scheme: RFC 5849 §3.5.1. */
export const headerProperties: readonly Property[] = [
  property({
    id: "authorization-header-parsing/there-and-back",
    section: "§3.5.1",
    statement: "Reading what was written gives realm and parameters again, in their order.",
    needs: ["serializeAuthorizationHeader", "parseAuthorizationHeader"],
    inputs: contents,
    async check({ serializeAuthorizationHeader, parseAuthorizationHeader }, input) {
      const header = await serializeAuthorizationHeader(input);
      const read = await parseAuthorizationHeader({ header, unquoted: false });
      expectEqual(plain(read), plain(input));
    },
  }),
  property({
    id: "authorization-header-parsing/by-grammar",
    section: "§3.5.1",
    statement:
      "A header field with its scheme in any case and any white space between its parts is read.",
    needs: ["parseAuthorizationHeader"],
    inputs: fc.record({
      contents,
      scheme: fc.mixedCase(fc.constant("oauth")),
      separator: fc.constantFrom(",", ", ", " ,\t", ",\r\n ", ", ,"),
    }),
    async check({ parseAuthorizationHeader }, input) {
      const header = `${input.scheme} ${elements(input.contents).join(input.separator)}`.trimEnd();
      const read = await parseAuthorizationHeader({ header, unquoted: false });
      expectEqual(plain(read), plain(input.contents));
    },
  }),
  property({
    id: "authorization-header-serialization/one-line",
    level: "robustness",
    section: "§3.5.1",
    statement: "The output is ASCII without line breaks and NUL, or the input is rejected.",
    needs: ["serializeAuthorizationHeader"],
    inputs: strangeContents,
    async check({ serializeAuthorizationHeader }, input) {
      const written = await orRejected(() => serializeAuthorizationHeader(input));
      expectThat(/^[\t -~]*$/.test(written), written, "one line of ASCII");
    },
  }),
  property({
    id: "authorization-header-parsing/typed-errors",
    level: "robustness",
    section: "§3.5.1",
    statement: "Any header is parsed or rejected with the one typed error.",
    needs: ["parseAuthorizationHeader"],
    inputs: fc.record({ header: anyHeader, unquoted: fc.boolean() }),
    async check({ parseAuthorizationHeader }, input, { headerError }) {
      await onlyThrows(headerError, () => parseAuthorizationHeader(input));
    },
  }),
  property({
    id: "challenge-parsing/there-and-back",
    section: "§3.5.1",
    statement: "Reading a challenge that was written gives realm and parameters again.",
    needs: ["serializeChallenge", "parseChallenge"],
    inputs: contents,
    async check({ serializeChallenge, parseChallenge }, input) {
      const header = await serializeChallenge(input);
      expectEqual(plain(await parseChallenge({ header })), plain(input));
    },
  }),
  property({
    id: "challenge-parsing/among-others",
    section: "RFC 9110 §11.6.1",
    statement: "Challenges of other schemes before and after change nothing.",
    needs: ["parseChallenge"],
    inputs: fc.record({
      contents,
      before: fc.constantFrom("", 'Basic realm="a, OAuth b", ', "Negotiate, "),
      after: fc.constantFrom(
        "",
        ", Bearer",
        ', Basic realm="OAuth"',
        ', Digest qop="auth", nonce="x"',
      ),
    }),
    async check({ parseChallenge }, { before, contents: own, after }) {
      const challenge = `OAuth ${elements(own).join(", ")}`.trimEnd();
      const read = await parseChallenge({ header: `${before}${challenge}${after}` });
      expectEqual(plain(read), plain(own));
    },
  }),
  property({
    id: "challenge-serialization/one-line",
    level: "robustness",
    section: "§3.5.1",
    statement: "The output is ASCII without line breaks and NUL, or the input is rejected.",
    needs: ["serializeChallenge"],
    inputs: strangeContents,
    async check({ serializeChallenge }, input) {
      const written = await orRejected(() => serializeChallenge(input));
      expectThat(/^[\t -~]*$/.test(written), written, "one line of ASCII");
    },
  }),
  property({
    id: "challenge-parsing/typed-errors",
    level: "robustness",
    section: "§3.5.1",
    statement: "Any header is parsed or rejected with the one typed error.",
    needs: ["parseChallenge"],
    inputs: fc.record({ header: anyHeader }),
    async check({ parseChallenge }, input, { headerError }) {
      await onlyThrows(headerError, () => parseChallenge(input));
    },
  }),
];

function elements({ realm: name, parameters }: HeaderContents): string[] {
  return [
    ...(name === null ? [] : [`realm="${name.replace(/["\\]/g, "\\$&")}"`]),
    ...parameters.map(([key, value]) => `${encode(key)}="${encode(value)}"`),
  ];
}

function plain({ realm: name, parameters }: HeaderContents): object {
  return { realm: name, parameters: parameters.map(([key, value]) => [key, value]) };
}

async function orRejected(write: () => string | Promise<string>): Promise<string> {
  try {
    return await write();
  } catch {
    return "";
  }
}

async function onlyThrows(
  expected: (abstract new (...args: never[]) => Error) | undefined,
  read: () => unknown,
): Promise<void> {
  if (expected === undefined) throw new Unsupported("errors without a class");
  try {
    await read();
  } catch (error) {
    if (!(error instanceof expected)) {
      throw new PropertyViolation(String(error), expected.name, undefined);
    }
  }
}

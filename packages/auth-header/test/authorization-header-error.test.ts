import {
  AuthorizationHeaderError,
  type AuthorizationHeaderErrorCode,
  parseAuthorizationHeader,
  parseChallenge,
  serializeAuthorizationHeader,
  serializeChallenge,
} from "@oauth1/auth-header";
import { PercentEncodingError } from "@oauth1/percent-encoding";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

function errorOf(run: () => unknown): AuthorizationHeaderError {
  try {
    run();
  } catch (error) {
    if (error instanceof AuthorizationHeaderError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

/** Each header has a ▶ where the error points. It is removed before parsing. */
const rejected: [AuthorizationHeaderErrorCode, string][] = [
  ["ERR_SCHEME", "▶"],
  ["ERR_SCHEME", '▶Basic realm="x"'],
  ["ERR_SCHEME", '▶Basic OAuth a="b"'],
  ["ERR_SCHEME", '▶OAuthx a="b"'],
  ["ERR_SCHEME", '▶OAuth2 a="b"'],
  ["ERR_SCHEME", '▶"OAuth" a="b"'],
  ["ERR_SCHEME", '▶OAuth,a="b"'],
  ["ERR_SYNTAX", "OAuth a▶"],
  ["ERR_SYNTAX", 'OAuth a▶"b"'],
  ["ERR_SYNTAX", 'OAuth a▶, b="c"'],
  ["ERR_SYNTAX", 'OAuth ▶="b"'],
  ["ERR_SYNTAX", 'OAuth ▶"a"="b"'],
  ["ERR_SYNTAX", 'OAuth ▶ä="b"'],
  ["ERR_SYNTAX", "OAuth a=▶"],
  ["ERR_SYNTAX", "OAuth a=▶b"],
  ["ERR_SYNTAX", 'OAuth a="b▶'],
  ["ERR_SYNTAX", 'OAuth a="▶\\"b"'],
  ["ERR_SYNTAX", 'OAuth a="b"▶c="d"'],
  ["ERR_SYNTAX", 'OAuth a="b"▶; c="d"'],
  ["ERR_SYNTAX", 'OAuth a="b▶\r\nX-Other: 1"'],
  ["ERR_SYNTAX", 'OAuth a="b▶\0"'],
  ["ERR_SYNTAX", 'OAuth a="b"▶\r\nX: 1'],
  ["ERR_SYNTAX", 'OAuth a="b"▶\r c="d"'],
  ["ERR_SYNTAX", 'OAuth realm="▶'],
  ["ERR_SYNTAX", 'OAuth realm="a▶\\'],
  ["ERR_SYNTAX", 'OAuth realm="a▶\n"'],
  ["ERR_SYNTAX", 'OAuth realm="a▶\\\n"'],
  ["ERR_DUPLICATE_PARAMETER", 'OAuth a="b", ▶a="b"'],
  ["ERR_DUPLICATE_PARAMETER", 'OAuth oauth_nonce="b", ▶oauth%5Fnonce="c"'],
  ["ERR_DUPLICATE_PARAMETER", 'OAuth realm="b", a="", ▶REALM="c"'],
  ["ERR_DUPLICATE_PARAMETER", 'OAuth realm="b", ▶re%61lm="c"'],
  ["ERR_PARAMETER_ENCODING", 'OAuth a="b", c="d▶%zz"'],
  ["ERR_PARAMETER_ENCODING", 'OAuth a="▶%"'],
  ["ERR_PARAMETER_ENCODING", 'OAuth a="%41▶%4"'],
  ["ERR_PARAMETER_ENCODING", 'OAuth a▶%4="b"'],
  ["ERR_PARAMETER_ENCODING", 'OAuth a="%C3%A9▶%FF"'],
  ["ERR_PARAMETER_ENCODING", 'OAuth a="▶%C0%80"'],
  ["ERR_PARAMETER_ENCODING", 'OAuth a▶%E2%98="b"'],
  ["ERR_PARAMETER_ENCODING", 'OAuth a="b▶\ud800"'],
];

describe("the parsers", () => {
  for (const [code, marked] of rejected) {
    const index = marked.indexOf("▶");
    const header = marked.replace("▶", "");

    it(`reject a header with ${code}: ${JSON.stringify(marked)}`, () => {
      const error = errorOf(() => parseAuthorizationHeader(header));
      expect({ code: error.code, index: error.index }).toEqual({ code, index });
      expect(error.name).toBe("AuthorizationHeaderError");
      expect(error.message).toMatch(new RegExp(`^(?:header|realm): [^;]+ at index ${index}; `));
    });

    if (code !== "ERR_SCHEME") {
      it(`reject a challenge after another with ${code}: ${JSON.stringify(marked)}`, () => {
        const before = 'Basic realm="OAuth, \\" ", ';
        const error = errorOf(() => parseChallenge(`${before}${header}`));
        expect({ code: error.code, index: error.index }).toEqual({
          code,
          index: before.length + index,
        });
      });
    }
  }

  it("reject a header without an OAuth challenge with ERR_SCHEME", () => {
    for (const header of [
      ...["", "Basic", "Bearer OAuth", "OAuthx"],
      ...['Basic realm="a, OAuth b"', 'Basic realm="a, OAuth'],
    ]) {
      expect(errorOf(() => parseChallenge(header))).toMatchObject({ code: "ERR_SCHEME", index: 0 });
    }
  });

  it("accept a value without quotes only with the option", () => {
    const header = "OAuth oauth_nonce=a%20b, realm=c";
    expect(errorOf(() => parseAuthorizationHeader(header))).toMatchObject({
      code: "ERR_SYNTAX",
      index: "OAuth oauth_nonce=".length,
    });
    expect(parseAuthorizationHeader(header, { unquoted: true })).toEqual({
      realm: "c",
      parameters: [["oauth_nonce", "a b"]],
    });
    expect(
      errorOf(() => parseAuthorizationHeader("OAuth a=,b=c", { unquoted: true })),
    ).toMatchObject({ code: "ERR_SYNTAX", index: "OAuth a=".length });
    expect(errorOf(() => parseAuthorizationHeader("OAuth a=%4", { unquoted: true }))).toMatchObject(
      {
        code: "ERR_PARAMETER_ENCODING",
        index: "OAuth a=".length,
      },
    );
  });

  it.each([
    ["header: no OAuth scheme at index 0; begin with OAuth", 'Basic a="b"'],
    ['header: syntax error at index 7; write name="value" and commas between', "OAuth a"],
    ["header: duplicate parameter at index 13; send it once", 'OAuth a="b", a="c"'],
    [
      "header: malformed percent-encoding at index 9; encode UTF-8 as RFC 5849 §3.6",
      'OAuth a="%zz"',
    ],
  ])("says what is wrong, where, and what to do: %s", (message, header) => {
    expect(() => parseAuthorizationHeader(header)).toThrow(expect.objectContaining({ message }));
  });

  it("reports the same for a realm to serialize", () => {
    expect(() => serializeChallenge({ realm: "a\n" })).toThrow(
      "realm: character that a header cannot contain at index 1; use visible ASCII",
    );
  });

  it("never contains a part of the header in a message", () => {
    for (const tail of ['"%zz"', '"\\"', "", '"%FF"', '"a" junk-9d2', '"", secret-9d2=""']) {
      const { message } = errorOf(() => parseAuthorizationHeader(`OAuth secret-9d2=${tail}`));
      expect(message).not.toContain("9d2");
    }
  });
});

describe("a broken escape", () => {
  it("is reported at its position", () => {
    const word = fc.stringMatching(/^[\w.~-]{0,20}$/);
    fc.assert(
      fc.property(word, word, fc.constantFrom("%", "%z", "%4", "%4z"), (before, after, broken) => {
        const start = `OAuth realm="Photos",\r\n a="1", b="${before}`;
        const follows = broken.length === 3 || !/^[\da-f]/i.test(after) ? after : `~${after}`;
        const error = errorOf(() => parseAuthorizationHeader(`${start}${broken}${follows}"`));
        expect([error.code, error.index]).toEqual(["ERR_PARAMETER_ENCODING", start.length]);
      }),
    );
  });
});

describe("hostile input", () => {
  /**
   * Expects the text to be parsed, or rejected with this package's error and an index into the
   * text.
   */
  function expectReadOrRejected(header: string, read: () => unknown): void {
    try {
      read();
    } catch (error) {
      expect(error).toBeInstanceOf(AuthorizationHeaderError);
      const { index } = error as AuthorizationHeaderError;
      expect(Number.isInteger(index) && index >= 0 && index <= header.length).toBe(true);
    }
  }

  function expectTypedErrors(header: string): void {
    for (const unquoted of [false, true]) {
      expectReadOrRejected(header, () => parseAuthorizationHeader(header, { unquoted }));
    }
    expectReadOrRejected(header, () => parseChallenge(header));
  }

  it("throws only typed errors for any UTF-16 code units", () => {
    const codeUnits = fc
      .array(fc.integer({ min: 0, max: 0xffff }))
      .map((units) => String.fromCharCode(...units));
    fc.assert(
      fc.property(codeUnits, fc.boolean(), (text, inQuotes) =>
        expectTypedErrors(inQuotes ? `OAuth a="${text}"` : `OAuth ${text}`),
      ),
      { numRuns: 1000 },
    );
  });

  const MEGABYTE = 2 ** 20;
  for (const [start, repeated, end] of [
    ["OAuth ", ",", "x"],
    ["OAuth ", " ", "x"],
    ["OAuth ", "\r\n ", "x"],
    ["OAuth a", " ", "x"],
    ["OAuth a=", " \t", "x"],
    ['OAuth a="b"', " ", "x"],
    ["OAuth ", "a", ""],
    ["OAuth ", "a ", ""],
    ['OAuth a="', "b", ""],
    ['OAuth a="', "%41", '"'],
    ['OAuth a="', "%ff", '"'],
    ['OAuth realm="', "a", ""],
    ['OAuth realm="', '\\"', ""],
    ['OAuth a="b"', ", Basic", "="],
    ["Basic ", ", ", "OAuth"],
    ["Basic ", "OAuth", ""],
  ] as const) {
    const name = JSON.stringify(`${start}(${repeated})*${end}`);
    it(`parses or rejects a megabyte quickly: ${name}`, () => {
      const header = start + repeated.repeat(MEGABYTE / repeated.length) + end;
      expectReadOrRejected(header, () => parseAuthorizationHeader(header));
      expectReadOrRejected(header, () => parseChallenge(header));
    });
  }

  it("parses a megabyte of parameters", () => {
    const names = Array.from({ length: MEGABYTE / 16 }, (_, index) => `a${index}`);
    const header = `OAuth ${names.map((name) => `${name}="%20"`).join(", ")}`;
    expect(header.length).toBeGreaterThan(MEGABYTE * 0.75);
    expect(parseAuthorizationHeader(header).parameters).toEqual(names.map((name) => [name, " "]));
  });
});

describe("injection", () => {
  const writers = { serializeAuthorizationHeader, serializeChallenge };
  for (const [name, write] of Object.entries(writers)) {
    it(`${name}: rejects a realm at the first character that a header cannot contain (ERR_REALM)`, () => {
      for (const [realm, index] of [
        ["\r\nX-Injected: 1", 0],
        ["Photos\n", 6],
        ["a\0", 1],
        ["ab\x7f", 2],
        ["Fotos für alle", 7],
        ["☃", 0],
        ["a\u2028", 1],
      ] as const) {
        expect(errorOf(() => write({ realm }))).toMatchObject({ code: "ERR_REALM", index });
        expect(errorOf(() => write({ realm })).message).not.toContain(realm);
      }
    });

    it(`${name}: keeps the delimiters in a realm, a name or a value inert`, () => {
      const nasty = '", oauth_token="x\\", a="\r\n\t';
      const realm = nasty.replace("\r\n", "");
      const header = write({ realm, parameters: [[nasty, nasty]] });
      expect(header).not.toMatch(/[\r\n]/);
      const read = name === "serializeChallenge" ? parseChallenge : parseAuthorizationHeader;
      expect(read(header)).toEqual({ realm, parameters: [[nasty, nasty]] });
    });

    it(`${name}: rejects a lone surrogate with its index in the name or the value`, () => {
      for (const parameter of [["a\ud800", ""] as const, ["a", "b\udc00"] as const]) {
        expect(() => write({ parameters: [parameter] })).toThrow(PercentEncodingError);
        expect(() => write({ parameters: [parameter] })).toThrow(
          expect.objectContaining({ code: "ERR_LONE_SURROGATE", index: 1 }),
        );
      }
    });
  }
});

describe("serializeAuthorizationHeader", () => {
  it("accepts decoded parameters from any iterable", () => {
    const parameters = new Map([
      ["a", "%FF"],
      ["b c", "%"],
    ]);
    expect(serializeAuthorizationHeader({ parameters })).toBe('OAuth a="%25FF", b%20c="%25"');
  });

  it("requires neither realm nor parameters, and writes an empty realm", () => {
    for (const realm of [undefined, null]) {
      expect(serializeAuthorizationHeader({ realm, parameters: [] })).toBe("OAuth");
    }
    expect(serializeChallenge({})).toBe("OAuth");
    expect(serializeAuthorizationHeader({ realm: "" })).toBe('OAuth realm=""');
  });
});

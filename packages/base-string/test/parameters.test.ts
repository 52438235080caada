import {
  type EncodedParameter,
  type FormBody,
  formParameters,
  normalizeParameters,
  type Parameter,
  queryParameters,
  signatureBaseString,
} from "@oauth1/base-string";

import {
  buildBaseString,
  collectParameters,
  prepareBaseString,
  requestParameters,
  sortParameters,
} from "@oauth1/base-string/steps";
import { percentEncode } from "@oauth1/percent-encoding";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const url = "http://example.com/request";
const unicode = fc.string({ unit: "binary" });
const pairs = fc.array(fc.tuple(unicode, unicode));

describe("a form body", () => {
  // The RFC's own form (RFC 5849 §3.1) in each type that a body can have.
  const bodies: [string, FormBody][] = [
    ["text", "c2&a3=2+q"],
    ["pairs", [["c2", ""] as const, ["a3", "2 q"] as const]],
    ["URLSearchParams", new URLSearchParams("c2&a3=2+q")],
    [
      "a Map",
      new Map([
        ["c2", ""],
        ["a3", "2 q"],
      ]),
    ],
  ];

  it.each(bodies)("can be %s", (_, body) => {
    expect(formParameters(body)).toEqual([
      ["c2", ""],
      ["a3", "2 q"],
    ]);
    expect(requestParameters({ url, body })).toEqual([
      { encodedName: "c2", encodedValue: "", source: "form-body" },
      { encodedName: "a3", encodedValue: "2%20q", source: "form-body" },
    ]);
    expect(signatureBaseString({ method: "POST", url, body }, [])).toBe(
      "POST&http%3A%2F%2Fexample.com%2Frequest&a3%3D2%2520q%26c2%3D",
    );
  });

  it.each([null, undefined, "", []])("can be empty: %j", (body) => {
    expect(requestParameters({ url, body })).toEqual([]);
    expect(requestParameters({ url })).toEqual([]);
  });

  it("has the same parameters when fetch sends URLSearchParams", async () => {
    await fc.assert(
      fc.asyncProperty(pairs, async (pairs) => {
        const body = new URLSearchParams(pairs);
        const sent = await new Response(body).text();
        const parameters = requestParameters({ url, body });
        expect(requestParameters({ url, body: sent })).toEqual(parameters);
        expect(formParameters(sent)).toEqual(pairs);
      }),
    );
  });

  it("is parsed like URLSearchParams", () => {
    const form = fc
      .array(fc.constantFrom("a", "b", "=", "&", "+", "%20", "%2B", "%26", "%3d", "%e2%98%83", "é"))
      .map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(form, (form) => {
        const expected = [...new URLSearchParams(form)];
        expect(formParameters(form)).toEqual(expected);
        const query = form.replaceAll("é", "%C3%A9");
        expect(queryParameters(`${url}?${query}`)).toEqual(expected);
      }),
    );
  });
});

describe("octets that are not ASCII", () => {
  it("are kept, whether UTF-8 or not", () => {
    for (let octet = 0x80; octet <= 0xff; octet++) {
      const escaped = `%${octet.toString(16).toUpperCase()}`;
      const spelled = `a${escaped.toLowerCase()}=${escaped}+`;
      const found = { encodedName: `a${escaped}`, encodedValue: `${escaped}%20` };
      expect(requestParameters({ url: `${url}?${spelled}`, body: spelled })).toEqual([
        { ...found, source: "query" },
        { ...found, source: "form-body" },
      ]);
    }
  });

  it("are rejected if the result is text and they are not UTF-8", () => {
    expect(() => formParameters("é=1&a=%ff")).toThrow(
      expect.objectContaining({ name: "PercentEncodingError", code: "ERR_INVALID_UTF8", index: 6 }),
    );
    expect(() => queryParameters(`${url}?a=1&b=%ff`)).toThrow(
      expect.objectContaining({ code: "ERR_INVALID_UTF8", index: url.length + 7 }),
    );
  });
});

describe("the index of an error", () => {
  const piece = fc.constantFrom("a", "%41", "=", "&", "+", "%e2%98%83", "~", "?", "/");
  const spelled = fc.array(piece).map((pieces) => pieces.join(""));

  it("is in the URL if the query is malformed", () => {
    fc.assert(
      fc.property(spelled, spelled, fc.boolean(), (before, after, fragment) => {
        const start = `http://u@example.com:8080/p/%41?${before}`;
        const broken = `${start}%z${after}${fragment ? "#%z" : ""}`;
        for (const take of [
          () => queryParameters(broken),
          () => requestParameters({ url: broken }),
          () => collectParameters({ url: broken }, []),
          () => signatureBaseString({ method: "GET", url: broken }, []),
        ]) {
          expect(take).toThrow(
            expect.objectContaining({ code: "ERR_BROKEN_ESCAPE", index: start.length }),
          );
        }
      }),
    );
  });

  it("is in the body if the body is malformed", () => {
    const raw = fc.array(fc.oneof(piece, fc.constantFrom("é", "☃", "😀"))).map((p) => p.join(""));
    fc.assert(
      fc.property(raw, raw, (before, after) => {
        for (const [bad, code] of [
          ["%z", "ERR_BROKEN_ESCAPE"],
          ["\ud800", "ERR_LONE_SURROGATE"],
        ] as const) {
          const body = `${before}${bad}${after}`;
          const expected = expect.objectContaining({ code, index: before.length });
          expect(() => formParameters(body)).toThrow(expected);
          expect(() => requestParameters({ url: `${url}?a=b`, body })).toThrow(expected);
        }
      }),
    );
  });

  it("is in the name or the value of a decoded pair", () => {
    for (const pair of [
      ["ab\ud800", ""],
      ["", "ab\ud800"],
    ] as const) {
      const expected = expect.objectContaining({ code: "ERR_LONE_SURROGATE", index: 2 });
      expect(() => normalizeParameters([pair])).toThrow(expected);
      expect(() => collectParameters({ url }, [pair])).toThrow(expected);
      expect(() => requestParameters({ url, body: [pair] })).toThrow(expected);
    }
  });

  it("is reported without a part of the input", () => {
    expect.assertions(3);
    try {
      formParameters("password=kd94hf93k423kf44%zz");
    } catch (error) {
      expect(error).toMatchObject({ name: "PercentEncodingError", index: 25 });
      expect(String(error)).not.toContain("kd94hf");
      expect(JSON.stringify(error)).not.toContain("kd94hf");
    }
  });
});

describe("collectParameters", () => {
  const request = { url: `${url}?a=query&a=query`, body: "a=form&realm=form" };

  it("returns the parameters of every source of RFC 5849 §3.4.1.3.1, with duplicates", () => {
    const collected = collectParameters(request, [["a", "protocol"]]);
    const key = (parameter: object) => Object.values(parameter).join();
    expect(collected.toSorted((x, y) => (key(x) < key(y) ? -1 : 1))).toEqual([
      { encodedName: "a", encodedValue: "form", source: "form-body" },
      { encodedName: "a", encodedValue: "protocol", source: "protocol" },
      { encodedName: "a", encodedValue: "query", source: "query" },
      { encodedName: "a", encodedValue: "query", source: "query" },
      { encodedName: "realm", encodedValue: "form", source: "form-body" },
    ]);
  });

  it("omits only the realm of the header", () => {
    const collected = collectParameters({ url: `${url}?realm=q` }, [["realm", "Photos"]]);
    expect(collected).toEqual([{ encodedName: "realm", encodedValue: "q", source: "query" }]);
  });

  it("omits oauth_signature in every source and spelling", () => {
    const signed = {
      url: `${url}?oauth%5Fsignature=1`,
      body: "oauth_signatur%65=2&oauth_signature_=",
    };
    expect(
      collectParameters(signed, [
        ["oauth_signature", "3"],
        { encodedName: "oauth_signature", encodedValue: "4" },
      ]),
    ).toEqual([{ encodedName: "oauth_signature_", encodedValue: "", source: "form-body" }]);
  });

  it("returns the input of buildBaseString", () => {
    const protocol: Parameter[] = [["oauth_nonce", "7d8f3e4a"]];
    const collected = collectParameters(request, protocol);
    const before = structuredClone(collected);
    expect(buildBaseString("POST", url, collected)).toBe(
      signatureBaseString({ method: "POST", ...request }, protocol),
    );
    expect(collected).toEqual(before);
  });

  it("accepts encoded protocol parameters from a generator", () => {
    function* protocol(): Generator<Parameter | EncodedParameter> {
      yield ["oauth_nonce", "a b"];
      yield { encodedName: "oauth_token", encodedValue: "%FF" };
    }
    expect(collectParameters({ url }, protocol())).toEqual([
      { encodedName: "oauth_nonce", encodedValue: "a%20b", source: "protocol" },
      { encodedName: "oauth_token", encodedValue: "%FF", source: "protocol" },
    ]);
  });
});

describe("buildBaseString", () => {
  it("returns what encoding each of the three parts returns, for any parameters", () => {
    const method = fc.constantFrom("GET", "post", "PROPFIND", "M-SEARCH", "*", "a~!");
    fc.assert(
      fc.property(method, pairs, (method, pairs) => {
        const collected = collectParameters({ url, body: pairs }, []);
        const parts = [method.toUpperCase(), url, normalizeParameters(collected)];
        expect(buildBaseString(method, url, collected)).toBe(parts.map(percentEncode).join("&"));
      }),
      { numRuns: 10_000 },
    );
  });

  it("can be prepared for many requests with the same method and URL", () => {
    const build = prepareBaseString("get", url);
    for (const value of ["1", "%20", ""]) {
      const parameters = [{ encodedName: "n", encodedValue: value }];
      expect(build(parameters)).toBe(buildBaseString("GET", url, parameters));
    }
    expect(() => prepareBaseString("G T", url)).toThrow(
      expect.objectContaining({ code: "ERR_METHOD" }),
    );
  });
});

describe("sortParameters", () => {
  const encoded = fc.record({
    encodedName: fc.constantFrom("", "a", "a-b", "a%3D", "A", "b", "~", "%FF"),
    encodedValue: fc.constantFrom("", "1", "2", "%20", "~"),
    id: fc.nat(),
  });

  it("sorts by octets of the name, then of the value, and keeps the order of equals", () => {
    fc.assert(
      fc.property(fc.array(encoded), (parameters) => {
        const rest = [...parameters];
        const order = (a: EncodedParameter, b: EncodedParameter) =>
          Buffer.compare(Buffer.from(a.encodedName), Buffer.from(b.encodedName)) ||
          Buffer.compare(Buffer.from(a.encodedValue), Buffer.from(b.encodedValue));
        // Selection sort: the first of the smallest remaining ones.
        const expected: typeof parameters = [];
        while (rest.length > 0) {
          let first = 0;
          rest.forEach((parameter, index) => {
            const smallest = rest[first];
            if (smallest !== undefined && order(parameter, smallest) < 0) first = index;
          });
          expected.push(...rest.splice(first, 1));
        }
        const sorted = sortParameters(parameters);
        expect(sorted.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
      }),
    );
  });

  it("does the same with lists of any length, in any order", () => {
    // Long lists of names that differ late, and lists that are nearly in order.
    const name = fc.oneof(
      encoded.map(({ encodedName }) => encodedName),
      fc.stringMatching(/^a{8}[ab]{0,3}$/),
    );
    const list = fc.array(
      fc.record({ encodedName: name, encodedValue: fc.constantFrom("", "1", "%20"), id: fc.nat() }),
      { maxLength: 200, size: "max" },
    );
    fc.assert(
      fc.property(list, fc.boolean(), (parameters, isNearlyInOrder) => {
        const byPlatform = (list: typeof parameters) =>
          list.toSorted((a, b) =>
            a.encodedName === b.encodedName
              ? Number(a.encodedValue > b.encodedValue) - Number(a.encodedValue < b.encodedValue)
              : a.encodedName < b.encodedName
                ? -1
                : 1,
          );
        const given = isNearlyInOrder
          ? [...byPlatform(parameters.slice(1)), ...parameters.slice(0, 1)]
          : parameters;
        expect(sortParameters(given)).toEqual(byPlatform(given));
      }),
      { numRuns: 10_000 },
    );
  });

  it("does not change the list and its parameters", () => {
    const parameters = [
      { encodedName: "b", encodedValue: "" },
      { encodedName: "a", encodedValue: "" },
    ] as const;
    Object.freeze(parameters);
    const sorted = sortParameters(parameters);
    expect(Object.keys(sorted)).toEqual(["0", "1"]);
    expect(sorted[0]).toBe(parameters[1]);
    expect(sorted[1]).toBe(parameters[0]);
    expect(parameters[0].encodedName).toBe("b");
  });

  it("compares names before joining: a before a-b", () => {
    expect(
      normalizeParameters([
        ["a-b", "1"],
        ["a", "2"],
      ]),
    ).toBe("a=2&a-b=1");
  });
});

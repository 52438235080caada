// HAR entries and JSON as programs write them.
import {
  type CapturedRequest,
  readCapturedRequest,
  readHarEntry,
  readJsonRequest,
} from "@oauth1/captured-request";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const octets = (text: string) => new TextEncoder().encode(text);

/** Chrome's entry for an HTTP/2 request: pseudo-headers, lower-case names, its own members. */
const chromeEntry = {
  _connectionId: "4711",
  _initiator: { type: "script", stack: { callFrames: [{ lineNumber: 1, url: "" }] } },
  _priority: "High",
  _resourceType: "fetch",
  cache: {},
  connection: "443",
  request: {
    method: "POST",
    url: "https://photos.example.net/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
    httpVersion: "http/2.0",
    headers: [
      { name: ":authority", value: "photos.example.net" },
      { name: ":method", value: "POST" },
      { name: ":path", value: "/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b" },
      { name: ":scheme", value: "https" },
      { name: "authorization", value: 'OAuth oauth_nonce="a"' },
      { name: "content-type", value: "application/x-www-form-urlencoded" },
    ],
    queryString: [{ name: "b5", value: "%3D%253D" }],
    cookies: [],
    headersSize: -1,
    bodySize: 9,
    postData: {
      mimeType: "application/x-www-form-urlencoded",
      text: "c2&a3=2+q",
      params: [
        { name: "c2", value: "" },
        { name: "a3", value: "2+q" },
      ],
    },
  },
  response: { status: 401, headers: [], content: { size: 0, mimeType: "text/plain" } },
  serverIPAddress: "93.184.216.34",
  startedDateTime: "2026-01-01T00:00:00.000Z",
  time: 1.5,
  timings: { blocked: 1.5, dns: -1 },
};
const chromeRequest: CapturedRequest = {
  method: "POST",
  url: "https://photos.example.net/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b",
  headers: [
    ["authorization", 'OAuth oauth_nonce="a"'],
    ["content-type", "application/x-www-form-urlencoded"],
  ],
  body: octets("c2&a3=2+q"),
};

/** Firefox's entry. */
const firefoxArchive = {
  log: {
    version: "1.2",
    creator: { name: "Firefox", version: "140.0" },
    browser: { name: "Firefox", version: "140.0" },
    pages: [{ id: "page_1", pageTimings: { onContentLoad: -50 }, startedDateTime: "" }],
    entries: [
      {
        startedDateTime: "2026-01-01T00:00:00.000+01:00",
        request: {
          bodySize: 7,
          method: "POST",
          url: "http://localhost:8080/a?b=c",
          httpVersion: "HTTP/1.1",
          headers: [
            { name: "Host", value: "localhost:8080" },
            { name: "Content-Type", value: "application/json" },
          ],
          cookies: [],
          queryString: [{ name: "b", value: "c" }],
          headersSize: 321,
          postData: { mimeType: "application/json", params: [], text: '{"a":1}' },
        },
        response: {},
        cache: {},
        timings: {},
        time: 0,
      },
    ],
  },
};

describe("readHarEntry", () => {
  it("reads an entry of Chrome, its archive, and only its request", () => {
    const archive = { log: { version: "1.2", pages: [], entries: [chromeEntry] } };
    for (const value of [chromeEntry, archive, chromeEntry.request]) {
      for (const json of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
        expect(readHarEntry(json)).toEqual(chromeRequest);
        expect(readCapturedRequest(json)).toEqual(chromeRequest);
      }
    }
  });

  it("reads an archive of Firefox", () => {
    expect(readCapturedRequest(JSON.stringify(firefoxArchive, null, 2))).toEqual({
      method: "POST",
      url: "http://localhost:8080/a?b=c",
      headers: [
        ["Host", "localhost:8080"],
        ["Content-Type", "application/json"],
      ],
      body: octets('{"a":1}'),
    });
  });

  it("uses the host of the Host header (RFC 5849 §3.4.1.2)", () => {
    const request = {
      method: "GET",
      url: "http://127.0.0.1:3000/a?b#c",
      httpVersion: "HTTP/1.1",
      headers: [{ name: "Host", value: "api.example.com" }],
    };
    expect(readHarEntry(JSON.stringify({ request })).url).toBe("http://api.example.com/a?b");
  });

  it("recognizes a request by each of its members", () => {
    const request = { method: "PUT", url: "http://a/", headers: [] };
    const postData = { text: "a" };
    expect(readCapturedRequest(JSON.stringify({ ...request, postData })).body).toEqual(octets("a"));
    const withoutHeaders = { method: "PUT", url: "http://a/", httpVersion: "HTTP/1.1" };
    expect(() => readCapturedRequest(JSON.stringify(withoutHeaders))).toThrow(
      'request must have the member "headers"',
    );
  });

  it("replaces the host in any spelling of the URL", () => {
    const headers = [{ name: "host", value: "b.example:81" }];
    for (const [url, replaced] of [
      ["HTTP://a.example", "HTTP://b.example:81"],
      ["https://a.example:80?a/b", "https://b.example:81?a/b"],
      ["http://a.example/http://c.example/", "http://b.example:81/http://c.example/"],
      ["http://a.example#b/c", "http://b.example:81"],
    ]) {
      const request = { method: "GET", url, headers };
      expect(readHarEntry(JSON.stringify({ request })).url).toBe(replaced);
    }
  });

  it("reads a body in base64", () => {
    const request = {
      ...chromeEntry.request,
      postData: { mimeType: "application/octet-stream", text: "AP/+", encoding: "base64" },
    };
    expect(readHarEntry(JSON.stringify(request)).body).toEqual(Uint8Array.of(0, 255, 254));
  });

  it.each([null, undefined, {}, { params: null }, { params: [] }])(
    "reads postData without content as no body: %j",
    (postData) => {
      const json = JSON.stringify({ ...chromeEntry.request, postData });
      expect(readHarEntry(json).body).toBeNull();
    },
  );

  it.each([
    [{ log: { entries: [chromeEntry, chromeEntry] } }, "ERR_SEVERAL_REQUESTS"],
    [{ log: { entries: [] } }, "ERR_CAPTURED_MEMBER"],
    [{ log: {} }, "ERR_CAPTURED_MEMBER"],
    [{ request: { method: "GET", url: "http://a/" } }, "ERR_CAPTURED_MEMBER"],
    [{ request: { ...chromeEntry.request, method: 1 } }, "ERR_CAPTURED_MEMBER"],
    [{ request: { ...chromeEntry.request, url: "a" } }, "ERR_CAPTURED_URL"],
    [{ request: { ...chromeEntry.request, headers: [{ name: "A" }] } }, "ERR_CAPTURED_MEMBER"],
    [
      { request: { ...chromeEntry.request, headers: [{ name: "A B", value: "" }] } },
      "ERR_CAPTURED_HEADER_FIELD",
    ],
    [
      { request: { ...chromeEntry.request, postData: { params: [{ name: "a" }] } } },
      "ERR_CAPTURED_MEMBER",
    ],
    [
      { request: { ...chromeEntry.request, postData: { text: "a", encoding: "hex" } } },
      "ERR_CAPTURED_BODY",
    ],
    [
      { request: { ...chromeEntry.request, postData: { text: "!", encoding: "base64" } } },
      "ERR_CAPTURED_BODY",
    ],
  ])("rejects the malformed entry %#", (value, code) => {
    expect(() => readHarEntry(JSON.stringify(value))).toThrow(expect.objectContaining({ code }));
  });

  it("reports the position of a second entry in an archive", () => {
    const json = JSON.stringify({ log: { entries: [{ a: 1 }, { b: 2 }] } }, null, 1);
    expect(() => readHarEntry(json)).toThrow(expect.objectContaining({ line: 7, column: 4 }));
  });
});

describe("readJsonRequest", () => {
  const request = { method: "PUT", url: "https://example.com/a?b", body: "é" };
  const read = { method: "PUT", url: request.url, headers: [["A", "1"]], body: octets("é") };

  it.each([
    ["an object", { A: "1" }],
    ["an object with lists", { A: ["1"] }],
    ["pairs", [["A", " 1 "]]],
    ["names and values", [{ name: "A", value: "1" }]],
  ])("reads headers as %s", (_, headers) => {
    expect(readCapturedRequest(JSON.stringify({ ...request, headers }))).toEqual(read);
  });

  it("reads the literal of a JavaScript object", () => {
    const literal = `{
      // sent by the client
      method: 'PUT', url: "https://example.com/a?b", /* no more */
      headers: { "A": '1', },
      body: \`\\u00e9\`,
    }`;
    expect(readCapturedRequest(literal)).toEqual(read);
  });

  it("reads a path with a Host header", () => {
    const json = JSON.stringify({ method: "GET", url: "/a", headers: { host: "example.com" } });
    expect(readJsonRequest(json).url).toBe("https://example.com/a");
    expect(readJsonRequest(json, { scheme: "http" }).url).toBe("http://example.com/a");
  });

  it("reads a body in base64, and a missing body", () => {
    const json = JSON.stringify({ ...request, body: "AP/+", bodyEncoding: "base64" });
    expect(readJsonRequest(json).body).toEqual(Uint8Array.of(0, 255, 254));
    const text = JSON.stringify({ ...request, bodyEncoding: null });
    expect(readJsonRequest(text).body).toEqual(octets("é"));
    for (const body of [null, undefined, ""]) {
      expect(readJsonRequest(JSON.stringify({ ...request, body })).body).toBeNull();
    }
    expect(readJsonRequest("{method: 'PUT', url: 'http://a/', body: undefined}").body).toBeNull();
  });

  it("reads every output of JSON.stringify", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.boolean(), (body, isIndented) => {
        const json = JSON.stringify({ ...request, body }, null, isIndented ? 2 : 0);
        // Like an encoder that replaces half of a surrogate pair.
        expect(readJsonRequest(json).body ?? new Uint8Array()).toEqual(octets(body));
      }),
    );
  });

  it.each([
    ['{"method": "GET",\n "url": }', "ERR_CAPTURED_LITERAL", 2, 9],
    ['{"method": "GET"\n "url": "a"}', "ERR_CAPTURED_LITERAL", 2, 2],
    ['{"method": "GET', "ERR_CAPTURED_LITERAL", 1, 12],
    ['{"method" "GET"}', "ERR_CAPTURED_LITERAL", 1, 11],
    ['{"a": "\\u12"}', "ERR_CAPTURED_LITERAL", 1, 8],
    ['{"method": "GET", "url": "http://a/"} x', "ERR_CAPTURED_LITERAL", 1, 39],
    ['{"method": "GET", "url": process.env.URL}', "ERR_CAPTURED_LITERAL", 1, 26],
    ["{`a`: 1}", "ERR_CAPTURED_LITERAL", 1, 2],
    ["[1, 2", "ERR_CAPTURED_LITERAL", 1, 6],
    [`${"[".repeat(101)}`, "ERR_CAPTURED_LITERAL", 1, 102],
    ["[]", "ERR_CAPTURED_MEMBER", 1, 1],
    ['{\n "url": "http://a/"}', "ERR_CAPTURED_MEMBER", 1, 1],
    ['{"method": "GET",\n "url": 1}', "ERR_CAPTURED_MEMBER", 2, 9],
    ['{"method": "G T",\n "url": "http://a/"}', "ERR_CAPTURED_METHOD", 1, 12],
    ['{"method": "GET",\n "url": "a"}', "ERR_CAPTURED_URL", 2, 9],
    ['{"method": "GET",\n "url": "/a"}', "ERR_CAPTURED_HOST", 2, 9],
    ['{"method": "GET", "url": "http://a/",\n "body": {}}', "ERR_CAPTURED_MEMBER", 2, 10],
    ['{"method": "GET", "url": "http://a/",\n "headers": 1}', "ERR_CAPTURED_MEMBER", 2, 13],
    ['{"method": "GET", "url": "http://a/",\n "headers": [["a"]]}', "ERR_CAPTURED_MEMBER", 2, 14],
    [
      '{"method": "GET", "url": "http://a/",\n "headers": {"a": "b\\nc"}}',
      "ERR_CAPTURED_HEADER_FIELD",
      2,
      19,
    ],
  ])("rejects %j with %s at line %i, column %i", (json, code, line, column) => {
    expect(() => readJsonRequest(json)).toThrow(expect.objectContaining({ code, line, column }));
  });

  // Node parses each literal, too.
  it.each([
    String.raw`'\b\f\n\r\t\v\0\'\"\`\\\/\a\z'`,
    String.raw`"\u{41}\u{1f600}\u{10ffff}\u{00e9}\u00E9\x41\xe9\uD83D\uDE00"`,
    "'a\\\nb\\\r\nc\\\u2028d\\\u2029e'",
    "'\u2028\u2029'",
    "`a\r\nb\rc\nd $ $a {b} \\$" + "{c} \\` '\"`",
    "'a\"`b'",
    '"a\'`b"',
    "''",
  ])("reads the string %j like JavaScript", (literal) => {
    const value: unknown = new Function(`return ${literal}`)();
    const read = readJsonRequest(`{method: "PUT", url: "http://a/", body: ${literal}}`);
    expect(read.body ?? new Uint8Array()).toEqual(octets(String(value)));
  });

  it.each([
    ...["-1.5e+10", ".25", "1.", "1E-5", "1e5", "0", "true", "false", "null", "undefined"],
    ...["[[], {}]", "/*/ a */ 1", "\n// a\n1"],
  ])("reads other members with any value: %j", (value) => {
    for (const name of ["$a1", "_b", "'c d'", '"e"']) {
      const literal = `// a\n{ ${name} : ${value} , method: 'GET', url: 'http://a/' } /* b */ // c`;
      expect(readJsonRequest(literal)).toMatchObject({ method: "GET", url: "http://a/" });
    }
  });

  it("reads a hundred levels", () => {
    const nested = `${"[".repeat(100)}${"]".repeat(100)}`;
    const { url } = readJsonRequest(`{"method": "GET", "url": "http://a/", "a": ${nested}}`);
    expect(url).toBe("http://a/");
  });

  it.each([
    ["{} /* a", 4],
    ["{} / a", 4],
    ["{a: '\\u{0000041}'}", 6],
    ["{a: '\\u004'}", 6],
    ["{a: '\\x4'}", 6],
    ["{a: '\\1'}", 6],
    ["{a: 'b\n'}", 5],
    ["{a: 'b\r'}", 5],
    ["{a: 'b\\", 5],
    ["{1a: 1}", 2],
    ["{a: truex}", 5],
    ["{a: -}", 5],
    ["{a: 1,, b: 2}", 7],
    ["[,]", 2],
  ])("rejects %j at column %i", (literal, column) => {
    expect(() => readJsonRequest(literal)).toThrow(
      expect.objectContaining({ code: "ERR_CAPTURED_LITERAL", line: 1, column }),
    );
  });

  it("never puts a value into a message", () => {
    for (const json of [
      '{"method": "GET", "url": "SECRET"}',
      '{"method": "SEC RET", "url": "http://a/"}',
      '{"method": SECRET}',
      '{"method": "GET", "url": "http://a/", "headers": {"A": "SECRET\\n1"}}',
    ]) {
      expect(() => readJsonRequest(json)).toThrow(/^(?!.*SEC)/);
    }
  });
});

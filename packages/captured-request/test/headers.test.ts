import { readCapturedRequest, readHeaders, readHttpMessage } from "@oauth1/captured-request";
import { describe, expect, it } from "vitest";

/** RFC 9113 §8.3.1 in the two layouts in which developer tools copy it. */
const FIELDS = [
  [":authority", "photos.example.net"],
  [":method", "POST"],
  [":path", "/photos?size=original"],
  [":scheme", "https"],
  ["authorization", 'OAuth oauth_nonce="a:b", oauth_signature="c%3D"'],
  ["content-type", "application/x-www-form-urlencoded"],
] as const;
const REQUEST = {
  method: "POST",
  url: "https://photos.example.net/photos?size=original",
  headers: FIELDS.slice(4),
  body: new TextEncoder().encode("title=a"),
};

describe("the fields of an HTTP/2 request", () => {
  it.each([
    ["in one line each", ": ", "\n"],
    ["in one line each, with CRLF", ": ", "\r\n"],
    ["with the value in the next line", "\n", "\n"],
    ["with a colon and the value in the next line", ":\n", "\n"],
    ["indented", ": ", "\n    "],
  ])("are read %s", (_, separator, lineEnd) => {
    const text = FIELDS.map((field) => field.join(separator)).join(lineEnd);
    const message = `${lineEnd}${text}\n\n${lineEnd.replace(/[\r\n]/g, "")}title=a\n`;
    expect(readCapturedRequest(message)).toEqual(REQUEST);
    expect(readHttpMessage(message)).toEqual(REQUEST);
    expect(readCapturedRequest(text)).toEqual({ ...REQUEST, body: null });
  });

  it.each([
    // Two spaces, no space, and a value that is missing at the end.
    [":method:  GET\n:path:  /a\nHost: a.example", "https://a.example/a", "a.example"],
    [":method:GET\n:path:/a\nHost:a.example", "https://a.example/a", "a.example"],
    [":authority\na.example\n:method\nGET\n:path\n/a\naccept", "https://a.example/a", ""],
    [
      ":method: GET\n:scheme: http\n:path: /a\n:authority: a.example\nHost: a.example",
      "http://a.example/a",
      "a.example",
    ],
  ])("are read from %j", (text, url, value) => {
    const read = readCapturedRequest(text);
    expect(read).toMatchObject({ method: "GET", url });
    expect(read.headers.map(([, one]) => one)).toEqual([value]);
  });

  it("take the scheme from the option if they have none", () => {
    const text = ":method: GET\n:path: /a\nhost: example.com";
    expect(readCapturedRequest(text).url).toBe("https://example.com/a");
    expect(readCapturedRequest(text, { scheme: "http" }).url).toBe("http://example.com/a");
  });

  it.each([
    [":method: GET\n:authority: a.example", "ERR_REQUEST_LINE", 1, 1],
    [":path: /a\n:authority: a.example", "ERR_REQUEST_LINE", 1, 1],
    [":method: GET\n:path: /a", "ERR_CAPTURED_HOST", 2, 1],
    [":method: GET\n:path: a\n:authority: a.example", "ERR_CAPTURED_URL", 2, 1],
    [":method: GET\n:path: /a\n:path: /b", "ERR_CAPTURED_HEADER_FIELD", 3, 1],
    [":method: GET\n:path: /a\n:status: 200", "ERR_CAPTURED_HEADER_FIELD", 3, 1],
    [":method: GET\n:path: /a\n:scheme: ftp", "ERR_CAPTURED_HEADER_FIELD", 3, 1],
    [":method: GET\n:path: /a\n:authority: a\nhost: b", "ERR_CAPTURED_HOST", 4, 1],
    [":method: G T\n:path: /a\n:authority: a", "ERR_CAPTURED_METHOD", 1, 1],
    [":method: GET\nx\n:path: /a", "ERR_CAPTURED_HEADER_FIELD", 2, 1],
    [":method: GET\n:path: /a\n:paths: /b", "ERR_CAPTURED_HEADER_FIELD", 3, 1],
    [":method: GET\n:path: /a\n:x:path: /b", "ERR_CAPTURED_HEADER_FIELD", 3, 1],
    [":method: GET\n:path: /a\n:scheme: xhttp", "ERR_CAPTURED_HEADER_FIELD", 3, 1],
    [":method: GET\n:path: /a\n:scheme: httpsx", "ERR_CAPTURED_HEADER_FIELD", 3, 1],
    [":method!:path: /a\nx", "ERR_CAPTURED_HEADER_FIELD", 1, 1],
    [":paths: /a\n:method: GET", "ERR_UNKNOWN_FORM", 1, 1],
    [":path-x: /a\n:method: GET", "ERR_UNKNOWN_FORM", 1, 1],
    ["a :method: GET\n:path: /a", "ERR_UNKNOWN_FORM", 1, 1],
  ])("are rejected: %j with %s at line %i, column %i", (text, code, line, column) => {
    expect(() => readCapturedRequest(text)).toThrow(
      expect.objectContaining({ code, line, column }),
    );
  });
});

describe("readHeaders", () => {
  it.each([
    'Authorization: OAuth realm="x", oauth_nonce="a"',
    '  Authorization: OAuth realm="x",\n    oauth_nonce="a"\n',
    'Authorization:OAuth realm="x",\r\n\toauth_nonce="a"\r\n\r\n',
    'OAuth realm="x", oauth_nonce="a"',
    '  OAuth realm="x",\n    oauth_nonce="a"',
  ])("reads %j", (text) => {
    expect(readHeaders(text)).toEqual([["Authorization", 'OAuth realm="x", oauth_nonce="a"']]);
  });

  it("reads a header that is named OAuth, and a scheme without parameters", () => {
    expect(readHeaders("OAuth: a")).toEqual([["OAuth", "a"]]);
    expect(readHeaders("OAuth\t\n")).toEqual([["Authorization", "OAuth"]]);
    expect(readHeaders("x!#$%&'*+.^`|~-1: a")).toEqual([["x!#$%&'*+.^`|~-1", "a"]]);
  });

  it("reads several headers in their order", () => {
    expect(readHeaders("Host: a.example\nX-A: b:c\n")).toEqual([
      ["Host", "a.example"],
      ["X-A", "b:c"],
    ]);
  });

  it("reads headers that are indented alike", () => {
    expect(readHeaders("  Host: a.example\n  X-A: b")).toEqual([
      ["Host", "a.example"],
      ["X-A", "b"],
    ]);
  });

  it.each([
    ["", "ERR_UNKNOWN_FORM", 1, 1],
    ["https://example.com/", "ERR_UNKNOWN_FORM", 1, 1],
    ["GET / HTTP/1.1", "ERR_UNKNOWN_FORM", 1, 1],
    ["a Host: a.example", "ERR_UNKNOWN_FORM", 1, 1],
    ["OAuth2 a", "ERR_UNKNOWN_FORM", 1, 1],
    ["Host : a.example", "ERR_UNKNOWN_FORM", 1, 1],
    ["Host: a.example\nX", "ERR_CAPTURED_HEADER_FIELD", 2, 1],
    ["Host: a.example\nOAuth a", "ERR_CAPTURED_HEADER_FIELD", 2, 1],
    ["Host: a.example\nX Y: b", "ERR_CAPTURED_HEADER_FIELD", 2, 1],
  ])("rejects %j with %s at line %i, column %i", (text, code, line, column) => {
    expect(() => readHeaders(text)).toThrow(expect.objectContaining({ code, line, column }));
  });
});

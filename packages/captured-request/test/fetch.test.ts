// Compares the reader with Node's fetch: each snippet runs, and the reader reads its text.
import { execFile } from "node:child_process";
import { readCapturedRequest, readFetchSnippet } from "@oauth1/captured-request";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Capture, comparable, startCapture } from "./capture.js";

let capture: Capture;
beforeAll(async () => {
  capture = await startCapture();
});
afterAll(() => capture.close());

/** `URL` is replaced by the server's origin. */
const snippets: [browser: string, snippet: string][] = [
  [
    "Chrome, “Copy as fetch”",
    `fetch("URL/api?page=2&q=%20", {
  "headers": {
    "accept": "application/json",
    "accept-language": "en-US,en;q=0.9",
    "authorization": "OAuth oauth_consumer_key=\\"a\\", oauth_signature=\\"b%3D\\"",
    "content-type": "application/json",
    "x-requested-with": "XMLHttpRequest"
  },
  "referrer": "http://example.com/",
  "referrerPolicy": "strict-origin-when-cross-origin",
  "body": "{\\"name\\":\\"\\u2603 é\\\\n\\"}",
  "method": "POST",
  "mode": "cors",
  "credentials": "include"
});`,
  ],
  [
    "Chrome, “Copy as fetch” without a body",
    `fetch("URL/a", {
  "headers": {
    "accept": "*/*"
  },
  "referrerPolicy": "strict-origin-when-cross-origin",
  "body": null,
  "method": "GET",
  "mode": "cors",
  "credentials": "omit"
}); ;`,
  ],
  [
    "Chrome, “Copy as fetch (Node.js)”",
    `fetch("URL/a", {
  "headers": {
    "accept": "*/*",
    "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
    "cookie": "session=abc; theme=dark",
    "Referer": "http://example.com/"
  },
  "body": "c2&a3=2+q",
  "method": "POST"
});`,
  ],
  [
    "Firefox, “Copy as Fetch”",
    `await fetch("URL/a?b=c", {
    "credentials": "include",
    "headers": {
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        "Accept": "*/*",
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"
    },
    "referrer": "http://example.com/",
    "body": "a=1&b=%26",
    "method": "PUT",
    "mode": "cors"
});`,
  ],
  ["by hand: only a URL", 'await fetch("URL")'],
  ["by hand: a URL that fetch normalizes", "const answer = await fetch('URL/a/../b c?é=☃|#x');"],
  [
    "by hand: a body without a type",
    'fetch("URL", { method: "post", body: "a" }).then((a) => a.text())',
  ],
  ["by hand: a method in lower case", 'globalThis.fetch("URL", { method: "purge" })'],
  [
    "by hand: all syntax of a literal",
    "fetch(`URL/a`, { method: 'delete', headers: [['X-A', ' 1 '], [\"X-a\", '\\x32'],], body: undefined, /* no body */ }, )",
  ],
  ["by hand: a body in several lines", "fetch('URL', { method: 'POST', body: `a\\`b\\\n$c\nd` })"],
];

const runSnippet = (code: string) =>
  new Promise<void>((resolve) => {
    execFile(process.execPath, ["--input-type=module", "--eval", code], () => resolve());
  });

describe("readFetchSnippet returns the request that fetch sends for", () => {
  for (const [browser, snippet] of snippets) {
    it(browser, async () => {
      const text = snippet.replaceAll("URL", capture.origin);
      const received = await capture.during(() => runSnippet(text));
      if (received === undefined) throw new Error("fetch sent nothing");
      const read = readCapturedRequest(text);
      expect(comparable(read, received)).toEqual(comparable(received, read));
      expect(readFetchSnippet(`  ${text}`)).toEqual(read);
    });
  }

  it("for any body and header", async () => {
    const text = fc.string({ unit: "binary", maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(text, fc.string({ unit: "grapheme-ascii" }), async (body, value) => {
        const init = { method: "POST", headers: { "X-A": value }, body };
        const snippet = `fetch(${JSON.stringify(`${capture.origin}/`)}, ${JSON.stringify(init, null, 2)});`;
        const received = await capture.during(() => fetch(`${capture.origin}/`, init));
        if (received === undefined) throw new Error("fetch sent nothing");
        const read = readFetchSnippet(snippet);
        expect(comparable(read, received)).toEqual(comparable(received, read));
      }),
      { numRuns: 100 },
    );
  });
});

describe("readFetchSnippet", () => {
  it.each([
    "fetch('http://a/')",
    " fetch ('http://a/' , )",
    "fetch('http://a/', null)",
    "fetch('http://a/', undefined, )",
    "fetch('http://a/', {}, ).then(prefetch(1), fetched)",
    "fetch('http://a/', { method: undefined, body: null, headers: null })",
    "window.fetch('http://a/')",
    "self.fetch('http://a/')",
    "void fetch('http://a/')",
    "return fetch('http://a/')",
    "let a = fetch('http://a/')",
    "const  a=await  fetch('http://a/')",
    "var $a = await globalThis.fetch('http://a/')",
  ])("reads %j", (snippet) => {
    const request = { method: "GET", url: "http://a/", headers: [], body: null };
    expect(readCapturedRequest(snippet)).toEqual(request);
  });

  // Fetch §2.2.1, "normalize".
  it.each([
    ["get", "GET"],
    ["delete", "DELETE"],
    ["head", "HEAD"],
    ["options", "OPTIONS"],
    ["post", "POST"],
    ["put", "PUT"],
    ["patch", "patch"],
    ["xget", "xget"],
    ["getx", "getx"],
  ])("sends the method %s as %s", (method, sent) => {
    expect(readFetchSnippet(`fetch("http://a/", { method: "${method}" })`).method).toBe(sent);
  });

  it("reads a body with a method that only contains GET", () => {
    for (const method of ["GETS", "XGET"]) {
      const { body } = readFetchSnippet(`fetch("http://a/", { method: "${method}", body: "a" })`);
      expect(body).toEqual(new TextEncoder().encode("a"));
    }
  });

  it("joins headers with one name", () => {
    const headers = `[["A", "1"], ["b", "2"], ["a", "3"]]`;
    expect(readFetchSnippet(`fetch("http://a/", { headers: ${headers} })`).headers).toEqual([
      ["a", "1, 3"],
      ["b", "2"],
    ]);
  });

  it.each([
    "prefetch('http://a/')",
    "a fetch('http://a/')",
    "a.fetch('http://a/')",
    "constfetch('http://a/')",
  ])("does not read %j", (snippet) => {
    expect(() => readFetchSnippet(snippet)).toThrow("the text must begin with a call of fetch");
  });

  it.each(["fetch ('http://b/')", "await fetch('http://b/')"])(
    "rejects another call: %j",
    (call) => {
      expect(() => readFetchSnippet(`fetch('http://a/');${call}`)).toThrow("several times");
    },
  );
});

describe("readFetchSnippet rejects", () => {
  it.each([
    ["fetch(url)", "ERR_CAPTURED_LITERAL", 1, 7],
    ['fetch("https://example.com/" + path)', "ERR_CAPTURED_LITERAL", 1, 30],
    ["fetch(`https://example.com/$" + "{path}`)", "ERR_CAPTURED_LITERAL", 1, 28],
    [
      'fetch("https://example.com/", {\n  body: JSON.stringify({}) })',
      "ERR_CAPTURED_LITERAL",
      2,
      9,
    ],
    [
      'fetch("https://example.com/", {})\nfetch("https://example.com/")',
      "ERR_SEVERAL_REQUESTS",
      2,
      1,
    ],
    ['fetch("/a")', "ERR_CAPTURED_URL", 1, 7],
    ['fetch("file:///a")', "ERR_CAPTURED_URL", 1, 7],
    ['fetch("https://user:SECRET@example.com/")', "ERR_CAPTURED_URL", 1, 7],
    ['fetch("https://example.com/", 1)', "ERR_CAPTURED_MEMBER", 1, 31],
    ['fetch("https://example.com/", { body: "a" })', "ERR_CAPTURED_BODY", 1, 39],
    ['fetch("https://example.com/", { method: "A B" })', "ERR_CAPTURED_METHOD", 1, 41],
    [
      'fetch("https://example.com/", { headers: { "A B": "" } })',
      "ERR_CAPTURED_HEADER_FIELD",
      1,
      51,
    ],
  ])("%j with %s at line %i, column %i", (snippet, code, line, column) => {
    expect(() => readCapturedRequest(snippet)).toThrow(
      expect.objectContaining({
        code,
        line,
        column,
        message: expect.not.stringContaining("SECRET"),
      }),
    );
  });
});

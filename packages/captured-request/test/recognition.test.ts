import {
  CapturedRequestError,
  readCapturedRequest,
  readCurlArguments,
} from "@oauth1/captured-request";
import { describe, expect, it } from "vitest";

describe("readCapturedRequest", () => {
  it.each([
    "https://example.com/a?b=%20c",
    "\n  https://example.com/a?b=%20c#fragment \n",
    "GET /a?b=%20c HTTP/1.1\nHost: example.com",
    "GET https://example.com/a?b=%20c HTTP/1.1",
    "* Trying\n> GET /a?b=%20c HTTP/1.1\n> Host: example.com\n>\n",
    "curl https://example.com/a?b=%20c",
    "curl \\\n https://example.com/a?b=%20c",
    "$ curl 'https://example.com/a?b=%20c'",
    "% curl 'https://example.com/a?b=%20c'",
    "jane@host:~/code$ curl 'https://example.com/a?b=%20c'",
    'C:\\>curl ^"https://example.com/a?b=^%20c^"',
    "PS C:\\Program Files> curl.exe 'https://example.com/a?b=%20c'",
    "[jane@host photos]$ curl 'https://example.com/a?b=%20c'",
    "/usr/bin/curl 'https://example.com/a?b=%20c'",
    "curl 'https://example.com/a?b=%20c' | jq .",
    'fetch("https://example.com/a?b=%20c")',
    'const answer = await fetch("https://example.com/a?b=%20c");',
    'Invoke-WebRequest -UseBasicParsing -Uri "https://example.com/a?b=%20c"',
    "irm https://example.com/a?b=%20c | Select-Object a",
    '{"method": "GET", "url": "https://example.com/a?b=%20c"}',
    '\n {"method": "GET", "url": "https://example.com/a?b=%20c"}',
    '{"request": {"method": "GET", "url": "https://example.com/a?b=%20c", "headers": []}}',
    "\ufeffGET https://example.com/a?b=%20c HTTP/1.1",
  ])("reads %j", (text) => {
    const { method, url, body } = readCapturedRequest(text);
    expect({ method, url, body }).toEqual({
      method: "GET",
      url: "https://example.com/a?b=%20c",
      body: null,
    });
    expect(readCapturedRequest(new TextEncoder().encode(text))).toEqual(readCapturedRequest(text));
  });

  it.each(["http://example.com/a", "HTTPS://example.com/a"])("reads the URL %s", (url) => {
    expect(readCapturedRequest(url)).toEqual({ method: "GET", url, headers: [], body: null });
  });

  it.each([
    ["", 1, 1],
    ["\n hello world, this is text", 2, 2],
    ["https://example.com/ https://example.org/", 1, 1],
    ["wget https://example.com/", 1, 1],
    ["http POST https://example.com/ a=b", 1, 1],
    ["open https://example.com/", 1, 1],
    ["open{https://example.com/", 1, 1],
    ["xhttps://example.com/", 1, 1],
  ])("rejects %j", (text, line, column) => {
    expect(() => readCapturedRequest(text)).toThrow(
      expect.objectContaining({ code: "ERR_UNKNOWN_FORM", line, column }),
    );
  });

  it.each([
    ['Authorization: OAuth oauth_nonce="a"', 1, 1],
    ['\n  authorization: oauth realm="x",\n    oauth_nonce="a"', 2, 3],
    ['OAuth realm="x", oauth_nonce="a"', 1, 1],
    ['Host: example.com\nAuthorization: OAuth oauth_nonce="a"', 1, 1],
  ])("reports the missing method and URL of %j", (text, line, column) => {
    expect(() => readCapturedRequest(text)).toThrow(
      expect.objectContaining({
        code: "ERR_REQUEST_LINE",
        line,
        column,
        message: expect.stringContaining("the method and the URL are missing: add a line"),
      }),
    );
  });

  it("rejects a value that is not a string or octets", () => {
    expect(() => readCapturedRequest(1 as unknown as string)).toThrow(CapturedRequestError);
  });

  it("puts line and column into the message", () => {
    expect(() => readCapturedRequest("GET /a HTTP/1.1\nHost: example.com\nAuthorization")).toThrow(
      /^line 3, column 1: a header must be /,
    );
  });
});

describe("readCurlArguments", () => {
  it("reads arguments that a shell split", () => {
    expect(readCurlArguments(["-d", "a b", "-XPUT", "http://example.com/"])).toMatchObject({
      method: "PUT",
      body: new TextEncoder().encode("a b"),
    });
  });

  it("reads files with the readFile function", () => {
    const readFile = (name: string) => new TextEncoder().encode(`${name}:\r\n\0é`);
    const read = (...words: string[]) => {
      const { headers, body } = readCurlArguments([...words, "http://example.com/"], { readFile });
      return { headers, body: body && new TextDecoder().decode(body) };
    };
    expect(read("-d", "@a", "--data-binary", "@b", "--data-urlencode", "x@c").body).toBe(
      "a:é&b:\r\n\0é&x=c%3A%0D%0A%00%C3%A9",
    );
    expect(read("--json", "@-").body).toBe("-:\r\n\0é");
    expect(read("-F", "a=@b/c.txt;type=text/x", "-F", "d=<e").body).toMatch(
      /name="a"; filename="c\.txt"\r\nContent-Type: text\/x\r\n\r\nb\/c\.txt:\r\n\0é\r\n[\s\S]*name="d"\r\n\r\ne:/,
    );
    expect(() => read("-H", "@a")).toThrow(
      expect.objectContaining({ code: "ERR_CAPTURED_HEADER_FIELD" }),
    );
    const octets = Uint8Array.of(0xff, 0x00, 0xe9);
    const options = { readFile: () => octets };
    const args = ["--data-binary", "@a", "http://example.com/"];
    expect(readCurlArguments(args, options).body).toEqual(octets);
  });

  it("throws errors without a position", () => {
    expect(() => readCurlArguments(["-d", "@file", "http://example.com/"])).toThrow(
      expect.objectContaining({ code: "ERR_CAPTURED_FILE", line: undefined, column: undefined }),
    );
  });
});

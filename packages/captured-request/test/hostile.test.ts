import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CapturedRequestError, readCapturedRequest } from "@oauth1/captured-request";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";

/** Pieces of requests, so that many random combinations are nearly well-formed. */
const piece = fc.oneof(
  { weight: 1, arbitrary: fc.string({ unit: "binary" }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("\ud800", "\udc80", "\0", "\r", "\u2028", "\u00a0", "é"),
  },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        "\n",
        "\r\n",
        "\n\n",
        " ",
        "\t",
        "'",
        '"',
        "`",
        "\\",
        "$'",
        "^",
        "\\\n",
        "^\n",
        "`\n",
        "{",
      ],
      ...[
        "}",
        "[",
        "]",
        "(",
        ")",
        ":",
        ",",
        "=",
        "&",
        "|",
        ";",
        "#",
        "%",
        "@",
        "a",
        "1",
        "-1",
        ">",
      ],
      ...[
        "POST /a HTTP/1.1",
        "Host: example.com",
        "Content-Length: 3",
        "Transfer-Encoding: chunked",
      ],
      ...[
        "Content-Type: application/x-www-form-urlencoded",
        "  folded",
        "a=b",
        "3\r\na=b\r\n0\r\n",
      ],
      ...["-X", "-H", "-d", "-F", "-G", "-I", "-u", "-b", "--json", "--url", "--request=PUT", "--"],
      ...["http://example.com/a?b=c", "https://[::1]/", "a=b;type=text/plain", "'A: b'", "\\u00e9"],
      ...['"method":', '"url":', '"headers":', '"body":', '"request":', '"log":', '"entries":'],
      ...[
        "-Uri ",
        "-Method ",
        "-Headers @{",
        "-Body ",
        "$session",
        ":authority: a",
        ":scheme: https",
      ],
      ...['"GET"', '"http://example.com/"', "null", "true", "1e9", "/*", "*/", "//", "fetch("],
    ),
  },
);
const text = fc
  .tuple(
    fc.constantFrom(
      "",
      "curl ",
      "curl.exe ",
      "PS > curl ",
      "fetch(",
      "Invoke-WebRequest ",
      "$session = ",
      ":method: GET\n:path: /a\n",
      "Authorization: OAuth ",
      "{",
      "[",
      "> GET / HTTP/1.1\n",
    ),
    fc.array(piece, { maxLength: 30 }),
  )
  .map(([start, pieces]) => start + pieces.join(""));

describe("any text", () => {
  it("is read, or rejected with a position in it", () => {
    let read = 0;
    fc.assert(
      fc.property(text, fc.boolean(), (text, areOctets) => {
        try {
          const { method, url, headers, body } = readCapturedRequest(
            areOctets ? new TextEncoder().encode(text) : text,
          );
          expect(method).toMatch(/^[!#$%&'*+.^`|~\w-]+$/);
          expect(url).toMatch(/^https?:\/\/[^/?#\s]+/i);
          for (const pair of headers) expect(pair.join()).not.toMatch(/[\0\r\n]|\p{Surrogate}/u);
          expect(body).not.toEqual(new Uint8Array());
          read++;
        } catch (error) {
          if (!(error instanceof CapturedRequestError)) throw error;
          const lines = text.split("\n");
          expect(lines[(error.line ?? 0) - 1]?.length).toBeGreaterThanOrEqual(
            (error.column ?? 0) - 1,
          );
        }
      }),
      { numRuns: 5000 },
    );
    expect(read).toBeGreaterThan(10);
  });

  it("of octets is read, or rejected", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (octets) => {
        const start = new TextEncoder().encode("POST http://example.com/ HTTP/1.1\n\n");
        const { body } = readCapturedRequest(new Uint8Array([...start, ...octets]));
        expect(body ?? new Uint8Array()).toEqual(octets);
      }),
    );
  });
});

// They are read in another process, because a regular expression that never ends cannot be stopped
// from within. A linear reader needs about a second.
describe("a text of 2,000,000 characters", () => {
  const times = 1_000_000;
  const head = "'POST /a HTTP/1.1\\nHost: example.com\\n'";
  it.each([
    ["spaces", `" ".repeat(${2 * times})`],
    ["line breaks", `"\\n".repeat(${2 * times})`],
    ["a long method", `"G".repeat(${2 * times}) + " /a HTTP/1.1"`],
    ["spaces in the request line", `"GET " + " ".repeat(${2 * times}) + "HTTP/1.1"`],
    ["versions in the request line", `"GET /a" + " HTTP/1.1".repeat(${times / 4}) + "x"`],
    ["folded lines", `${head} + "A: b" + "\\n c".repeat(${times})`],
    ["headers", `${head} + "A: b\\n".repeat(${times / 2})`],
    ["headers named Host", `"GET /a HTTP/1.1\\n" + "Host: b\\n".repeat(${times / 4})`],
    ["spaces after a header", `${head} + "A: b" + " ".repeat(${2 * times}) + "c"`],
    ["an indented body", `" GET /a HTTP/1.1\\n Host: a\\n\\n" + " a\\n".repeat(${times / 2})`],
    [
      "line breaks after a form",
      `${head} + "Content-Type: application/x-www-form-urlencoded\\n\\na" + "\\n".repeat(${2 * times})`,
    ],
    [
      "a body that is too short",
      `${head} + "Content-Length: 9999999\\n\\n" + "\\n".repeat(${2 * times})`,
    ],
    ["chunks", `${head} + "Transfer-Encoding: chunked\\n\\n" + "1\\na\\n".repeat(${times / 3})`],
    [
      "a long line instead of chunks",
      `${head} + "Transfer-Encoding: chunked\\n\\n" + "1".repeat(${2 * times}) + "\\n"`,
    ],
    [
      "octets that are not UTF-8",
      `Uint8Array.from(${head} + "\\n" + "x".repeat(${2 * times}), (c) => c === "x" ? 0xff : c.charCodeAt(0))`,
    ],
    [
      "lines of a trace",
      `"* a\\n".repeat(${times / 3}) + "> GET /a HTTP/1.1\\n" + "> A: b\\n".repeat(${times / 7})`,
    ],
    ["marks of a trace", `"> A ".repeat(${times / 2})`],
    ["prompts", `"$".repeat(${2 * times}) + "curl"`],
    ["slashes before curl", `"a/".repeat(${times}) + "curl"`],
    ["words", `"curl" + " a".repeat(${times})`],
    ["options", `"curl http://a/" + " -s".repeat(${times / 2})`],
    ["letters of one option", `"curl http://a/ -" + "s".repeat(${2 * times})`],
    ["pieces of data", `"curl http://a/" + " -d a".repeat(${times / 3})`],
    ["headers of curl", `"curl http://a/" + " -H A:b".repeat(${times / 4})`],
    ["parts of a form", `"curl http://a/" + " -F a=b".repeat(${times / 10})`],
    ["parameters of a part", `"curl http://a/ -F 'a=b" + ";c".repeat(${times}) + "'"`],
    ["a quoted part", `"curl http://a/ -F 'a=\\"" + "\\\\\\"".repeat(${times}) + "'"`],
    [
      "a boundary in a part",
      `"curl http://a/ -F 'a=" + "-".repeat(24) + "0".repeat(${times}) + "'"`,
    ],
    ["backslashes", `"curl http://a/ -d " + "\\\\".repeat(${2 * times})`],
    ["continuations", `"curl http://a/ " + "\\\\\\n".repeat(${times}) + "-d"`],
    ["quotes", `"curl http://a/ -d " + "'".repeat(${2 * times})`],
    ["escapes", `"curl http://a/ -d $'" + "\\\\xff".repeat(${times / 2}) + "'"`],
    ["braces", `"curl http://a/ -d " + "{".repeat(${2 * times})`],
    ["operators", `"curl http://a/ " + ";".repeat(${2 * times})`],
    ["line breaks after the command", `"curl http://a/" + "\\n".repeat(${2 * times}) + "x"`],
    ["redirections", `"curl http://a/ " + ">a ".repeat(${times / 2})`],
    ["comments", `"curl http://a/ " + "#".repeat(${2 * times})`],
    ["segments of a path", `"curl http://a" + "/..".repeat(${times / 2})`],
    ["brackets in a URL", `"curl 'http://a/" + "\\\\[".repeat(${times}) + "'"`],
    ["an authority", `"curl 'http://" + "@".repeat(${2 * times}) + "'"`],
    ["a scheme", `"curl " + "a".repeat(${2 * times}) + ":"`],
    ["carets", `"curl http://a/ ^\\n" + "^".repeat(${2 * times})`],
    [
      "backslashes for cmd.exe",
      `"curl http://a/ ^\\n -d \\"" + "\\\\".repeat(${2 * times}) + "\\""`,
    ],
    ["backticks", `"PS > curl http://a/ " + "\`".repeat(${2 * times})`],
    ["quotes for PowerShell", `"PS > curl http://a/ -d " + "'".repeat(${2 * times})`],
    ["parameters", `"irm http://a/" + " -Verbose".repeat(${times / 5})`],
    ["pairs of a table", `"irm http://a/ -Headers @{" + "a=b;".repeat(${times / 2})`],
    ["statements", `'$session.UserAgent = "a"\\n'.repeat(${times / 12})`],
    ["characters by number", `'irm "' + "$([char]65)".repeat(${times / 6})`],
    [
      "values of a cookie",
      `'$session.Cookies.Add((New-Object System.Net.Cookie("a"' + ',"b"'.repeat(${times / 3})`,
    ],
    ["fields of HTTP/2", `":method: GET\\n" + ":path: /\\n".repeat(${times / 5})`],
    ["headers without a request", `"a: b\\n".repeat(${times / 3})`],
    ["long numbers in escapes", `"curl http://a/ -d $'\\\\x{" + "0".repeat(${2 * times}) + "'"`],
    ["brackets", `"[".repeat(${2 * times})`],
    ["elements", `"[" + "1,".repeat(${times}) + "]"`],
    ["members", `"{" + "a:1,".repeat(${times / 2}) + "}"`],
    ["a string that does not end", `'{"a": "' + "\\\\n".repeat(${times})`],
    ["comments that do not end", `"{" + "/*".repeat(${times})`],
    ["comments that end", `"{" + "/**/".repeat(${times / 2})`],
    ["calls of fetch", `"fetch(".repeat(${times / 3})`],
    ["names of fetch", `'fetch("http://a/")' + "fetch ".repeat(${times / 3})`],
    ["a URL", `"http://" + "a".repeat(${2 * times}) + " "`],
  ])("is read or rejected quickly: %s", async (_, expression) => {
    reader ??= startReader();
    const late = setTimeout(() => reader?.child.kill("SIGKILL"), 60_000);
    try {
      reader.child.stdin.write(`${JSON.stringify(expression)}\n`);
      const { value } = await reader.answers.next();
      expect(value).toBe("read or rejected");
    } catch (error) {
      reader.child.kill("SIGKILL");
      reader = undefined;
      throw error;
    } finally {
      clearTimeout(late);
    }
  });
});

const READER = `import { createInterface } from "node:readline";
  import { CapturedRequestError, readCapturedRequest } from "@oauth1/captured-request";
  for await (const line of createInterface({ input: process.stdin })) {
    const text = new Function("return " + JSON.parse(line))();
    try {
      readCapturedRequest(text);
    } catch (error) {
      if (!(error instanceof CapturedRequestError)) throw error;
    }
    console.log("read or rejected");
  }`;

let reader: ReturnType<typeof startReader> | undefined;
afterAll(() => reader?.child.kill());

function startReader() {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", READER], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    stdio: ["pipe", "pipe", "inherit"],
  });
  return { child, answers: createInterface({ input: child.stdout })[Symbol.asyncIterator]() };
}

// cmd.exe and PowerShell do not run in these tests. Their behaviour is taken from Microsoft's
// documentation ("Parsing C command-line arguments", "about_Quoting_Rules") and from the
// commands that browsers write.
import { spawnSync } from "node:child_process";
import { readCapturedRequest, readCurlCommand, type Shell } from "@oauth1/captured-request";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMissing } from "./capture.js";

const body = (command: string, shell?: Shell) => {
  const { body } = readCurlCommand(command, { shell });
  return body && new TextDecoder().decode(body);
};

/** Chrome's function for "Copy as cURL (cmd)", written again from its documentation. */
function chromeForCmd(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, "^$&")
    .replace(/%(?=[a-zA-Z0-9_])/g, "%^")
    .replace(/\r?\n/g, "^\n\n");
  return `^"${escaped}^"`;
}

describe("a command for cmd.exe", () => {
  it("copied by Chrome is read as the request that Chrome sent", () => {
    const json = '{"a":"it\'s %41 & <b> | 100%_x ^ !","b":[1]}\nsecond line';
    const command = `curl ${chromeForCmd("https://example.com/a?b=%20c&d=e")} ^
  -X ${chromeForCmd("PUT")} ^
  -H ${chromeForCmd("content-type: application/json")} ^
  -H ${chromeForCmd('authorization: OAuth oauth_nonce="a", oauth_signature="b%3D"')} ^
  --data-raw ${chromeForCmd(json)}`;
    for (const text of [command, command.replaceAll("\n", "\r\n")]) {
      expect(readCapturedRequest(text)).toEqual({
        method: "PUT",
        url: "https://example.com/a?b=%20c&d=e",
        headers: [
          ["content-type", "application/json"],
          ["authorization", 'OAuth oauth_nonce="a", oauth_signature="b%3D"'],
        ],
        body: new TextEncoder().encode(json),
      });
    }
  });

  it("can be written by hand", () => {
    const command = `C:\\Users\\jane>curl.exe -H "X-A: it's" -d "{\\"a\\": 1}" "http://example.com/?a&b" ^\n -k`;
    expect(readCapturedRequest(command)).toMatchObject({
      url: "http://example.com/?a&b",
      headers: [
        ["Content-Type", "application/x-www-form-urlencoded"],
        ["X-A", "it's"],
      ],
    });
    expect(body(command)).toBe('{"a": 1}');
  });

  it.each([
    // From the table of "Parsing C command-line arguments".
    ['"a b c"', "a b c"],
    [String.raw`"ab\"c"`, 'ab"c'],
    [String.raw`"\\"`, "\\"],
    [String.raw`a\\\b`, "a\\\\\\b"],
    ['d"e f"g', "de fg"],
    [String.raw`a\\\"b`, 'a\\"b'],
    [String.raw`a\\\\"b c"`, "a\\\\b c"],
    ['"a""b"', 'a"b'],
    // Carets count outside of quotes.
    ["a^&b^^c", "a&b^c"],
    ['"a^&b"', "a^&b"],
    ["a%20%PATH%", "a%20%PATH%"],
  ])("passes the argument of %j to curl", (word, argument) => {
    expect(body(`curl -d ${word} http://a/`, "cmd")).toBe(argument);
  });
});

const asciiText = fc.string({
  unit: fc.constantFrom(
    ...Array.from("ab1 \t'\"\\$`!&|;<>@=%^[]{}()~#*?,-:/\n"),
    "%41",
    '\\"',
    '^"',
  ),
  maxLength: 20,
});

/**
 * What curl.exe gets from it: Chrome doubles every backslash, and the C library halves them only
 * before a quote.
 */
function passedByChrome(text: string): string {
  return text.replace(/\\+(?!["\\]|$)/g, "$&$&");
}

describe("a word for cmd.exe", () => {
  it("is what Chrome quoted", () => {
    fc.assert(
      fc.property(asciiText, asciiText, (value, other) => {
        const command = `curl ^"http://a/^" ^\n  --data-raw ${chromeForCmd(value)} ^\n  -H ${chromeForCmd(`X-A: (${other.replaceAll("\n", "")})`)}`;
        for (const text of [command, command.replaceAll("\n", "\r\n")]) {
          expect(body(text) ?? "").toBe(passedByChrome(value));
          expect(readCapturedRequest(text).headers.at(-1)?.[1]).toBe(
            passedByChrome(`(${other.replaceAll("\n", "")})`),
          );
        }
      }),
      { numRuns: 500 },
    );
  });

  const isWithoutPython = isMissing("python3");
  it.skipIf(isWithoutPython)("is what Python quotes for Windows, with carets for cmd.exe", () => {
    const program =
      "import json, subprocess, sys; print(json.dumps([subprocess.list2cmdline([word]) for word in json.load(sys.stdin)]))";
    // Only Chrome's notation preserves a line break in an argument.
    const words = fc.sample(
      asciiText.map((value) => value.replaceAll("\n", "")),
      500,
    );
    const input = JSON.stringify(words);
    const { stdout } = spawnSync("python3", ["-c", program], { input, encoding: "utf8" });
    for (const [index, quoted] of (JSON.parse(stdout) as string[]).entries()) {
      const escaped = quoted.replace(/["^&|<>()%!]/g, "^$&");
      expect(body(`curl http://a/ --data-raw ${escaped}`, "cmd") ?? "", escaped).toBe(words[index]);
    }
  });
});

describe("a command for PowerShell", () => {
  it("can have several lines", () => {
    const command = `PS C:\\Users\\jane> curl.exe -X POST 'https://example.com/a?b=c&d' \`
  -H "Authorization: OAuth oauth_nonce=\`"a\`"" \`
  -H 'X-A: it''s $5' \`
  --data-raw "a\`tb\`nc \`$d \`\`"`;
    for (const text of [command, command.replaceAll("\n", "\r\n")]) {
      expect(readCapturedRequest(text)).toEqual({
        method: "POST",
        url: "https://example.com/a?b=c&d",
        headers: [
          ["Content-Type", "application/x-www-form-urlencoded"],
          ["Authorization", 'OAuth oauth_nonce="a"'],
          ["X-A", "it's $5"],
        ],
        body: new TextEncoder().encode("a\tb\nc $d `"),
      });
    }
  });

  it("is detected by a quote after a backtick", () => {
    expect(body('curl.exe -d "a`"b" http://example.com/')).toBe('a"b');
  });

  it.each([
    [`'{"a": 1}'`, '{"a": 1}'],
    [String.raw`'{\"a\": 1}'`, '{"a": 1}'],
    [`"a""b"`, 'a"b'],
    ["“a””b”", "a”b"],
    ["a`&b`u{263a}", "a&b☺"],
    [`"$([char]233)$([CHAR]55357)$([char]56832)$([char]56448)"`, "é😀\ufffd"],
    [`a"b c"d`, "ab cd"],
    [`"$ $% 5$"`, "$ $% 5$"],
    ["a=b:c/d%20~!^*?[x]#", "a=b:c/d%20~!^*?[x]#"],
  ])("passes the argument of %j to curl", (word, argument) => {
    expect(body(`curl.exe -d ${word} http://a/ # comment`, "powershell")).toBe(argument);
  });
});

describe("a command that is invalid for the shell", () => {
  it.each<[string, Shell, number]>([
    ['curl -d "a http://a/', "cmd", 9],
    ["curl http://a/?b&c", "cmd", 17],
    ["curl -d 'a http://a/", "powershell", 9],
    ['curl -d "$name" http://a/', "powershell", 10],
    ['curl -d "$(b)" http://a/', "powershell", 10],
    ["curl -d @file http://a/", "powershell", 9],
    ["curl -d {a} http://a/", "powershell", 9],
    ["curl -d a,b http://a/", "powershell", 10],
    ["curl http://a/?b&c", "powershell", 17],
    ["curl -d a`0b http://a/", "powershell", 10],
  ])("is rejected: %j by %s at column %i", (command, shell, column) => {
    expect(() => readCurlCommand(command, { shell })).toThrow(
      expect.objectContaining({ code: "ERR_SHELL_SYNTAX", line: 1, column }),
    );
  });
});

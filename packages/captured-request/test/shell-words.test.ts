// The arguments that cmd.exe and PowerShell pass to curl. Neither runs in these tests. Their behaviour
// is taken from Microsoft's documentation: "Command shell overview", "Using command redirection
// operators", "Parsing C command-line arguments", "about_Parsing", "about_Special_Characters".
// bash.test.ts compares POSIX commands with bash.
import { readCurlArguments, readCurlCommand, type Shell } from "@oauth1/captured-request";
import { describe, expect, it } from "vitest";
import { messageOf } from "./message-of.js";

const OPERATOR = "the shell ends the command here: quote the argument";
const UNCLOSED = "the quoted text that begins here does not end: add the missing quote";
const ESCAPE = "the escape is malformed or means NUL: remove it";

describe("the arguments that a shell passes to curl", () => {
  it.each<[Shell, string, string[]]>([
    // A line ends at its line break, and continues after a caret.
    ["cmd", "curl http://a/ -d b\necho c", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b\r\necho c", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b ^\n -d c", ["http://a/", "-d", "b", "-d", "c"]],
    ["cmd", "curl http://a/ -d b^\r\nc", ["http://a/", "-d", "bc"]],
    ["cmd", "curl http://a/ -d b ^\n", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b ^", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b^\n\nc", ["http://a/", "-d", "b\nc"]],
    ["cmd", "curl http://a/ -d b^\r\n\r\nc", ["http://a/", "-d", "b\nc"]],
    ["cmd", "curl http://a/ -d ^\n&c", ["http://a/", "-d", "&c"]],
    // Another command follows.
    ["cmd", "curl http://a/ -d b & echo c", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b& echo c", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b &echo c", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b&& echo c", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b|| echo c", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b | findstr c", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b&", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b&\n", ["http://a/", "-d", "b"]],
    // A redirection is not an argument, but arguments can follow it.
    ["cmd", "curl http://a/ > out -d b", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ >out -d b", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ >>out -d b", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/> out -d b", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ < in -d b", ["http://a/", "-d", "b"]],
    ["cmd", 'curl http://a/ > "out & c" -d b', ["http://a/", "-d", "b"]],
    ["cmd", 'curl http://a/ >\tC:\\"my files"\\out -d b', ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ 2>NUL -d b", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ 2>> NUL -d b", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ >out 2>&1 -d b", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ 2>&1-d b", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ >out<in -d b", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b >out&echo c", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b >out|findstr c", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b >", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b >\nout", ["http://a/", "-d", "b"]],
    ["cmd", "curl http://a/ -d b2> out", ["http://a/", "-d", "b2"]],
    ["cmd", "curl http://a/ -d 2 > out", ["http://a/", "-d", "2"]],
    ["cmd", "curl http://a/ -d ^2> out", ["http://a/", "-d", "2"]],
    ["cmd", "curl http://a/ -d ^>out", ["http://a/", "-d", ">out"]],
    ["cmd", 'curl http://a/ -d " 2>out"', ["http://a/", "-d", " 2>out"]],
    // Only a quote, a blank and backslashes before a quote are special.
    ["cmd", 'curl http://a/ -d\t"" -d "b\tc"\t', ["http://a/", "-d", "", "-d", "b\tc"]],
    ["cmd", String.raw`curl http://a/ -d b\ -d c`, ["http://a/", "-d", "b\\", "-d", "c"]],
    ["cmd", String.raw`curl http://a/ -d b\\`, ["http://a/", "-d", String.raw`b\\`]],

    // The next line is missing.
    ["posix", "curl http://a/ -d b \\", ["http://a/", "-d", "b"]],
    ["posix", "curl http://a/ -d b\\", ["http://a/", "-d", "b"]],
    ["posix", "curl http://a/ -d b \\\r\n", ["http://a/", "-d", "b"]],

    ["powershell", "curl.exe http://a/ `\n`\r\n -d b", ["http://a/", "-d", "b"]],
    ["powershell", "curl.exe`\n http://a/ -d b", ["http://a/", "-d", "b"]],
    ["powershell", "curl.exe http://a/ -d b; echo c", ["http://a/", "-d", "b"]],
    ["powershell", "curl.exe http://a/ -d b | echo", ["http://a/", "-d", "b"]],
    ["powershell", "curl.exe http://a/ -d b & echo", ["http://a/", "-d", "b"]],
    ["powershell", "curl.exe http://a/ -d b\necho c", ["http://a/", "-d", "b"]],
    ["powershell", "curl.exe http://a/ -d b\r\necho c", ["http://a/", "-d", "b"]],
    [
      "powershell",
      'curl.exe http://a/ -d "`a|`b|`e|`f|`n|`r|`t|`v|`c"',
      ["http://a/", "-d", "\x07|\b|\x1b|\f|\n|\r|\t|\v|c"],
    ],
    ["powershell", 'curl.exe http://a/ -d "b`\nc`\r\nd"', ["http://a/", "-d", "b\nc\r\nd"]],
    [
      "powershell",
      'curl.exe http://a/ -d "`u{1}`u{10FFFF}`u{00e9}"',
      ["http://a/", "-d", "\x01\u{10ffff}é"],
    ],
    // Quotes with a backslash are for Windows PowerShell, but only if all have one.
    ["powershell", `curl.exe http://a/ -d '\\"b\\"'`, ["http://a/", "-d", '"b"']],
    ["powershell", `curl.exe http://a/ -d '"b\\"'`, ["http://a/", "-d", '"b\\"']],
    ["powershell", `curl.exe http://a/ -d '\\"b"'`, ["http://a/", "-d", '\\"b"']],
  ])("%s: %j", (shell, command, words) => {
    expect(readCurlCommand(command, { shell })).toEqual(readCurlArguments(words));
  });

  it.each<[Shell, string, string]>([
    ["cmd", "curl http://a/?b&c=d", `line 1, column 17: ${OPERATOR}`],
    ["cmd", "curl http://a/?b^&c&d", `line 1, column 20: ${OPERATOR}`],
    ["cmd", 'curl "http://a/"&c', `line 1, column 17: ${OPERATOR}`],
    // cmd.exe escapes the first character of the next line.
    ["cmd", "curl http://a/ ^\n>out -d b&c", `line 2, column 10: ${OPERATOR}`],
    ["cmd", "curl http://a/ -d b2>out", `line 1, column 21: ${OPERATOR}`],
    ["cmd", "curl http://a/ -d ^2>out", `line 1, column 21: ${OPERATOR}`],
    ["cmd", 'curl http://a/ ^\n -d b"c d', `line 2, column 6: ${UNCLOSED}`],
    ["cmd", 'curl http://a/ > out -d "b\nc"', `line 1, column 25: ${UNCLOSED}`],
    ["posix", 'curl http://a/ -d "b\\', `line 1, column 19: ${UNCLOSED}`],
    ["posix", "curl http://a/ -d b'c", `line 1, column 20: ${UNCLOSED}`],
    ["posix", "curl http://a/ > (b)", `line 1, column 18: ${OPERATOR}`],
    ["posix", "curl http://a/ -d b;c", `line 1, column 20: ${OPERATOR}`],
    ["posix", "curl http://a/ -d b&;c", `line 1, column 20: ${OPERATOR}`],
    [
      "posix",
      "curl http://a/ -d }{b,c}",
      "line 1, column 19: bash would expand the braces to several arguments: quote the argument",
    ],
    [
      "posix",
      "curl http://a/ -d $'\\c\u0080'",
      "line 1, column 21: the escape is not a character: write the character itself",
    ],
    [
      "posix",
      "curl http://a/ -d $'\\x{}'",
      "line 1, column 21: an argument cannot contain NUL: remove the escape",
    ],
    ["powershell", 'curl.exe http://a/ -d "`0"', `line 1, column 24: ${ESCAPE}`],
    ["powershell", 'curl.exe http://a/ -d "`u{0}"', `line 1, column 24: ${ESCAPE}`],
    ["powershell", 'curl.exe http://a/ -d "`u{110000}"', `line 1, column 24: ${ESCAPE}`],
    ["powershell", "curl.exe http://a/ -d b`", `line 1, column 24: ${ESCAPE}`],
  ])("%s rejects %j", (shell, command, message) => {
    expect(messageOf(() => readCurlCommand(command, { shell }))).toBe(
      `ERR_SHELL_SYNTAX ${message}`,
    );
  });
});

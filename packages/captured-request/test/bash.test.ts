// Compares the words of a command with bash: `printf %q` quotes them, and bash prints what it passes on.
import { spawnSync } from "node:child_process";
import { CapturedRequestError, readCurlArguments, readCurlCommand } from "@oauth1/captured-request";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMissing } from "./capture.js";

const isWithoutBash = isMissing("bash");

function bash(script: string, words: readonly string[], locale = "C.UTF-8"): Buffer {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", script, "bash", ...words], {
    env: { LC_ALL: locale },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(stderr.toString());
  return stdout;
}

/** The octets that the reader returns for a word. */
function argument(word: string): Buffer {
  const { body } = readCurlCommand(`curl http://a/ --data-raw ${word}`, { shell: "posix" });
  return Buffer.from(body ?? []);
}

const text = fc
  .string({
    unit: fc.oneof(
      {
        weight: 3,
        arbitrary: fc.constantFrom(
          ...Array.from("a1 '\"\\$`!&|;<>@=%é☃\n\t\r{}[]~#*?,^-:()\x01\x1b\x7f😀"),
        ),
      },
      { weight: 1, arbitrary: fc.string({ unit: "binary", minLength: 1, maxLength: 1 }) },
    ),
    maxLength: 15,
  })
  .map((value) => value.replaceAll("\0", ""));

describe.skipIf(isWithoutBash)("a word for bash", () => {
  it.each(["C.UTF-8", "C"])(
    "is what bash's printf quoted, in the locale %s",
    { timeout: 300_000 },
    (locale) => {
      fc.assert(
        fc.property(fc.array(text, { minLength: 40, maxLength: 40 }), (values) => {
          const quoted = bash("printf '%q\\0' \"$@\"", values, locale).toString("utf8").split("\0");
          values.forEach((value, index) => {
            expect(argument(quoted[index] ?? "").toString("utf8"), quoted[index]).toBe(value);
          });
        }),
        { numRuns: 20 },
      );
    },
  );

  it("has the octets that bash passes to the command for any $'…'", () => {
    const piece = fc.constantFrom(
      ...Array.from("abcdefnrtvxuUEe0123789?\"\\'{}AFgé☃ `$").map((character) => `\\${character}`),
      ...[
        "0",
        "1",
        "7",
        "8",
        "a",
        "F",
        "g",
        "{",
        "}",
        "é",
        "?",
        "@",
        "\n",
        " ",
        "41",
        "ff",
        "d83d",
      ],
      ..."\\x{ \\x{4 \\x41 \\u00e9 \\u2603 \\ud83d \\U0001f600 \\U10ffff \\cA \\c[ \\c\\\\ \\c? \\377".split(
        " ",
      ),
    );
    const quoted = fc.array(piece, { maxLength: 8 }).map((pieces) => `$'${pieces.join("")}'`);
    let read = 0;
    fc.assert(
      fc.property(fc.array(quoted, { minLength: 60, maxLength: 60 }), (words) => {
        const passed = bash(`printf '%s\\0' ${words.join(" ")}`, [])
          .toString("latin1")
          .split("\0");
        words.forEach((word, index) => {
          try {
            expect(argument(word).toString("latin1"), word).toBe(passed[index]);
            read++;
          } catch (error) {
            // NUL, a number beyond Unicode, and an octet of a character.
            if (!(error instanceof CapturedRequestError)) throw error;
            expect(error.code).toBe("ERR_SHELL_SYNTAX");
            expect(word, error.message).toMatch(/\\(?:[0-7]|x|u0|U|c)/);
          }
        });
      }),
      { numRuns: 30 },
    );
    expect(read).toBeGreaterThan(500);
  });

  it.each(["$'\\ud800'", "$'\\udfff'", "$'\\U10ffff'", "$'\\ue000'"])(
    "has the octets that bash passes for %s",
    (word) => {
      expect(argument(word)).toEqual(bash(`printf %s ${word}`, []));
    },
  );

  it("is read with every other kind of quotes", () => {
    const quoted = (value: string) =>
      fc.constantFrom(
        `'${value.replaceAll("'", "'\\''")}'`,
        `"${value.replace(/["\\$`]/g, "\\$&")}"`,
        `$"${value.replace(/["\\$`]/g, "\\$&")}"`,
        value === "" ? "''" : value.replace(/[^\w\n]/gu, "\\$&").replaceAll("\n", "'\n'"),
      );
    const word = fc
      .array(text.chain(quoted), { minLength: 1, maxLength: 3 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(word, { minLength: 40, maxLength: 40 }), (words) => {
        const passed = bash(`printf '%s\\0' ${words.join(" ")}`, [])
          .toString("utf8")
          .split("\0");
        words.forEach((quotedWord, index) => {
          expect(argument(quotedWord).toString("utf8"), quotedWord).toBe(passed[index]);
        });
      }),
      { numRuns: 20 },
    );
  });
});

describe.skipIf(isWithoutBash)("a command for bash", () => {
  it.each([
    "curl http://a/ -d b",
    // A line continues after a backslash.
    "curl\\\n http://a/ -d b",
    "curl http://a/ \\\n\\\n -d b",
    "curl http://a/ -d b\\\nc",
    'curl http://a/ -d "b\\\nc"',
    "curl http://a/ -d \\😀",
    // A redirection is not an argument.
    "curl http://a/ > /dev/null -d b",
    "curl http://a/ >/dev/null -d b",
    "curl http://a/ > \\\n /dev/null -d b",
    "curl http://a/ >>/dev/null -d b",
    "curl http://a/ >|/dev/null -d b",
    "curl http://a/ <>/dev/null -d b",
    "curl http://a/ </dev/null -d b",
    "curl http://a/ &>/dev/null -d b",
    "curl http://a/ &>>/dev/null -d b",
    "curl http://a/ 2>&1 -d b",
    "curl http://a/ 2>/dev/null -d b",
    "curl http://a/ 12>/dev/null -d b",
    "curl http://a/ -d b>/dev/null",
    "curl http://a/ -d b&>/dev/null",
    "curl http://a/ -d b2>/dev/null",
    "curl http://a/ -d 2b>/dev/null",
    "curl http://a/ -d 2 >/dev/null",
    "curl http://a/ -d '2'>/dev/null",
    "curl http://a/ -d \\2>/dev/null",
    // A comment, and other commands.
    "curl http://a/ -d b # c",
    "curl http://a/ -d b#c \\\n#d",
    "curl http://a/ -d b; true",
    "curl http://a/ -d b;",
    "curl http://a/ -d b&",
    "curl http://a/ -d b& true",
    "curl http://a/ -d b&& true",
    "curl http://a/ -d b || true",
    "curl http://a/ -d b|cat",
    "curl http://a/ -d b\ntrue",
    // Braces without a list.
    "curl http://a/ -d {b}c,d",
    "curl http://a/ -d b,c}",
    // Escapes.
    "curl http://a/ -d $'\\x{41}\\x{141}\\x{e2}\\x{98}\\x{83}\\U10ffff'",
  ])("passes the arguments that are read: %j", (command) => {
    const definition = `exec 3>&1; curl() { printf '%s\\0' "$@" >&3; }`;
    const passed = bash(`${definition}\n${command}\nwait`, []).toString("utf8").split("\0");
    expect(readCurlCommand(command, { shell: "posix" })).toEqual(
      readCurlArguments(passed.slice(0, -1)),
    );
  });
});

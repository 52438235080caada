import type { CapturedRequest, CapturedRequestOptions, Shell } from "../captured-request.js";
import { converted, Fault, reading } from "../reading.js";
import { cmdWords } from "../shell/cmd-words.js";
import { posixWords } from "../shell/posix-words.js";
import { powershellWords } from "../shell/powershell-words.js";
import type { Command } from "../shell/word.js";
import { curlRequest } from "./curl-request.js";
import type { FileReader } from "./file-reader.js";

/**
 * Reads a curl command, and returns the request that curl sends for it. The command is written for
 * a POSIX shell, cmd.exe or PowerShell, as browsers, Postman and the docs of services write it.
 *
 * @param text - The command, with or without a prompt. Text after a pipe is ignored.
 * @throws {@link CapturedRequestError} with line and column.
 *
 * @example
 * ```ts
 * readCurlCommand("curl -d 'title=Ladies+%2B+Gentlemen' https://photos.example.net/");
 * // {
 * //   method: "POST",
 * //   url: "https://photos.example.net/",
 * //   headers: [["Content-Type", "application/x-www-form-urlencoded"]],
 * //   body: new TextEncoder().encode("title=Ladies+%2B+Gentlemen"),
 * // }
 * ```
 */
export function readCurlCommand(
  text: string | Uint8Array,
  options: Pick<CapturedRequestOptions, "shell"> = {},
): CapturedRequest {
  return reading(text, (command) => curlCommand(command, options.shell));
}

/** Options for reading the arguments of curl. */
export interface CurlArgumentsOptions {
  /** Reads the files that arguments name, such as `-d @file`. By default they are an error. */
  readonly readFile?: ((name: string) => Uint8Array) | undefined;
}

/**
 * Reads the arguments of curl, already split by a shell, and returns the request that curl sends
 * for them.
 *
 * @param words - The arguments, without `curl` itself.
 * @throws {@link CapturedRequestError} without a position, and the errors of `readFile`.
 *
 * @example
 * ```ts
 * readCurlArguments(["-X", "DELETE", "http://photos.example.net/photos/1"]).method; // "DELETE"
 * ```
 */
export function readCurlArguments(
  words: readonly string[],
  { readFile }: CurlArgumentsOptions = {},
): CapturedRequest {
  return converted(() =>
    curlRequest(
      words.map((text) => ({ text, index: undefined })),
      readFile ?? withoutFiles,
    ),
  );
}

/** Returns true if a text begins with a curl command. */
export function isCurlCommand(text: string): boolean {
  return COMMAND.test(text);
}

export function curlCommand(text: string, shell: Shell | undefined): CapturedRequest {
  const [before] = COMMAND.exec(text) ?? [];
  if (before === undefined) {
    throw new Fault("ERR_UNKNOWN_FORM", "the text must begin with curl", 0);
  }
  const { words, end } = split(text, before, shell);
  requireOneCommand(text, end);
  return curlRequest(words, withoutFiles);
}

/** The words after `curl`, by the rules of the given shell or else of a detected one. */
function split(text: string, before: string, shell: Shell | undefined): Command {
  const start = before.length;
  if (shell !== undefined) return WORDS[shell](text, start);
  if (/^\s*PS /.test(before)) return powershellWords(text, start);
  // Chrome escapes the first quote.
  if (/^[^'"]*[ \t]\^"/.test(text)) return cmdWords(text, start);
  try {
    const command = posixWords(text, start);
    const isContinued = text[command.end] === "\n" && command.words.at(-1)?.text === "^";
    return isContinued ? cmdWords(text, start) : command;
  } catch (error) {
    // A POSIX shell would run the text between backticks.
    if (/[^\\]`(?:"|\r?\n)/.test(text)) return powershellWords(text, start);
    if (/\^\r?\n/.test(text)) return cmdWords(text, start);
    throw error;
  }
}

const WORDS = { posix: posixWords, cmd: cmdWords, powershell: powershellWords };

/** `curl` with an optional path, after an optional prompt that ends with one of four characters. */
const COMMAND =
  /^\s*(?:(?:PS [^'"<>\n]*|\[[^'"<>\]\n]*\]|[^\s'"<>]*)[$#%>][ \t]*)?(?:[\w./\\:-]*[/\\])?curl(?:\.exe)?(?=[\s^`\\]|$)/i;

/** Another command can follow this one, or more of it after a line break. */
function requireOneCommand(text: string, end: number): void {
  const rest = text.slice(end);
  const other = rest.search(/[;&|\n][ \t]*curl\s/);
  if (other >= 0) {
    const reason = "the text has several curl commands: keep one of them";
    throw new Fault("ERR_SEVERAL_REQUESTS", reason, end + rest.indexOf("curl", other));
  }
  const [space] = /^\s+(?=--?\w|["']?https?:)/.exec(rest) ?? [];
  if (space !== undefined) {
    const reason = "the command ends at the line break before this: end that line with a backslash";
    throw new Fault("ERR_SHELL_SYNTAX", reason, end + space.length);
  }
}

const withoutFiles: FileReader = (_, word) => {
  const reason = "the option names a file, which is not read: write its text in the command";
  throw new Fault("ERR_CAPTURED_FILE", reason, word.index);
};

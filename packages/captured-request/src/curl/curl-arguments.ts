import { percentEncodeOctets } from "@oauth1/percent-encoding";
import { Fault } from "../reading.js";
import type { Word } from "../shell/word.js";
import { octetsOf, sourceText } from "../source-text.js";
import { type CurlOption, longOption, negatedOption, shortOption, UNREAD } from "./curl-options.js";
import type { FileReader } from "./file-reader.js";
import { type FormPart, formPart, plainPart } from "./form-parts.js";

/** The content of curl's arguments. */
export interface CurlArguments {
  readonly urls: readonly Word[];
  readonly headers: readonly Word[];
  /** The pieces of the body. An `isJson` piece follows the one before it without `&`. */
  readonly data: readonly { readonly text: string; readonly isJson: boolean }[];
  readonly queries: readonly string[];
  readonly parts: readonly FormPart[];
  /** The last option that adds data or a part of a form. */
  readonly lastContent: Word | undefined;
  readonly cookies: readonly Word[];
  /** The last value of each other option, by its long name. */
  readonly values: ReadonlyMap<string, Word>;
  /** The options without a value, with the position of each. */
  readonly flags: ReadonlyMap<string, Word>;
}

/** Parses the arguments of curl, without the word `curl` itself. */
export function curlArguments(words: readonly Word[], readFile: FileReader): CurlArguments {
  const urls: Word[] = [];
  const headers: Word[] = [];
  const data: { text: string; isJson: boolean }[] = [];
  const queries: string[] = [];
  const parts: FormPart[] = [];
  const cookies: Word[] = [];
  const values = new Map<string, Word>();
  const flags = new Map<string, Word>();
  let lastContent: Word | undefined;
  const addData = (text: string, isJson = false) => data.push({ text, isJson });

  for (const { name, word, value } of options(words)) {
    if (UNREAD.has(name)) {
      const problem = "cannot be read: paste the request as curl --verbose shows it";
      throw fault(word, problem, `--${name}`);
    }
    if (CONTENT.has(name)) lastContent = word;
    if (value === undefined) flags.set(name, word);
    else if (name === "url") urls.push(value);
    else if (name === "header") for (const line of headerWords(value, readFile)) headers.push(line);
    else if (name === "data" || name === "data-ascii") addData(fileOrText(value, readFile, true));
    else if (name === "data-binary") addData(fileOrText(value, readFile, false));
    else if (name === "data-raw") addData(value.text);
    else if (name === "data-urlencode") addData(urlEncoded(value, readFile));
    else if (name === "json") addData(fileOrText(value, readFile, false), true);
    else if (name === "url-query") queries.push(queryPiece(value, readFile));
    else if (name === "form") parts.push(formPart(value, readFile));
    else if (name === "form-string") parts.push(plainPart(value));
    else if (name === "cookie") cookies.push(cookie(value));
    else values.set(name, value);
  }
  return { urls, headers, data, queries, parts, lastContent, cookies, values, flags };
}

const CONTENT: ReadonlySet<string> = new Set([
  "data",
  "data-ascii",
  "data-binary",
  "data-raw",
  "data-urlencode",
  "json",
  "form",
  "form-string",
]);

/** An option with or without its value. An argument without an option is a `url`. */
interface Given {
  /** The long name, without hyphens. */
  readonly name: string;
  /** The option as written in the text. */
  readonly word: Word;
  readonly value?: Word | undefined;
}

function* options(words: readonly Word[]): Iterable<Given> {
  let areOptions = true;
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as Word;
    if (!areOptions || !/^-./s.test(word.text)) {
      yield { name: "url", word, value: word };
    } else if (word.text === "--") {
      areOptions = false;
    } else if (word.text.startsWith("--")) {
      const [shown, attached] = splitAtEquals(word);
      const longName = shown.slice("--".length);
      const option = longOption(longName) ?? negatedOption(longName);
      const { name, takesValue } = known(option, word, shown);
      if (takesValue) {
        yield { name, word, value: required(attached ?? words[++at], word, shown) };
      } else {
        if (attached !== undefined) throw fault(word, "must not have a value", shown);
        yield { name, word };
      }
    } else {
      // Letters without values can be combined, and the last can have its value attached: -sSXPUT.
      for (let index = 1; index < word.text.length; index++) {
        const shown = `-${word.text.charAt(index)}`;
        const { name, takesValue } = known(shortOption(shown.charAt(1)), word, shown);
        if (!takesValue) {
          yield { name, word };
          continue;
        }
        const rest = word.text.slice(index + 1);
        const value = rest === "" ? words[++at] : { text: rest, index: word.index };
        yield { name, word, value: required(value, word, shown) };
        break;
      }
    }
  }
}

/** `--name=value`, which curl accepts since 8.16. */
function splitAtEquals({ text, index }: Word): [shown: string, attached?: Word] {
  const equals = text.indexOf("=");
  if (equals < 0) return [text];
  return [text.slice(0, equals), { text: text.slice(equals + 1), index }];
}

function known(option: CurlOption | undefined, word: Word, shown: string): CurlOption {
  if (option === undefined)
    throw fault(word, "is unknown: remove it if it does not change the request", shown);
  return option;
}

function required(value: Word | undefined, word: Word, shown: string): Word {
  if (value === undefined) throw fault(word, "must have a value", shown);
  return value;
}

/**
 * The error of an option. Its message contains the option unless the text could be something
 * else.
 */
function fault(word: Word, problem: string, shown: string): Fault {
  const name = /^--?[\w.#:-]{1,40}$/.test(shown) ? shown : "this option";
  return new Fault("ERR_CURL_OPTION", `${name} ${problem}`, word.index);
}

/** The value of an option that reads a file if the value begins with `@`. */
function fileOrText(value: Word, readFile: FileReader, isText: boolean): string {
  if (!value.text.startsWith("@")) return value.text;
  const text = sourceText(readFile(value.text.slice(1), value));
  return isText ? text.replace(/[\r\n\0]/g, "") : text;
}

function headerWords(value: Word, readFile: FileReader): Word[] {
  if (!value.text.startsWith("@")) return [value];
  return fileOrText(value, readFile, false)
    .split(/[\r\n]/)
    .filter((line) => line !== "")
    .map((text) => ({ text, index: value.index }));
}

/** `content`, `=content`, `name=content`, `@file` or `name@file`. A space becomes a plus. */
function urlEncoded(value: Word, readFile: FileReader): string {
  const { text } = value;
  const mark = text.includes("=") ? text.indexOf("=") : text.indexOf("@");
  const content = text.slice(mark + 1);
  const octets = text.charAt(mark) === "@" ? readFile(content, value) : octetsOf(content);
  const encoded = percentEncodeOctets(octets).replaceAll("%20", "+");
  return mark > 0 ? `${text.slice(0, mark)}=${encoded}` : encoded;
}

/** `--url-query`: the same, or unchanged text after a plus. */
function queryPiece(value: Word, readFile: FileReader): string {
  return value.text.startsWith("+") ? value.text.slice(1) : urlEncoded(value, readFile);
}

function cookie(value: Word): Word {
  if (value.text.includes("=")) return value;
  const reason = "--cookie names a file: write the cookies as name=value";
  throw new Fault("ERR_CAPTURED_FILE", reason, value.index);
}

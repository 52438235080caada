import { parse } from "shell-quote";
import type { RequestText } from "./read-request.js";
import { RequestTextError } from "./request-text-error.js";

/** What curl's options do to the request. Those that change nothing of it are `ignored`. */
const OPTIONS: Readonly<Record<string, "ignored" | "ignored value" | OptionName>> = {
  "-X": "request",
  "--request": "request",
  "-H": "header",
  "--header": "header",
  "-d": "data",
  "--data": "data",
  "--data-ascii": "data",
  "--data-binary": "data",
  "--data-raw": "data-raw",
  "--data-urlencode": "data-urlencode",
  "--json": "json",
  "-G": "get",
  "--get": "get",
  "-I": "head",
  "--head": "head",
  "-A": "user-agent",
  "--user-agent": "user-agent",
  "--url": "url",
  "-s": "ignored",
  "--silent": "ignored",
  "-S": "ignored",
  "--show-error": "ignored",
  "-v": "ignored",
  "--verbose": "ignored",
  "-i": "ignored",
  "--include": "ignored",
  "-k": "ignored",
  "--insecure": "ignored",
  "-L": "ignored",
  "--location": "ignored",
  "-f": "ignored",
  "--fail": "ignored",
  "-g": "ignored",
  "--globoff": "ignored",
  "--path-as-is": "ignored",
  "--compressed": "ignored",
  "--http1.1": "ignored",
  "--http2": "ignored",
  "-o": "ignored value",
  "--output": "ignored value",
  "-m": "ignored value",
  "--max-time": "ignored value",
  "--connect-timeout": "ignored value",
  "-w": "ignored value",
  "--write-out": "ignored value",
};

type OptionName =
  | "request"
  | "header"
  | "data"
  | "data-raw"
  | "data-urlencode"
  | "json"
  | "get"
  | "head"
  | "user-agent"
  | "url";

const FORM = "application/x-www-form-urlencoded";

/**
 * Reads a curl command as curl does: method, URL, header fields and body of the request that it
 * sends.
 *
 * @throws {@link RequestTextError} for an option that would change the request and is not known.
 */
export function readCurlCommand(command: string): RequestText {
  const words = shellWords(command).slice(1);
  const urls: string[] = [];
  const headers: [string, string][] = [];
  const data: string[] = [];
  let method: string | undefined;
  let isGet = false;
  let isHead = false;
  let isJson = false;

  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    if (!word.startsWith("-") || word === "-") {
      urls.push(word);
      continue;
    }
    const [option, attached] = split(word);
    const meaning = OPTIONS[option];
    if (meaning === undefined) {
      throw new RequestTextError("ERR_CURL_OPTION", `curl's option ${option} is not known here.`);
    }
    if (meaning === "ignored" || meaning === "get" || meaning === "head") {
      isGet ||= meaning === "get";
      isHead ||= meaning === "head";
      // Short options without a value may stand together: -sS.
      if (attached !== undefined) words.splice(index + 1, 0, `-${attached}`);
      continue;
    }
    const value = attached ?? words[++index];
    if (value === undefined) {
      throw new RequestTextError("ERR_CURL_OPTION", `curl's option ${option} lacks its value.`);
    }
    if (meaning === "request") method = value;
    else if (meaning === "url") urls.push(value);
    else if (meaning === "user-agent") headers.push(["User-Agent", value]);
    else if (meaning === "header") headers.push(headerField(value));
    else if (meaning !== "ignored value") {
      if (value.startsWith("@") && meaning !== "data-raw" && meaning !== "data-urlencode") {
        throw new RequestTextError("ERR_CURL_OPTION", `${option} reads a file: paste its text.`);
      }
      isJson ||= meaning === "json";
      data.push(meaning === "data-urlencode" ? urlencoded(value) : value);
    }
  }

  const [url, ...others] = urls;
  if (url === undefined || others.length > 0) {
    throw new RequestTextError(
      "ERR_CURL_URL",
      url === undefined ? "The curl command names no URL." : "The curl command names two URLs.",
    );
  }
  // curl takes a URL without scheme for http.
  const absolute = /^[a-z][a-z\d+.-]*:\/\//i.test(url) ? url : `http://${url}`;
  const text = data.join(isJson ? "" : "&");
  if (isGet && data.length > 0) {
    return {
      method: method ?? (isHead ? "HEAD" : "GET"),
      url: `${absolute}${absolute.includes("?") ? "&" : "?"}${text}`,
      headers,
      body: "",
    };
  }
  if (data.length > 0 && !headers.some(([name]) => name.toLowerCase() === "content-type")) {
    headers.push(["Content-Type", isJson ? "application/json" : FORM]);
  }
  const implied = isHead ? "HEAD" : data.length > 0 ? "POST" : "GET";
  return { method: method ?? implied, url: absolute, headers, body: text };
}

/** The words of a command line for a POSIX shell. */
function shellWords(command: string): string[] {
  if (/(^|\s)\$'/.test(command)) {
    throw new RequestTextError("ERR_SHELL_SYNTAX", "Text between $' and ' is not read here.");
  }
  // Variables stay as they are written.
  const entries = parse(command.replace(/\\\r?\n/g, " "), (name) => `$${name}`);
  return entries.map((entry) => {
    if (typeof entry === "string") return entry;
    if ("pattern" in entry) return entry.pattern;
    throw new RequestTextError(
      "ERR_SHELL_SYNTAX",
      "comment" in entry
        ? "The command holds a # outside of quotes."
        : `The command holds "${entry.op}" outside of quotes.`,
    );
  });
}

/** A short option, and the value that is attached to it: `-XPOST`. Long ones have none in curl. */
function split(word: string): [option: string, attached?: string] {
  const isShort = !word.startsWith("--") && word.length > 2;
  return isShort ? [word.slice(0, 2), word.slice(2)] : [word];
}

function headerField(text: string): [string, string] {
  // `Name;` is curl's spelling of an empty value.
  const field = /^([^:;]+)(?::[ \t]*(.*?)[ \t]*|;)$/.exec(text);
  if (field === null) {
    throw new RequestTextError("ERR_HEADER_FIELD", "A value of -H is no header field.");
  }
  return [field[1] ?? "", field[2] ?? ""];
}

/** `--data-urlencode`: `content`, `=content` or `name=content`. */
function urlencoded(value: string): string {
  const equals = value.indexOf("=");
  if (equals < 0 && value.includes("@")) {
    throw new RequestTextError(
      "ERR_CURL_OPTION",
      "--data-urlencode reads a file here: paste its text.",
    );
  }
  // As curl does, which writes a space as "+".
  const encode = (text: string) =>
    encodeURIComponent(text)
      .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll("%20", "+");
  if (equals < 0) return encode(value);
  const name = value.slice(0, equals);
  return `${name}${name === "" ? "" : "="}${encode(value.slice(equals + 1))}`;
}

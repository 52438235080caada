import { Fault } from "../reading.js";
import type { Word } from "../shell/word.js";
import { joined, latin1, octetsOf } from "../source-text.js";
import type { FileReader } from "./file-reader.js";

/** A part of a multipart form (RFC 7578 §4.2). */
export interface FormPart {
  readonly name: string;
  readonly content: Uint8Array;
  readonly type: string | undefined;
  readonly fileName: string | undefined;
}

/** The value of `--form`: `name=content`, `name=@file` or `name=<file`, with parameters after `;`. */
export function formPart(word: Word, readFile: FileReader): FormPart {
  const { name, value } = split(word);
  const isFile = value.startsWith("@");
  const isContent = value.startsWith("<");
  if (value.startsWith("(") || (name === "" && value === ")")) {
    throw fault(
      word,
      "a multipart part inside a multipart body cannot be read: paste the request as it was sent",
    );
  }
  const { content, type, fileName } = parameters(
    word,
    isFile || isContent ? value.slice(1) : value,
  );
  if (isFile && content.includes(",")) {
    throw fault(word, "several files in one --form cannot be read: use one --form for each");
  }
  const basename = isFile ? content.replace(/^.*[/\\]/s, "") : undefined;
  const shownName = isContent ? undefined : (fileName ?? basename);
  return {
    name,
    content: isFile || isContent ? readFile(content, word) : octetsOf(content),
    type: type ?? typeOf(shownName, isFile ? content : undefined),
    fileName: shownName,
  };
}

/** The value of `--form-string`, which has no special characters. */
export function plainPart(word: Word): FormPart {
  const { name, value } = split(word);
  return { name, content: octetsOf(value), type: undefined, fileName: undefined };
}

/** The body that curl sends, with a boundary that is the same for the same parts. */
export function multipart(
  parts: readonly FormPart[],
  options: MultipartOptions,
): { boundary: string; body: Uint8Array } {
  const contents = parts.map(({ content }) => latin1(content));
  let digits = 16;
  while (contents.some((content) => content.includes(boundaryOf(digits)))) digits *= 2;
  const boundary = boundaryOf(digits);
  const pieces = parts.flatMap((part) => [
    octetsOf(`--${boundary}\r\n${partHead(part, options)}\r\n`),
    part.content,
    octetsOf("\r\n"),
  ]);
  return { boundary, body: joined([...pieces, octetsOf(`--${boundary}--\r\n`)]) };
}

/** curl uses random digits. */
function boundaryOf(digits: number): string {
  return "-".repeat(24) + "0".repeat(digits);
}

interface MultipartOptions {
  readonly isForm: boolean;
  /** True if quotes in names are escaped by backslashes. */
  readonly hasBackslashes: boolean;
}

function partHead(
  { name, type, fileName }: FormPart,
  { isForm, hasBackslashes }: MultipartOptions,
): string {
  const quoted = (text: string) =>
    hasBackslashes
      ? text.replace(/["\\]/g, "\\$&")
      : // The "multipart/form-data encoding algorithm" of HTML.
        text.replace(/["\r\n]/g, (mark) => encodeURIComponent(mark));
  return [
    `Content-Disposition: ${isForm ? "form-data" : "attachment"}`,
    name === "" ? "" : `; name="${quoted(name)}"`,
    fileName === undefined ? "" : `; filename="${quoted(fileName)}"`,
    "\r\n",
    type === undefined ? "" : `Content-Type: ${type}\r\n`,
  ].join("");
}

function split(word: Word): { name: string; value: string } {
  const equals = word.text.indexOf("=");
  if (equals < 0) throw fault(word, "the value of this option must be name=content");
  return { name: word.text.slice(0, equals), value: word.text.slice(equals + 1) };
}

/** Content, and after it `;type=…` and `;filename=…`. curl ignores anything else there. */
function parameters(
  word: Word,
  text: string,
): { content: string; type: string | undefined; fileName: string | undefined } {
  const first = value(text, 0);
  let type: string | undefined;
  let typeIndex: number | undefined;
  let fileName: string | undefined;
  let index = first.end;
  while (text[index] === ";") {
    const start = skipSpace(text, index + 1);
    const [, name] = /^(type|filename|headers|encoder)=/.exec(text.slice(start, start + 9)) ?? [];
    if (name === "headers" || name === "encoder") {
      throw fault(word, `${name}= in --form cannot be read: paste the request as it was sent`);
    }
    if (name === "filename") {
      const found = value(text, start + "filename=".length);
      fileName = found.text;
      index = found.end;
      typeIndex = undefined;
    } else {
      index = semicolonOrEnd(text, start);
      if (name === "type") typeIndex ??= skipSpace(text, start + "type=".length);
      // The parameters of a type are part of it.
      if (typeIndex !== undefined) type = withoutSpaceAtEnd(text.slice(typeIndex, index));
    }
  }
  return { content: first.text, type, fileName };
}

/** A text up to `;`, in quotes or trimmed. */
function value(text: string, start: number): { text: string; end: number } {
  const from = skipSpace(text, start);
  const quote = text[from] === '"' ? closingQuote(text, from) : undefined;
  const end = semicolonOrEnd(text, quote ?? from);
  if (quote === undefined) return { text: withoutSpaceAtEnd(text.slice(from, end)), end };
  return { text: text.slice(from + 1, quote).replace(/\\([\\"])/g, "$1"), end };
}

function semicolonOrEnd(text: string, start: number): number {
  const index = text.indexOf(";", start);
  return index < 0 ? text.length : index;
}

/** The end of quoted text. If there is none, curl treats the quote as content. */
function closingQuote(text: string, start: number): number | undefined {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '"') return index;
    if (text[index] === "\\") index++;
  }
  return undefined;
}

function skipSpace(text: string, start: number): number {
  let index = start;
  while (SPACE.test(text.charAt(index))) index++;
  return index;
}

function withoutSpaceAtEnd(text: string): string {
  let end = text.length;
  while (SPACE.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

/** The content type that curl derives from the name of a file, or else from its path. */
function typeOf(name: string | undefined, path: string | undefined): string | undefined {
  for (const file of [name, path]) {
    const type = TYPES.find(([ending]) => file?.toLowerCase().endsWith(ending))?.[1];
    if (type !== undefined) return type;
  }
  return path === undefined ? undefined : "application/octet-stream";
}

function fault(word: Word, reason: string): Fault {
  return new Fault("ERR_CURL_OPTION", reason, word.index);
}

/** curl trims only ASCII. */
const SPACE = /[ \t\n\v\f\r]/;
const TYPES = [
  [".gif", "image/gif"],
  [".jpg", "image/jpeg"],
  [".jpeg", "image/jpeg"],
  [".png", "image/png"],
  [".svg", "image/svg+xml"],
  [".txt", "text/plain"],
  [".htm", "text/html"],
  [".html", "text/html"],
  [".pdf", "application/pdf"],
  [".xml", "application/xml"],
] as const;

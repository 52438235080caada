import { Fault } from "../reading.js";
import { wellFormed } from "../source-text.js";

/** A line of the text, with or without the white space around it. */
export interface Line {
  readonly text: string;
  readonly index: number;
}

/** The lines of a message before its body. */
export interface MessageHead {
  readonly requestLine: Line;
  /** One line for each header. Folded lines are joined. */
  readonly fields: readonly Line[];
  /** The index of the body, even if it is empty. */
  readonly bodyIndex: number;
  /** The number of characters by which the message is indented. */
  readonly indentation: number;
}

/** Splits the head of a message into lines. */
export function messageHead(text: string): MessageHead {
  const { lines, end } = headLines(text);
  const [requestLine, ...rest] = lines;
  if (requestLine === undefined) {
    throw new Fault("ERR_REQUEST_LINE", "the text is empty: paste a request", 0);
  }
  // The first header cannot be folded onto a request line, so its indentation is the message's.
  const indentation = indentationOf(rest[0] ?? requestLine);
  return {
    requestLine: trimmed(requestLine),
    fields: unfolded(rest, indentation),
    bodyIndex: traceIndex(text) === undefined ? end : text.length,
    indentation,
  };
}

/** The headers of a text that has no request line. */
export function headerLines(text: string): readonly Line[] {
  const { lines } = headLines(text);
  return unfolded(lines, indentationOf(lines[0] ?? { text: "" }));
}

/** The lines before the empty line that ends the headers, and the index of the text after it. */
export function headLines(text: string): { lines: readonly Line[]; end: number } {
  const lines: Line[] = [];
  const trace = traceIndex(text);
  let index = trace ?? 0;
  let end = index;
  while (index < text.length) {
    const lineEnd = text.indexOf("\n", index);
    end = lineEnd < 0 ? text.length : lineEnd + 1;
    const line = text.slice(index, end);
    if (trace !== undefined && !line.startsWith(">")) break;
    const mark = trace === undefined ? 0 : "> ".length;
    // Only a body can have octets that are not UTF-8.
    const content = wellFormed(line.slice(mark));
    if (content.trim() !== "") lines.push({ text: content, index: index + mark });
    else if (lines.length > 0) break;
    index = end;
  }
  return { lines, end };
}

/** Detects the output of `curl --verbose`, with lines that begin with `*`, `<`, `{` or `}`. */
export function traceIndex(text: string): number | undefined {
  if (!/^\s*[*<>{}]/.test(text)) return undefined;
  return /^> [A-Za-z]+ \S+ HTTP\/\d/m.exec(text)?.index;
}

/** Joins each folded line to the previous one with one space (RFC 9112 §5.2). */
function unfolded(lines: readonly Line[], indentation: number): Line[] {
  const fields: { parts: string[]; index: number }[] = [];
  for (const line of lines) {
    const { text, index } = trimmed(line);
    const before = fields.at(-1);
    if (before !== undefined && indentationOf(line) > indentation) before.parts.push(text);
    else fields.push({ parts: [text], index });
  }
  return fields.map(({ parts, index }) => ({ text: parts.join(" "), index }));
}

/** A line without the white space around it. */
export function trimmed({ text, index }: Line): Line {
  const content = text.trim();
  return { text: content, index: index + text.indexOf(content) };
}

/** The number of spaces and tabs at the beginning of a line. */
export function indentationOf({ text }: { readonly text: string }): number {
  return /^[ \t]*/.exec(text)?.[0].length ?? 0;
}

import type { CapturedRequest, CapturedRequestOptions } from "../captured-request.js";
import { headerField, isNamed, methodName, type PlacedHeader } from "../header-field.js";
import { Fault } from "../reading.js";
import { urlOfTarget } from "../request-url.js";
import { messageBody } from "./message-body.js";
import { headLines, indentationOf, type Line, trimmed } from "./message-head.js";
import { placedHeader } from "./read-headers.js";

/** Returns true if a text begins with a pseudo-header field of a request (RFC 9113 §8.3.1). */
export function isHttp2Fields(text: string): boolean {
  return /^\s*:(?:method|scheme|authority|path)(?![\w-])/.test(text);
}

/** A request of HTTP/2, as developer tools show it: a list of fields, and perhaps a body. */
export function http2Request(
  text: string,
  scheme: CapturedRequestOptions["scheme"],
): CapturedRequest {
  const { lines, end } = headLines(text);
  const fields = fieldsOf(lines);
  const headers = fields.filter(({ name }) => !name.startsWith(":"));
  const pseudo = pseudoFields(fields);
  const required = (name: string) => pseudo.get(name) ?? missing(name, fields);
  const method = required(":method");
  const path = required(":path");
  const authority = pseudo.get(":authority");
  const sent = pseudo.get(":scheme");
  if (sent !== undefined && !/^https?$/.test(sent.value)) {
    throw fault(":scheme must be http or https", sent);
  }
  return {
    method: methodName(method.value, method.index),
    url: urlOfTarget({
      target: path.value,
      index: path.index,
      headers: authority === undefined ? headers : [host(authority, headers)],
      scheme: (sent?.value as "http" | "https" | undefined) ?? scheme,
    }),
    headers: headers.map(({ name, value }) => [name, value]),
    body: messageBody(text, end, indentationOf(lines[0] ?? { text: "" }), headers),
  };
}

/** `name: value`, or a name (with or without a colon) in one line and its value in the next. */
function fieldsOf(lines: readonly Line[]): PlacedHeader[] {
  const [first] = lines;
  if (first === undefined || /^:\w+:[ \t]*\S/.test(trimmed(first).text)) {
    return lines.map((line) => field(trimmed(line)));
  }
  const fields: PlacedHeader[] = [];
  for (let at = 0; at < lines.length; at += 2) {
    const { text, index } = trimmed(lines[at] as Line);
    const value = lines[at + 1];
    const name = text.replace(/:$/, "");
    fields.push(field({ text: `${name}:${value === undefined ? "" : value.text}`, index }));
  }
  return fields;
}

function field(line: Line): PlacedHeader {
  if (!line.text.startsWith(":")) return placedHeader(line);
  const { name, value, index } = placedHeader({ ...line, text: line.text.slice(1) });
  return { name: `:${name}`, value, index };
}

/** RFC 9113 §8.3: a pseudo-header field occurs once, and no others are allowed in a request. */
function pseudoFields(fields: readonly PlacedHeader[]): ReadonlyMap<string, PlacedHeader> {
  const found = new Map<string, PlacedHeader>();
  for (const one of fields.filter(({ name }) => name.startsWith(":"))) {
    if (!/^:(?:method|scheme|authority|path)$/.test(one.name) || found.has(one.name)) {
      throw fault(
        "a request has :method, :scheme, :authority and :path once each: remove this one",
        one,
      );
    }
    found.set(one.name, one);
  }
  return found;
}

/** RFC 9113 §8.3.1: `:authority` is the value of `Host`, which must not differ from it. */
function host(authority: PlacedHeader, headers: readonly PlacedHeader[]): PlacedHeader {
  const other = headers.find(
    (header) => isNamed(header, "host") && header.value !== authority.value,
  );
  if (other !== undefined) {
    const reason = "Host must have the value of :authority: remove one of them";
    throw new Fault("ERR_CAPTURED_HOST", reason, other.index);
  }
  return headerField("Host", authority.value, authority.index);
}

function missing(name: string, [first]: readonly PlacedHeader[]): never {
  const reason = `the field ${name} is missing: add it`;
  throw new Fault("ERR_REQUEST_LINE", reason, first?.index);
}

function fault(reason: string, { index }: PlacedHeader): Fault {
  return new Fault("ERR_CAPTURED_HEADER_FIELD", reason, index);
}

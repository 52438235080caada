import { fieldValue, type RequestText } from "./read-request.js";
import { RequestTextError } from "./request-text-error.js";

/**
 * Reads an HTTP/1.1 request (RFC 9112 §2.1), its lines ended by CRLF or LF. A target in origin-form
 * is completed by `Host`, and by `https`, since the text does not tell the scheme.
 *
 * @throws {@link RequestTextError}
 */
export function readHttpRequest(text: string): RequestText {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end === null ? text.trimEnd() : text.slice(0, end.index);
  const body = end === null ? "" : text.slice(end.index + end[0].length);
  const [requestLine = "", ...lines] = head.split(/\r?\n/);
  const [method = "", target = ""] = requestLine.trim().split(/ +/);
  const headers = lines.map((line, index) => {
    const field = /^([!#$%&'*+.^`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line);
    if (field === null) {
      throw new RequestTextError("ERR_HEADER_FIELD", `Line ${index + 2} is no header field.`);
    }
    return [field[1] ?? "", field[2] ?? ""] as const;
  });
  if (/^https?:\/\//i.test(target)) return { method, url: target, headers, body };
  const host = fieldValue({ headers }, "host");
  if (host === undefined) {
    throw new RequestTextError(
      "ERR_HOST_ABSENT",
      "The request line has no absolute URL, and no Host says where the request goes.",
    );
  }
  return { method, url: `https://${host}${target}`, headers, body };
}

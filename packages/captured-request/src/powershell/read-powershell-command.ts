import type { CapturedRequest } from "../captured-request.js";
import { headerField, isNamed, methodName, type PlacedHeader } from "../header-field.js";
import { Fault, reading } from "../reading.js";
import { urlOfRequest } from "../request-url.js";
import { bodyOf } from "../source-text.js";
import { type PowershellRequest, powershellRequest } from "./web-request.js";

/**
 * Reads a call of `Invoke-WebRequest` or `Invoke-RestMethod`, as Chrome copies it with "Copy as
 * PowerShell": with a session that has cookies and a user agent. Its arguments must be literals.
 *
 * @param text - PowerShell whose only call is the request.
 * @throws {@link CapturedRequestError} with line and column.
 *
 * @example
 * ```ts
 * readPowershellCommand('Invoke-WebRequest -Uri "https://example.com/a" -Method "DELETE"').method;
 * // "DELETE"
 * ```
 */
export function readPowershellCommand(text: string | Uint8Array): CapturedRequest {
  return reading(text, powershellCommand);
}

/** Returns true if a text begins like such a call, or with the session that Chrome writes first. */
export function isPowershellCommand(text: string): boolean {
  return /^\s*(?:(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm)(?=\s)|\$session\s*=)/i.test(text);
}

export function powershellCommand(text: string): CapturedRequest {
  const given = powershellRequest(text);
  const { uri, method, body } = given;
  if (uri === undefined) throw new Fault("ERR_CAPTURED_URL", "the command must have -Uri", 0);
  const name = methodName(method?.text.toUpperCase() ?? "GET", method?.index);
  if (body !== undefined && /^(?:GET|HEAD)$/.test(name)) {
    const reason = `Windows PowerShell sends no body with ${name}: remove one of them`;
    throw new Fault("ERR_CAPTURED_BODY", reason, body.index);
  }
  if (/[^!-~]/.test(uri.text) || !/^https?:/i.test(uri.text)) {
    const reason = "the URL must be an absolute http or https URL, percent-encoded";
    throw new Fault("ERR_CAPTURED_URL", reason, uri.index);
  }
  const headers = headersOf(given, name);
  return {
    method: name,
    url: urlOfRequest({ target: uri.text, index: uri.index, headers }),
    headers: headers.map((header) => [header.name, header.value]),
    body: bodyOf(body?.text ?? ""),
  };
}

function headersOf(
  { userAgent, cookies, headers, contentType, body }: PowershellRequest,
  method: string,
): PlacedHeader[] {
  const named = headers.map(([name, { text, index }]) => headerField(name, text, index));
  const isNamedType = named.some((header) => isNamed(header, "content-type"));
  const type = contentType?.text ?? (body && method === "POST" && !isNamedType ? FORM : undefined);
  const implied: [name: string, value: string | undefined, index: number | undefined][] = [
    ["User-Agent", userAgent?.text, userAgent?.index],
    ["Cookie", cookies.map(([name, value]) => `${name}=${value}`).join("; "), undefined],
    ["Content-Type", type, contentType?.index],
  ];
  return [
    ...implied.flatMap(([name, value, index]) => (value ? [headerField(name, value, index)] : [])),
    // -ContentType takes precedence.
    ...named.filter((header) => contentType === undefined || !isNamed(header, "content-type")),
  ];
}

/** The default of -ContentType with -Method Post. */
const FORM = "application/x-www-form-urlencoded";

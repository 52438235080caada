import { parseMediaType } from "@oauth1/base-string/entity-body";
import { readBody } from "./body.js";
import type { BodyLimits, Message } from "./messages/message.js";
import { Problem } from "./problem.js";

/**
 * Reads the body if it is a form, whose parameters are signed (RFC 5849 §3.4.1.3.1).
 *
 * What a handler can read as a form is what was signed: so the media type decides, as any parser of
 * a framework would read it. A message that two parsers could read as two different forms, or one of
 * them not as a form at all, is rejected.
 *
 * @returns `undefined` if the body is not a form.
 */
export async function readForm(
  message: Message,
  limits: BodyLimits,
): Promise<Uint8Array | undefined> {
  if (!isForm(message)) return undefined;
  const body = await readBody(message, limits);
  // Some parsers drop a byte order mark: they would read another first name than was signed.
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    throw new Problem("request_rejected", "the form must not begin with a byte order mark");
  }
  return body;
}

function isForm(message: Message): boolean {
  const contentType = onlyContentType(message);
  if (contentType === "") return false;
  const mediaType = parseMediaType(contentType);
  if (mediaType === undefined) {
    throw new Problem(
      "request_rejected",
      "Content-Type must be one well-formed media type (RFC 9110 §8.3.1)",
    );
  }
  if (mediaType.essence !== "application/x-www-form-urlencoded") return false;
  if (!OCTETS_OF_ASCII.test(mediaType.parameters.get("charset") ?? "utf-8")) {
    throw new Problem("request_rejected", "the form's charset must be UTF-8");
  }
  // A parser that decompresses a form reads parameters that are in no base string.
  if (message.fields("content-encoding").some((coding) => !/^(?:identity)?$/i.test(coding))) {
    throw new Problem("request_rejected", "a form must be sent without Content-Encoding");
  }
  return true;
}

function onlyContentType(message: Message): string {
  const [value = "", ...others] = message.fields("content-type");
  if (others.length > 0) {
    throw new Problem("request_rejected", "there is more than one Content-Type header field");
  }
  return value;
}

/**
 * Charsets in which `&`, `=`, `%` and `+` are the octets of ASCII, and no octet of another character
 * is one of these. In any other, the text would fall into other parameters than the octets.
 */
const OCTETS_OF_ASCII = /^(?:utf-?8|(?:us-)?ascii|iso-8859-\d{1,2}|windows-125\d)$/i;

import { parseMediaType } from "@oauth1/base-string/entity-body";
import { readBody } from "./body.js";
import type { BodyLimits, Message } from "./messages/message.js";
import { Problem } from "./problem.js";

/**
 * Reads the body if it is a form, whose parameters are signed (RFC 5849 §3.4.1.3.1).
 *
 * What a handler can read as a form must be what was signed, so the media type decides, as in the
 * parsers of frameworks. A message is rejected if two parsers could read different forms, or only
 * one of them a form.
 *
 * @returns `undefined` if the body is not a form.
 */
export function readForm(message: Message, limits: BodyLimits): Promise<Uint8Array> | undefined {
  const charset = charsetOfForm(message);
  return charset === undefined ? undefined : readFormIn(charset, message, limits);
}

async function readFormIn(
  charset: string,
  message: Message,
  limits: BodyLimits,
): Promise<Uint8Array> {
  const body = await readBody(message, limits);
  if (!UTF8.test(charset) && !(OCTETS_OF_ASCII.test(charset) && isAscii(body))) {
    throw new Problem(
      "request_rejected",
      "the charset of a form with non-ASCII characters must be UTF-8",
    );
  }
  // Some parsers drop a byte order mark, and would read another first name than was signed.
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) {
    throw new Problem("request_rejected", "the form must not begin with a byte order mark");
  }
  return body;
}

/** Returns `undefined` if the message is not a form. */
function charsetOfForm(message: Message): string | undefined {
  const contentType = onlyContentType(message);
  if (contentType === "") return undefined;
  const mediaType = parseMediaType(contentType);
  if (mediaType === undefined) {
    throw new Problem(
      "request_rejected",
      "Content-Type must be one well-formed media type (RFC 9110 §8.3.1)",
    );
  }
  if (mediaType.essence !== "application/x-www-form-urlencoded") return undefined;
  // A parser that decompresses a form would read parameters that were not signed.
  if (message.fields("content-encoding").some((coding) => !/^(?:identity)?$/i.test(coding))) {
    throw new Problem("request_rejected", "a form must be sent without Content-Encoding");
  }
  return mediaType.parameters.get("charset") ?? "utf-8";
}

function onlyContentType(message: Message): string {
  const [value = "", ...others] = message.fields("content-type");
  if (others.length > 0) {
    throw new Problem(
      "request_rejected",
      "the request must not have more than one Content-Type header",
    );
  }
  return value;
}

/** Signatures read text as UTF-8 (RFC 5849 §3.6), whatever the unsigned charset is. */
const UTF8 = /^(?:utf-?8|us-ascii)$/i;

/**
 * Charsets that extend ASCII. Apache HttpClient, for example, names ISO-8859-1 by default. In other
 * charsets `&` and `=` are other octets, so the text would split into other parameters than were
 * signed.
 */
const OCTETS_OF_ASCII = /^(?:iso-8859-\d{1,2}|windows-125\d)$/i;

/** Returns true if all octets of a form are ASCII, including escaped ones. */
function isAscii(form: Uint8Array): boolean {
  return !/[^\0-\x7f]|%[89a-f]/i.test(new TextDecoder("latin1").decode(form));
}

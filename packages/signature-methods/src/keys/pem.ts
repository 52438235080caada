import { decodeBase64 } from "../base64.js";
import { KeyError } from "./key-error.js";

/** A block of PEM (RFC 7468): its label and its octets. */
export interface PemBlock {
  readonly label: string;
  readonly octets: Uint8Array;
  /** True if it has the headers of an encrypted key in the older format (RFC 1421). */
  readonly encryptedByHeaders: boolean;
}

/** Reads the first PEM block of a text. */
export function readPem(text: string): PemBlock {
  const begin = /-----BEGIN ([A-Z0-9 ]{1,64})-----/.exec(text);
  if (begin === null) {
    throw new KeyError(
      "ERR_KEY_FORM",
      "the key must be a PEM block that begins with -----BEGIN … KEY-----",
    );
  }
  const [line, label = ""] = begin;
  const start = begin.index + line.length;
  const end = text.indexOf(`-----END ${label}-----`, start);
  if (end < 0) {
    throw new KeyError("ERR_KEY_MALFORMED", `the PEM block has no -----END ${label}-----`);
  }
  const body = text.slice(start, end);
  const encryptedByHeaders = /^Proc-Type:.*ENCRYPTED/m.test(body);
  const octets = encryptedByHeaders ? new Uint8Array() : decodeBase64(body.replace(/\s+/g, ""));
  if (octets === undefined) throw new KeyError("ERR_KEY_MALFORMED", "the PEM block must be base64");
  return { label, octets, encryptedByHeaders };
}

import type { Law } from "../law.js";
import { baseStringUriLaws } from "./base-string-uri.js";
import { bodyHashLaws } from "./body-hash.js";
import { headerLaws } from "./headers.js";
import { hmacSha1Laws } from "./hmac-sha1.js";
import { parameterLaws } from "./parameters.js";
import { percentEncodingLaws } from "./percent-encoding.js";
import { signLaws } from "./sign.js";
import { signatureLaws } from "./signature.js";
import { signatureBaseStringLaws } from "./signature-base-string.js";

/** All laws. */
export const laws: readonly Law[] = [
  ...percentEncodingLaws,
  ...baseStringUriLaws,
  ...parameterLaws,
  ...signatureBaseStringLaws,
  ...hmacSha1Laws,
  ...signatureLaws,
  ...bodyHashLaws,
  ...headerLaws,
  ...signLaws,
];

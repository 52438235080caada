import type { Property } from "../property.js";
import { baseStringUriProperties } from "./base-string-uri.js";
import { bodyHashProperties } from "./body-hash.js";
import { headerProperties } from "./headers.js";
import { hmacSha1Properties } from "./hmac-sha1.js";
import { parameterProperties } from "./parameters.js";
import { percentEncodingProperties } from "./percent-encoding.js";
import { signProperties } from "./sign.js";
import { signatureProperties } from "./signature.js";
import { signatureBaseStringProperties } from "./signature-base-string.js";

/** All properties. */
export const properties: readonly Property[] = [
  ...percentEncodingProperties,
  ...baseStringUriProperties,
  ...parameterProperties,
  ...signatureBaseStringProperties,
  ...hmacSha1Properties,
  ...signatureProperties,
  ...bodyHashProperties,
  ...headerProperties,
  ...signProperties,
];

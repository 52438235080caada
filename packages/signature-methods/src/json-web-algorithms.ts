import type { HashName } from "./description.js";

/** The JSON Web Algorithm (RFC 7518 §3.1, RFC 8812 §2) that is RSASSA-PKCS1-v1_5 with a hash function. */
export const JSON_WEB_ALGORITHMS: Readonly<Record<HashName, string>> = {
  "SHA-1": "RS1",
  "SHA-256": "RS256",
  "SHA-512": "RS512",
};

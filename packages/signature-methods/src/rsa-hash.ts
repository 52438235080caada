/** The hash functions of the RSA methods, with the JSON Web Algorithm that uses the same. */
export const JSON_WEB_ALGORITHMS = {
  "SHA-1": "RS1",
  "SHA-256": "RS256",
  "SHA-512": "RS512",
} as const;

export type RsaHash = keyof typeof JSON_WEB_ALGORITHMS;

// The largest download of each package in a browser, in bytes. READMEs state the limits.
export const sizeLimits: readonly [folder: string, octets: number, code: string][] = [
  ["percent-encoding", 1350, 'export * from "@oauth1/percent-encoding"'],
  ["base-string", 2900, 'export * from "@oauth1/base-string"'],
  ["options", 1000, 'export * from "@oauth1/options"'],
  ["auth-header", 2550, 'export * from "@oauth1/auth-header"'],
  ["hmac-sha1", 3700, 'export * from "@oauth1/hmac-sha1"'],
  ["signature-methods", 5000, 'export * from "@oauth1/signature-methods/hmac-sha1"'],
  ["captured-request", 17_000, 'export * from "@oauth1/captured-request"'],
  // Includes all hash functions, RSA and the catalogue of mistakes. Its own code is 17,000 of
  // these.
  ["diagnosis", 29_200, 'export * from "@oauth1/diagnosis"'],
  ["signer", 9350, 'export * from "@oauth1/signer"'],
  ["client", 5100, 'export * from "@oauth1/client"'],
  // Includes HMAC-SHA1, its default method.
  ["verifier", 22_700, 'export * from "@oauth1/verifier/lti"'],
  ["verifier", 18_300, 'export * from "@oauth1/verifier"'],
  [
    "client",
    13_000,
    'export { signedFetch } from "@oauth1/client"; export { createSigner } from "@oauth1/signer"',
  ],
];

/** The published packages, lowest layer first. A package imports only from lower layers. */
export const layers: readonly (readonly string[])[] = [
  ["percent-encoding", "printable", "options"],
  ["base-string", "hmac-sha1", "auth-header"],
  ["signature-methods", "captured-request"],
  ["signer", "verifier", "diagnosis", "storage"],
  ["client", "provider"],
  ["api-keys"],
  ["console"],
  ["cli"],
];

/** The suite is next to the layers: it tests them, and only the command line runs it. */
export const suite: readonly string[] = ["vectors", "properties", "conformance"];

/** The imports that are exceptions to the layers. */
export const besides: Readonly<Record<string, readonly string[]>> = {
  diagnosis: ["verifier"],
  cli: ["conformance"],
};

/** The number of layers from which each package of the suite can import. */
export const belowTheSuite: Readonly<Record<string, number>> = {
  vectors: 0,
  properties: 3,
  conformance: 5,
};

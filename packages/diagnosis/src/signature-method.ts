/** What is known of a signature method. */
export interface KnownMethod {
  readonly name: string;
  readonly keyType: "shared-secret" | "rsa";
  readonly hash: "SHA-1" | "SHA-256" | "SHA-512" | undefined;
  readonly requiresNonce: boolean;
  readonly revealsSecrets: boolean;
}

const hashes = ["SHA-1", "SHA-256", "SHA-512"] as const;

export const knownMethods: readonly KnownMethod[] = [
  ...hashes.map((hash) => method(`HMAC-${hash.replace("-", "")}`, "shared-secret", hash)),
  ...hashes.map((hash) => method(`RSA-${hash.replace("-", "")}`, "rsa", hash)),
  {
    name: "PLAINTEXT",
    keyType: "shared-secret",
    hash: undefined,
    requiresNonce: false,
    revealsSecrets: true,
  },
];

function method(
  name: string,
  keyType: KnownMethod["keyType"],
  hash: KnownMethod["hash"],
): KnownMethod {
  return { name, keyType, hash, requiresNonce: true, revealsSecrets: false };
}

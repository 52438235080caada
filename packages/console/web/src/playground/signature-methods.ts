import type { SignatureMethod } from "@oauth1/signature-methods";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";

/** How a signature method is shown and loaded. */
export interface PlaygroundMethod {
  readonly name: string;
  /** Where RFC 5849 describes it. */
  readonly section: string;
  /** Whether a private key signs, and not the shared-secrets. */
  readonly isRsa: boolean;
  load(): Promise<SignatureMethod<string | Promise<string>, never, never>>;
}

/** The seven methods. Those that few people need are loaded when they are chosen. */
export const playgroundMethods: readonly PlaygroundMethod[] = [
  {
    name: "HMAC-SHA1",
    section: "RFC 5849 §3.4.2",
    isRsa: false,
    load: async () => hmacSha1,
  },
  {
    name: "HMAC-SHA256",
    section: "RFC 5849 §3.4.2, with SHA-256",
    isRsa: false,
    load: async () => (await import("@oauth1/signature-methods/hmac-sha256")).hmacSha256,
  },
  {
    name: "HMAC-SHA512",
    section: "RFC 5849 §3.4.2, with SHA-512",
    isRsa: false,
    load: async () => (await import("@oauth1/signature-methods/hmac-sha512")).hmacSha512,
  },
  {
    name: "RSA-SHA1",
    section: "RFC 5849 §3.4.3",
    isRsa: true,
    load: async () => (await import("@oauth1/signature-methods/rsa-sha1")).rsaSha1,
  },
  {
    name: "RSA-SHA256",
    section: "RFC 5849 §3.4.3, with SHA-256",
    isRsa: true,
    load: async () => (await import("@oauth1/signature-methods/rsa-sha256")).rsaSha256,
  },
  {
    name: "RSA-SHA512",
    section: "RFC 5849 §3.4.3, with SHA-512",
    isRsa: true,
    load: async () => (await import("@oauth1/signature-methods/rsa-sha512")).rsaSha512,
  },
  {
    name: "PLAINTEXT",
    section: "RFC 5849 §3.4.4",
    isRsa: false,
    load: async () => (await import("@oauth1/signature-methods/plaintext")).plaintext,
  },
];

/** The method of that name, the first one where there is none. */
export function playgroundMethod(name: string): PlaygroundMethod {
  const known = playgroundMethods.find((method) => method.name === name) ?? playgroundMethods[0];
  if (known === undefined) throw new RangeError("no signature method");
  return known;
}

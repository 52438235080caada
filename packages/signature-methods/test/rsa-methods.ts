import type { RsaMethod, RsaSyncMethod } from "@oauth1/signature-methods";
import { rsaSha1 } from "@oauth1/signature-methods/rsa-sha1";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { rsaSha512 } from "@oauth1/signature-methods/rsa-sha512";
import { rsaSha1Sync } from "@oauth1/signature-methods/sync/rsa-sha1";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { rsaSha512Sync } from "@oauth1/signature-methods/sync/rsa-sha512";

export interface RsaCase {
  readonly name: string;
  /** The hash function's name for Web Crypto, and for openssl. */
  readonly hash: "SHA-1" | "SHA-256" | "SHA-512";
  readonly digest: string;
  readonly platform: "Web Crypto" | "node:crypto";
  readonly method: RsaMethod | RsaSyncMethod;
}

export const RSA_CASES: readonly RsaCase[] = (
  [
    ["RSA-SHA1", "SHA-1", rsaSha1, rsaSha1Sync],
    ["RSA-SHA256", "SHA-256", rsaSha256, rsaSha256Sync],
    ["RSA-SHA512", "SHA-512", rsaSha512, rsaSha512Sync],
  ] as const
).flatMap(([name, hash, web, sync]) => {
  const digest = hash.replace("-", "").toLowerCase();
  return [
    { name, hash, digest, platform: "Web Crypto", method: web } as const,
    { name, hash, digest, platform: "node:crypto", method: sync } as const,
  ];
});

import type { RsaSyncMethod, SignatureMethod } from "@oauth1/signature-methods";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha1Sync } from "@oauth1/signature-methods/sync/rsa-sha1";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { rsaSha512Sync } from "@oauth1/signature-methods/sync/rsa-sha512";

/** A signature method, what it signs with, and where it is defined. */
export type DefinedMethod =
  | { readonly signsWith: "shared-secrets"; readonly method: SignatureMethod; section: string }
  | { readonly signsWith: "private-key"; readonly method: RsaSyncMethod; section: string };

/** The values of `--method`. */
export const signatureMethods: ReadonlyMap<string, DefinedMethod> = new Map(
  [
    ...[hmacSha1, hmacSha256, hmacSha512].map((method) => bySharedSecrets(method, "§3.4.2")),
    ...[rsaSha1Sync, rsaSha256Sync, rsaSha512Sync].map(byPrivateKey),
    bySharedSecrets(plaintext, "§3.4.4"),
  ].map((defined) => [defined.method.name, defined]),
);

/** The signature method of this name. */
export function signatureMethodNamed(name: string): DefinedMethod {
  const defined = signatureMethods.get(name);
  // The command line takes no other names.
  if (defined === undefined) throw new RangeError(`no signature method ${name}`);
  return defined;
}

function bySharedSecrets(method: SignatureMethod, section: string): DefinedMethod {
  return { signsWith: "shared-secrets", method, section: `RFC 5849 ${section}` };
}

function byPrivateKey(method: RsaSyncMethod): DefinedMethod {
  return { signsWith: "private-key", method, section: "RFC 5849 §3.4.3" };
}

import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";
import { plaintext } from "@oauth1/signature-methods/plaintext";

/** The signature methods that the server accepts by default. */
export const ACCEPTED_METHODS = [hmacSha1, hmacSha256, hmacSha512, plaintext] as const;

/** The names of those that an application can use by default: not PLAINTEXT, which sends secrets. */
export const SAFE_METHOD_NAMES: string[] = ACCEPTED_METHODS.filter(
  ({ revealsSecrets }) => !revealsSecrets,
).map(({ name }) => name);

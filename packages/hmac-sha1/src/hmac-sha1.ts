/**
 * The HMAC-SHA1 signature method: RFC 5849 §3.4.2, RFC 2104.
 *
 * SHA-1's collisions do not break HMAC-SHA1, but use HMAC-SHA256 if you can choose.
 *
 * @module
 */

import { PercentEncodingError, percentEncode } from "@oauth1/percent-encoding";
import { keyedHmacSha1 } from "#platform";
import { equalInConstantTime } from "./constant-time.js";

/** The shared-secrets of both credentials, decoded. They are encoded here (RFC 5849 §3.4.2). */
export interface SharedSecrets {
  /** The client shared-secret. */
  readonly clientSharedSecret: string;
  /** The token shared-secret. Omitted or empty if the request has no token. */
  readonly tokenSharedSecret?: string | undefined;
}

/** HMAC-SHA1 with a prepared key. */
export interface PreparedHmacSha1 {
  /** The signature of a base string: base64, 28 characters, not percent-encoded. */
  sign(this: void, baseString: string): string;
  /**
   * Returns true if the signature (base64, not percent-encoded) is that of the base string. The
   * digests are compared in constant time. Text that is not canonical base64 (RFC 4648 §3.5) is not
   * valid.
   */
  verify(this: void, baseString: string, signature: string): boolean;
}

/**
 * Prepares the key for any number of signatures.
 *
 * @param secrets - The shared-secrets, decoded.
 * @throws TypeError if a secret is not a string or its name is unknown.
 * @throws PercentEncodingError `ERR_LONE_SURROGATE` if a secret is not Unicode text.
 * @see RFC 5849 §3.4.2
 *
 * @example
 * ```ts
 * const { sign, verify } = prepareHmacSha1({ clientSharedSecret: "cs", tokenSharedSecret: "ts" });
 * sign("bs"); // "VZVjXceV7JgPq/dOTnNmEfO0Fv8="
 * verify("bs", "VZVjXceV7JgPq/dOTnNmEfO0Fv8="); // true
 * ```
 */
export function prepareHmacSha1(secrets: SharedSecrets): PreparedHmacSha1 {
  requireSecrets(secrets);
  const { clientSharedSecret, tokenSharedSecret = "" } = secrets;
  // The & is present without a token too (RFC 5849 §3.4.2, item 2 of the key).
  const sign = keyedHmacSha1(
    `${encoded("clientSharedSecret", clientSharedSecret)}&${encoded("tokenSharedSecret", tokenSharedSecret)}`,
  );
  return {
    sign,
    // Each digest has exactly one canonical base64 text, so comparing the texts compares the
    // digests.
    verify: (baseString, signature) => equalInConstantTime(sign(baseString), signature),
  };
}

/**
 * Signs one base string. To sign several with the same secrets use {@link prepareHmacSha1}, which
 * prepares the key once.
 *
 * @param baseString - The signature base string (RFC 5849 §3.4.1).
 * @param secrets - The shared-secrets, decoded.
 * @returns The signature: base64, 28 characters, not percent-encoded.
 * @throws TypeError if a secret is not a string or its name is unknown.
 * @throws PercentEncodingError `ERR_LONE_SURROGATE` if a secret is not Unicode text.
 * @see RFC 5849 §3.4.2
 *
 * @example
 * ```ts
 * signHmacSha1("bs", { clientSharedSecret: "cs" }); // "egQqG5AJep5sJ7anhXju1unge2I="
 * ```
 */
export function signHmacSha1(baseString: string, secrets: SharedSecrets): string {
  return prepareHmacSha1(secrets).sign(baseString);
}

/**
 * Verifies one signature. To verify several with the same secrets use {@link prepareHmacSha1},
 * which prepares the key once.
 *
 * @param baseString - The signature base string (RFC 5849 §3.4.1).
 * @param signature - The received signature: base64, not percent-encoded.
 * @param secrets - The shared-secrets, decoded.
 * @returns True if the signature is that of the base string. The digests are compared in constant
 *   time.
 * @throws TypeError if a secret is not a string or its name is unknown.
 * @throws PercentEncodingError `ERR_LONE_SURROGATE` if a secret is not Unicode text.
 * @see RFC 5849 §3.4.2
 *
 * @example
 * ```ts
 * verifyHmacSha1("bs", "egQqG5AJep5sJ7anhXju1unge2I=", { clientSharedSecret: "cs" }); // true
 * ```
 */
export function verifyHmacSha1(
  baseString: string,
  signature: string,
  secrets: SharedSecrets,
): boolean {
  return prepareHmacSha1(secrets).verify(baseString, signature);
}

/** Encodes a secret. The error names the secret that is not Unicode text. */
function encoded(name: keyof SharedSecrets, secret: string): string {
  try {
    return percentEncode(secret);
  } catch (error) {
    if (!(error instanceof PercentEncodingError)) throw error;
    throw new PercentEncodingError(error.code, error.index, name);
  }
}

/** Without this check, a key would silently lack a misspelled secret. */
function requireSecrets(secrets: SharedSecrets): void {
  for (const name of Object.keys(secrets ?? {})) {
    const value: unknown = secrets[name as keyof SharedSecrets];
    const isToken = name === "tokenSharedSecret";
    if (!isToken && name !== "clientSharedSecret") {
      throw new TypeError(`${name} must be clientSharedSecret or tokenSharedSecret`);
    }
    if (typeof value !== "string" && !(isToken && value === undefined)) {
      throw new TypeError(`${name} must be a string`);
    }
  }
  if (typeof secrets?.clientSharedSecret !== "string") {
    throw new TypeError("clientSharedSecret must be a string");
  }
}

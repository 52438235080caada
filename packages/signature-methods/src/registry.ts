/**
 * Every method of this package, for tools that offer all of them. A server should import only the
 * methods that it accepts.
 *
 * @module
 */

import { SignatureMethodError } from "./accept-signature-methods.js";
import type { SignatureMethodDescription } from "./description.js";
import {
  type KnownMethodDescription,
  type KnownMethodName,
  methodDescriptions,
} from "./descriptions.js";
import type { RsaSigningClient, RsaVerifyingClient } from "./keys/rsa-client.js";
import type { SharedSecret, SignatureMethod } from "./signature-method.js";

/**
 * A method of the registry, of either key type. Its client has both kinds of credentials, and
 * the method reads those that its `keyType` names.
 */
export type AnySignatureMethod = SignatureMethod<
  string | Promise<string>,
  SharedSecret & RsaSigningClient,
  SharedSecret & RsaVerifyingClient
>;

/** The properties of a method that are known before it is loaded. */
export interface RegisteredMethod extends SignatureMethodDescription {
  /** Where the method is defined: `RFC 5849 §3.4.2`. */
  readonly section: string;
  /** Loads the method. RSA methods use Web Crypto, which every platform has. */
  load(this: void): Promise<AnySignatureMethod>;
}

/** Each method has its own file, so that loading one does not load the others. */
const LOADERS: Readonly<Record<KnownMethodName, RegisteredMethod["load"]>> = {
  "HMAC-SHA1": async () => (await import("./hmac-sha1.js")).hmacSha1,
  "HMAC-SHA256": async () => (await import("./hmac-sha256.js")).hmacSha256,
  "HMAC-SHA512": async () => (await import("./hmac-sha512.js")).hmacSha512,
  "RSA-SHA1": async () => (await import("./rsa-sha1.js")).rsaSha1,
  "RSA-SHA256": async () => (await import("./rsa-sha256.js")).rsaSha256,
  "RSA-SHA512": async () => (await import("./rsa-sha512.js")).rsaSha512,
  PLAINTEXT: async () => (await import("./plaintext.js")).plaintext,
};

/** Every method of this package. The first is the default. */
export const signatureMethods: readonly RegisteredMethod[] = methodDescriptions.map(
  (description) => ({
    ...description,
    section: sectionOf(description),
    load: LOADERS[description.name],
  }),
);

/** The names of all methods, in the same order. */
export const signatureMethodNames: readonly string[] = signatureMethods.map(({ name }) => name);

/**
 * Finds a method by its name.
 *
 * @param name - A value of `oauth_signature_method`, which is case-sensitive.
 * @returns The properties that are known before the method is loaded, or `undefined` for an unknown
 * name.
 *
 * @example
 * ```ts
 * findSignatureMethod("RSA-SHA256")?.keyType; // "rsa"
 * findSignatureMethod("hmac-sha1"); // undefined
 * ```
 */
export function findSignatureMethod(name: string): RegisteredMethod | undefined {
  return signatureMethods.find((method) => method.name === name);
}

/**
 * Loads a method by its name.
 *
 * @param name - A value of `oauth_signature_method`, which is case-sensitive.
 * @throws SignatureMethodError (as a rejection) if no method of this package has the name.
 *
 * @example
 * ```ts
 * const method = await loadSignatureMethod("HMAC-SHA256");
 * method.requiresNonce; // true
 * ```
 */
export async function loadSignatureMethod(name: string): Promise<AnySignatureMethod> {
  const method = findSignatureMethod(name);
  if (method === undefined) {
    throw new SignatureMethodError(
      name,
      `must be one of ${signatureMethodNames.join(", ")} (names are case-sensitive)`,
    );
  }
  return method.load();
}

/** Loads every method of this package. */
export async function loadSignatureMethods(): Promise<readonly AnySignatureMethod[]> {
  return Promise.all(signatureMethods.map(({ load }) => load()));
}

function sectionOf({ keyType, hash }: KnownMethodDescription): string {
  if (keyType === "rsa") return "RFC 5849 §3.4.3";
  return hash === undefined ? "RFC 5849 §3.4.4" : "RFC 5849 §3.4.2";
}

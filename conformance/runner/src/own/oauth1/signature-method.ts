import {
  type Awaitable,
  type BodyHashInput,
  type SignatureInput,
  Unsupported,
  type VerificationInput,
} from "@oauth1/properties";
import type {
  RsaMethod,
  RsaSigningClient,
  RsaVerifyingClient,
  SignatureMethod,
} from "@oauth1/signature-methods";
import { hmacSha1 } from "@oauth1/signature-methods/hmac-sha1";
import { hmacSha256 } from "@oauth1/signature-methods/hmac-sha256";
import { hmacSha512 } from "@oauth1/signature-methods/hmac-sha512";
import { plaintext } from "@oauth1/signature-methods/plaintext";
import { rsaSha1 } from "@oauth1/signature-methods/rsa-sha1";
import { rsaSha256 } from "@oauth1/signature-methods/rsa-sha256";
import { rsaSha512 } from "@oauth1/signature-methods/rsa-sha512";

/** The methods that sign with shared-secrets, by name (RFC 5849 §3.4.2, §3.4.4). */
export const sharedSecretMethods: ReadonlyMap<string, SignatureMethod> = byName([
  hmacSha1,
  hmacSha256,
  hmacSha512,
  plaintext,
]);

/** The methods that sign with an RSA key, by name (RFC 5849 §3.4.3). */
export const rsaMethods: ReadonlyMap<string, RsaMethod> = byName([rsaSha1, rsaSha256, rsaSha512]);

/** The names of all of them. */
export const signatureMethods: readonly string[] = [
  ...sharedSecretMethods.keys(),
  ...rsaMethods.keys(),
];

/**
 * Prepares to sign with the method that the input names.
 *
 * @throws {@link Unsupported} for a signature method that is not known here.
 */
export function prepareToSign(
  input: Omit<SignatureInput, "baseString">,
): (baseString: string) => Awaitable<string> {
  const bySharedSecrets = sharedSecretMethods.get(input.signatureMethod);
  return bySharedSecrets
    ? bySharedSecrets.prepareToSign(...sharedSecrets(input))
    : rsaMethod(input.signatureMethod).prepareToSign(signingKey(input.privateKey));
}

/**
 * Prepares to verify with the method that the input names.
 *
 * @throws {@link Unsupported} for a signature method that is not known here.
 */
export function prepareToVerify(
  input: Omit<VerificationInput, "baseString" | "signature">,
): (baseString: string, signature: string) => Awaitable<boolean> {
  const bySharedSecrets = sharedSecretMethods.get(input.signatureMethod);
  return bySharedSecrets
    ? bySharedSecrets.prepareToVerify(...sharedSecrets(input))
    : rsaMethod(input.signatureMethod).prepareToVerify(
        verifyingKey(input.publicKey ?? input.certificate),
      );
}

/** The hash of an entity-body (OAuth Request Body Hash extension, §3.2). */
export function bodyHash({ body, hash }: BodyHashInput): Awaitable<string> {
  const hashBody = sharedSecretMethods.get(`HMAC-${hash.replace("-", "")}`)?.bodyHash;
  if (hashBody === undefined) throw new Unsupported(`no hash function ${JSON.stringify(hash)}`);
  return hashBody(body);
}

/** What RSA signs with. Published vectors have keys of 1024 bits. */
export function signingKey(privateKey: string | undefined): RsaSigningClient {
  if (privateKey === undefined) throw new TypeError("privateKey: missing, and RSA signs with it");
  return { privateKey, minimumModulusLength: 1024 };
}

function verifyingKey(publicKey: string | undefined): RsaVerifyingClient {
  if (publicKey === undefined) {
    throw new TypeError("publicKey: missing, and certificate too: RSA verifies with one of them");
  }
  return { publicKey, minimumModulusLength: 1024 };
}

function sharedSecrets(input: { clientSharedSecret: string; tokenSharedSecret: string }) {
  const { clientSharedSecret, tokenSharedSecret } = input;
  return [{ sharedSecret: clientSharedSecret }, { sharedSecret: tokenSharedSecret }] as const;
}

/** @throws {@link Unsupported} for a signature method that is not known here. */
export function rsaMethod(name: string): RsaMethod {
  const method = rsaMethods.get(name);
  if (method === undefined) throw new Unsupported(`no signature method ${JSON.stringify(name)}`);
  return method;
}

function byName<Method extends { readonly name: string }>(
  methods: readonly Method[],
): ReadonlyMap<string, Method> {
  return new Map(methods.map((method) => [method.name, method]));
}

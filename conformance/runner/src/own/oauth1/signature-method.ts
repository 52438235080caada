import {
  type BodyHashInput,
  type SignatureInput,
  Unsupported,
  type VerificationInput,
} from "@oauth1/properties";
import type { RsaSigningClient, SharedSecret } from "@oauth1/signature-methods";
import {
  type AnySignatureMethod,
  findSignatureMethod,
  type RegisteredMethod,
  signatureMethods,
} from "@oauth1/signature-methods/registry";

/** Published vectors have keys of 1024 bits. */
export const MINIMUM_MODULUS_LENGTH = 1024;

/** The members of an input that describe the signer. */
export interface SigningKeys {
  readonly sharedSecret: string;
  readonly privateKey?: string | undefined;
}

/** Prepares to sign with the method that the input names. */
export async function prepareToSign(
  input: Omit<SignatureInput, "baseString">,
): Promise<(baseString: string) => string | Promise<string>> {
  const method = await loadNamed(input.signatureMethod);
  const { clientSharedSecret, tokenSharedSecret, privateKey } = input;
  return method.prepareToSign(
    signingClient(method, { sharedSecret: clientSharedSecret, privateKey }),
    { sharedSecret: tokenSharedSecret },
  );
}

/** Prepares to verify with the method that the input names. */
export async function prepareToVerify(
  input: Omit<VerificationInput, "baseString" | "signature">,
): Promise<(baseString: string, signature: string) => boolean | Promise<boolean>> {
  const method = await loadNamed(input.signatureMethod);
  const { clientSharedSecret, tokenSharedSecret } = input;
  const publicKey = input.publicKey ?? input.certificate;
  if (method.keyType === "rsa" && publicKey === undefined) {
    throw new TypeError("publicKey: missing, and certificate too: RSA verifies with one of them");
  }
  return method.prepareToVerify(
    {
      sharedSecret: clientSharedSecret,
      publicKey: publicKey ?? "",
      minimumModulusLength: MINIMUM_MODULUS_LENGTH,
    },
    { sharedSecret: tokenSharedSecret },
  );
}

/** The hash of an entity-body (OAuth Request Body Hash extension, §3.2). */
export async function bodyHash({ body, hash }: BodyHashInput): Promise<string> {
  const method = await signatureMethods.find((registered) => registered.hash === hash)?.load();
  if (method?.bodyHash === undefined) {
    throw new Unsupported(`no hash function ${JSON.stringify(hash)}`);
  }
  return method.bodyHash(body);
}

/**
 * Loads the method of a name.
 *
 * @throws {@link Unsupported} for an unknown signature method.
 */
export async function loadNamed(name: string): Promise<AnySignatureMethod> {
  const method = findSignatureMethod(name);
  if (method === undefined) throw new Unsupported(`no signature method ${JSON.stringify(name)}`);
  return method.load();
}

/** The credentials of a method. The private key is required only if the method needs it. */
export function signingClient(
  { keyType }: Pick<RegisteredMethod, "keyType">,
  { sharedSecret, privateKey }: SigningKeys,
): SharedSecret & RsaSigningClient {
  if (keyType === "rsa" && privateKey === undefined) {
    throw new TypeError("privateKey: missing, and RSA signs with it");
  }
  return {
    sharedSecret,
    privateKey: privateKey ?? "",
    minimumModulusLength: MINIMUM_MODULUS_LENGTH,
  };
}

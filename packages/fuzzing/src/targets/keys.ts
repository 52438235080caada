import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { createRequire } from "node:module";
import { KeyError } from "@oauth1/signature-methods";
import { rsaSha256Sync } from "@oauth1/signature-methods/sync/rsa-sha256";
import { attempt, hold } from "../target.js";

/** A published key of 1024 bits or more, so that the corpus has no key that could be in use. */
const published = createPrivateKey(publishedKey());

/** The private key of a vector, with its public half. */
export const pair: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } = {
  privateKey: published,
  publicKey: createPublicKey(published),
};

function publishedKey(): string {
  const { vectors } = createRequire(import.meta.url)("@oauth1/vectors/signature.json") as {
    vectors: { input: { privateKey?: string } }[];
  };
  for (const { input } of vectors) if (input.privateKey !== undefined) return input.privateKey;
  throw new Error("no vector has a private key");
}

/** Keys in each format that PEM has, as in RFC 7468 §10–§13. */
export const pems: readonly string[] = [
  pair.publicKey.export({ type: "spki", format: "pem" }).toString(),
  pair.publicKey.export({ type: "pkcs1", format: "pem" }).toString(),
  pair.privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  pair.privateKey.export({ type: "pkcs1", format: "pem" }).toString(),
  "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----\n",
];

/**
 * A key is rejected with a KeyError, or both this package and the platform accept it, and what the
 * private half signs the platform verifies.
 */
export function checkKey(pem: string): void {
  const publicKey = attempt(
    () => rsaSha256Sync.prepareToVerify({ publicKey: pem, minimumModulusLength: 512 }),
    KeyError,
  );
  if ("value" in publicKey) {
    hold(publicKey.value("text", "AAAA") === false, "a wrong signature is rejected");
    hold(
      isRsa(() => createPublicKey(canonical(pem)).asymmetricKeyType),
      "the platform reads the public key",
    );
  } else withoutKey(publicKey.error, pem);
  const privateKey = attempt(
    () => rsaSha256Sync.prepareToSign({ privateKey: pem, minimumModulusLength: 512 }),
    KeyError,
  );
  if ("value" in privateKey) {
    hold(
      isRsa(() => createPrivateKey(canonical(pem)).asymmetricKeyType),
      "the platform reads the private key",
    );
    attempt(() => privateKey.value("text"), KeyError);
    hold("error" in publicKey, "a key is private or public, not both");
  } else withoutKey(privateKey.error, pem);
}

function withoutKey({ message }: Error, pem: string): void {
  const base64 = /[A-Za-z\d+/]{24,}/.exec(pem.replace(/-----.*-----/g, ""))?.[0];
  hold(
    base64 === undefined || !message.includes(base64),
    "a message has no part of the key",
    message,
  );
}

function isRsa(type: () => string | undefined): boolean {
  try {
    return type() === "rsa";
  } catch {
    return false;
  }
}

/** The first block in lines of 64 characters (RFC 7468 §2). OpenSSL reads no longer lines. */
function canonical(pem: string): string {
  const [, label = "", body = ""] =
    /-----BEGIN ([A-Z\d ]+)-----([\s\S]*?)-----END \1-----/.exec(pem) ?? [];
  const lines = body.replace(/\s+/g, "").replace(/.{64}/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}\n-----END ${label}-----\n`;
}

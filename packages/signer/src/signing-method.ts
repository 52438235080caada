import type { SignatureMethod } from "@oauth1/signature-methods";

/** The part of a signature method that signing needs. */
export type SigningMethod<
  Signature extends string | Promise<string>,
  SigningClient,
> = SignatureMethod<Signature, SigningClient, never>;

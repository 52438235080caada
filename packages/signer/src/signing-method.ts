import type { SignatureMethod } from "@oauth1/signature-methods";

/** A signature method, as far as signing needs it. */
export type SigningMethod<
  Signature extends string | Promise<string>,
  SigningClient,
> = SignatureMethod<Signature, SigningClient, never>;

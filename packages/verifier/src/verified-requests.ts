import { hiddenField } from "./hidden-field.js";
import type { VerifiedRequest } from "./verification.js";
import { VerifierError } from "./verifier-error.js";

// A field of the framework's own request object, which no header or body parser can forge.
const verification = hiddenField<VerifiedRequest>();

/** Keeps a verification as long as the framework keeps the request. */
export function rememberVerified(request: object, verified: VerifiedRequest): void {
  verification.set(request, verified);
}

/** Returns what {@link rememberVerified} kept. `where` says how to set up the adapter. */
export function recallVerified<Caller>(request: object, where: string): VerifiedRequest<Caller> {
  const verified = verification.get(request);
  if (verified === undefined) {
    throw new VerifierError("ERR_NOT_VERIFIED", `the request was not verified: ${where}`);
  }
  return verified as VerifiedRequest<Caller>;
}

import type { VerifiedRequest } from "./verification.js";
import { VerifierError } from "./verifier-error.js";

// By the framework's own object for the request: no header and no body parser can write to it.
const verifiedRequests = new WeakMap<object, VerifiedRequest>();

/** Keeps what was verified for as long as the framework keeps the request. */
export function rememberVerified(request: object, verified: VerifiedRequest): void {
  verifiedRequests.set(request, verified);
}

/** What {@link rememberVerified} kept. `where` tells how the adapter verifies a request. */
export function recallVerified<Caller>(request: object, where: string): VerifiedRequest<Caller> {
  const verified = verifiedRequests.get(request);
  if (verified === undefined) {
    throw new VerifierError("ERR_NOT_VERIFIED", `the request was not verified; ${where}`);
  }
  return verified as VerifiedRequest<Caller>;
}

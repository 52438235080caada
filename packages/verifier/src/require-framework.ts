import { VerifierError } from "./verifier-error.js";

/**
 * Throws unless the framework has what its adapter needs. A version range in `peerDependencies`
 * would instead block the installation of this package beside an old framework that is used without
 * its adapter.
 */
export function requireFramework(hasWhatIsNeeded: boolean, needs: string): void {
  if (!hasWhatIsNeeded) throw new VerifierError("ERR_FRAMEWORK_VERSION", `${needs}; update it`);
}

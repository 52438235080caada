import { VerifierError } from "./verifier-error.js";

/**
 * Throws unless the framework has what its adapter needs. Package managers do not check this: a range
 * of versions in `peerDependencies` would stop the installation of this package beside an old framework
 * that is used without its adapter.
 */
export function requireFramework(hasWhatIsNeeded: boolean, needs: string): void {
  if (!hasWhatIsNeeded) throw new VerifierError("ERR_FRAMEWORK_VERSION", `${needs}; update it`);
}

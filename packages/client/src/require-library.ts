import { ClientError } from "./client-error.js";

/**
 * Throws unless the installed HTTP library has what its adapter needs. Package managers do not check
 * this: a range of versions in `peerDependencies` would stop the installation of this package beside an
 * old library that is used without its adapter.
 */
export function requireLibrary(hasWhatIsNeeded: boolean, needs: string): void {
  if (!hasWhatIsNeeded) throw new ClientError("ERR_LIBRARY_VERSION", `${needs}; update it`);
}

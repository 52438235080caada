import { ClientError } from "./client-error.js";

/**
 * Throws unless the installed HTTP library has what its adapter needs. A version range in
 * `peerDependencies` would also block the installation of this package beside an old library
 * that is used without its adapter.
 */
export function requireLibrary(hasWhatIsNeeded: boolean, needs: string): void {
  if (!hasWhatIsNeeded) throw new ClientError("ERR_LIBRARY_VERSION", `${needs}; update it`);
}

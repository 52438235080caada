import { type Candidate, discoverCandidates } from "@oauth1/conformance";

/**
 * The implementations to test: each in its usual version. `npm run test:versions` tests all versions
 * that are kept beside them.
 */
export function testedCandidates(): Candidate[] {
  const all = discoverCandidates();
  return process.env["CONFORMANCE_VERSIONS"] === "all" ? all : all.filter(isUsual);
}

/** Other versions are named `name@version`. */
export function isUsual({ name, manifest }: Candidate): boolean {
  return manifest === undefined || name === manifest.name;
}

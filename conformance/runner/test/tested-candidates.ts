import { type Candidate, discoverCandidates } from "@oauth1/conformance";

/**
 * The implementations to test: those of the repository in their usual versions. `npm run test:versions`
 * tests all versions that are kept beside them.
 */
export function testedCandidates(): Candidate[] {
  const all = discoverCandidates();
  if (process.env["CONFORMANCE_VERSIONS"] === "all") return all;
  return all.filter(({ name, manifest }) => name === (manifest?.name ?? name));
}

// Measures how many vectors a second the conformance runner checks with our own implementation.
import { loadVectors, oauth1Implementation, runVectors } from "@oauth1/conformance";
import { quarter } from "./rounds.mjs";

const ROUNDS = 12;

export async function conformanceSpeed() {
  const implementation = oauth1Implementation();
  const files = loadVectors();
  const vectors = files.reduce((sum, file) => sum + file.vectors.length, 0);
  const seconds = [];
  for (let round = 0; round < ROUNDS + 2; round++) {
    const start = performance.now();
    const results = await runVectors(implementation, files);
    if (results.some(({ outcome }) => outcome === "failed")) throw new Error("a vector failed");
    if (round >= 2) seconds.push((performance.now() - start) / 1000);
  }
  return { vectors, perSecond: vectors / quarter(seconds) };
}

// How the work grows: n log n in the number of parameters, linear in their length. The times of a
// small and a large request are compared in one process, with a generous factor: work that grows with
// the square would take eight times as long as allowed here.
import { signatureBaseString } from "@oauth1/base-string";
import { expect, it } from "vitest";

const url = "https://example.com/";
const SMALL = 2000;
const TIMES = 16;
/** Slower caches and the garbage collector for the large request, and the logarithm. */
const FACTOR = 4;

/** The time of the fastest of some calls, because other programs only slow a call down. */
function fastest(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let call = 0; call < 15; call++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Base strings of a request that grows with a size. */
const growing: Record<string, (size: number) => string | [string, string][]> = {
  "pairs in random order": (size) =>
    Array.from({ length: size }, (_, index) => [`name${(index * 7919) % size}`, "a value"]),
  "pairs in order": (size) =>
    Array.from({ length: size }, (_, index) => [String(index).padStart(9, "0"), "a value"]),
  "pairs in descending order": (size) =>
    Array.from({ length: size }, (_, index) => [String(size - index).padStart(9, "0"), "a value"]),
  "pairs of one name": (size) =>
    Array.from({ length: size }, (_, index) => ["name", String((index * 7919) % size)]),
  "a form of pairs": (size) => "name%20=a+value&".repeat(size),
  "a form of names without a value": (size) => "name&".repeat(size),
  "a form of empty pieces": (size) => "&".repeat(10 * size),
  "a form of equals signs": (size) => "=".repeat(10 * size),
  "one long value": (size) => [["name", "a value, (long)".repeat(size)]],
  "one long escaped value": (size) => `name=${"%20%c3%a9".repeat(size)}`,
};

it.each(Object.keys(growing))("does not grow with the square: %s", { timeout: 120_000 }, (kind) => {
  const bodies = [SMALL, TIMES * SMALL].map((size) => growing[kind]?.(size) ?? "");
  const sign = (body: (typeof bodies)[number] = "") =>
    signatureBaseString({ method: "POST", url, body }, [["oauth_nonce", "7d8f3e4a"]]);
  for (let call = 0; call < 20; call++) sign(bodies[0]); // compiled by then
  const [small = 0, large = 0] = bodies.map((body) => fastest(() => sign(body)));
  // The time of a tiny request is noise.
  expect(large).toBeLessThan(FACTOR * TIMES * Math.max(small, 0.05));
});

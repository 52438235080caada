// How the work grows: n log n in the number of parameters, linear in their length. The times of a
// small and a large request are compared in one process. The large one is 64 times as large, and may
// take 12 times as long as that: for the logarithm, for slower caches, and for a busy machine. Work
// that grows with the square would take 64 times as long.
import { signatureBaseString } from "@oauth1/base-string";
import { expect, it } from "vitest";

const url = "https://example.com/";
const SMALL = 1000;
const TIMES = 64;
const FACTOR = 12;

/** Bodies of requests that grow with a size. */
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

it.each(Object.keys(growing))("does not grow with the square: %s", (kind) => {
  const [small, large] = [SMALL, TIMES * SMALL].map((size) => {
    const body = growing[kind]?.(size) ?? "";
    return (): number => {
      const start = performance.now();
      signatureBaseString({ method: "POST", url, body }, [["oauth_nonce", "7d8f3e4a"]]);
      return performance.now() - start;
    };
  });
  if (small === undefined || large === undefined) throw new Error("there are two sizes");
  // The fastest of many calls, because other programs only slow a call down. The first ones are
  // compiled.
  const ofSmall = Math.min(...Array.from({ length: 100 }, small));
  const ofLarge = Math.min(...Array.from({ length: 6 }, large));
  // The time of a tiny request is mostly that of its URL.
  expect(ofLarge / TIMES).toBeLessThan(FACTOR * Math.max(ofSmall, 0.02));
});

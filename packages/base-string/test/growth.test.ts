// The work must grow with n log n in the number of parameters, and linearly in their length.
// The test compares the CPU times of a small and a 64 times as large request in one process. It
// tolerates a factor of 12 beyond linear growth: for the logarithm and for slower caches.
// Quadratic growth would add a factor of 64.
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

it.each(Object.keys(growing))("the work does not grow quadratically: %s", (kind) => {
  const [small, large] = [SMALL, TIMES * SMALL].map((size) => {
    const body = growing[kind]?.(size) ?? "";
    return (): number => {
      const start = process.cpuUsage();
      signatureBaseString({ method: "POST", url, body }, [["oauth_nonce", "7d8f3e4a"]]);
      const { user, system } = process.cpuUsage(start);
      return (user + system) / 1000;
    };
  });
  if (small === undefined || large === undefined) throw new Error("there are two sizes");
  // The fastest of many calls, because other programs only slow a call down. The first calls
  // warm up the compiler.
  let ofSmall = Number.POSITIVE_INFINITY;
  let ofLarge = Number.POSITIVE_INFINITY;
  // The time of a tiny request is mostly that of its URL.
  const isLinear = () => ofLarge / TIMES < FACTOR * Math.max(ofSmall, 0.02);
  for (let round = 0; round < 20 && !(round > 0 && isLinear()); round++) {
    ofSmall = Math.min(ofSmall, ...Array.from({ length: 100 }, small));
    ofLarge = Math.min(ofLarge, ...Array.from({ length: 6 }, large));
  }
  expect(isLinear(), `${ofSmall} ms, and ${ofLarge} ms for ${TIMES} times as much`).toBe(true);
});

// The shapes that came closest to the bound, or that were quadratic once. The whole table takes a
// minute: npx pnpm --filter @oauth1/fuzzing complexity.
import { expect, it } from "vitest";
import { measureGrowth } from "../src/complexity/measure.js";
import { shapes } from "../src/complexity/shapes.js";
import { subjects } from "../src/complexity/subjects.js";

const SIZE = 6_000;

/** Work that grows with the square has a ratio of 100, on a machine of any speed. */
const BOUND = 50;

it.each([
  ["percentDecodeOctets", "§", "backslashes"],
  ["signatureBaseString", "§", "one name many times"],
  ["parseMediaType", "a/b;§", "semicolons and spaces"],
  ["parseChallenge", "§", "distinct protocol parameters"],
  ["parseAuthorizationHeader", "OAuth §", "CRLF and a space"],
  ["readCurlCommand", 'curl "§"', "backslashes"],
  ["readHttpMessage", "GET / HTTP/1.1\nHost: a\nB: §", "spaces, then a letter"],
  ["X-Forwarded-For", "§", "commas"],
  ["credential response", '{"token":§}', "nested brackets"],
  ["credential response", "oauth_token=§", "letters"],
  ["credential response", "§", "names and values"],
  ["problem report", "oauth_problem_advice=§", "letters"],
])("the work of %s for %s with %s is linear", async (name, frame, shape) => {
  const subject = subjects[name];
  const text = shapes[shape];
  if (subject === undefined || text === undefined) throw new Error(`unknown: ${name}, ${shape}`);
  const [short = "", long = ""] = [SIZE, 10 * SIZE].map((size) =>
    frame.replace("§", () => text(size)),
  );
  let { ratio } = await measureGrowth(subject.run, short, long, 4);
  // Noise does not repeat.
  for (let times = 0; times < 4 && ratio > BOUND; times++) {
    ({ ratio } = await measureGrowth(subject.run, short, long, 8));
  }
  expect(ratio).toBeLessThanOrEqual(BOUND);
});

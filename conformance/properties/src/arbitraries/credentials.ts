import fc from "fast-check";
import type { Credentials } from "../implementation.js";
import { text } from "./text.js";

/** Shared-secrets of every length around the block of SHA-1, including empty ones. */
export const sharedSecret: fc.Arbitrary<string> = fc.oneof(
  // Counterexamples that do not depend on the secret shrink to a short one.
  { withCrossShrink: true },
  text,
  fc.stringMatching(/^[A-Za-z0-9]{16,48}$/),
  fc.integer({ min: 55, max: 70 }).map((length) => "k".repeat(length)),
);

/** Client or token credentials. */
export const credentials: fc.Arbitrary<Credentials> = fc.record({
  identifier: text.filter((identifier) => identifier !== ""),
  sharedSecret,
});

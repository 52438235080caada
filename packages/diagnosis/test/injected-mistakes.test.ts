// Mistakes of a signer in Python, which shares no code with the package.
import { createHmac } from "node:crypto";
import { type Diagnosis, diagnose, type MistakeName, mistakes } from "@oauth1/diagnosis";
import { describe, expect, it } from "vitest";
import { coincide, hasInjector, type Injected, inject } from "./python.js";

/** OAUTH1_DEEP=1 takes a few minutes, DIAGNOSIS_REQUESTS=50000 half an hour. */
const COUNT = Number(
  process.env["DIAGNOSIS_REQUESTS"] ?? (process.env["OAUTH1_DEEP"] === "1" ? 2000 : 300),
);
const TIMEOUT = 20_000 + COUNT * 500;

interface Outcome {
  readonly injected: Injected;
  readonly diagnosis: Diagnosis;
}

function diagnoseAll(seed: number, requests: number, count: number): Outcome[] {
  return inject(seed, requests, count).map((injected) => ({
    injected,
    diagnosis: diagnose(injected.request, injected.secrets, injected.options),
  }));
}

/**
 * The requests whose first answer is wrong. Mistakes with the same effect on a request count as
 * right.
 */
function wrongOf(outcomes: readonly Outcome[]): Outcome[] {
  const others = outcomes.filter(
    ({ injected, diagnosis }) =>
      sorted(diagnosis.causes[0]?.mistakes ?? []) !== sorted(injected.mistakes),
  );
  const answered = others.flatMap(({ injected, diagnosis: { causes } }) => {
    const [first] = causes;
    return first === undefined || first.mistakes.length > injected.mistakes.length
      ? []
      : [{ injected, ...first }];
  });
  const verdicts = coincide(answered);
  const coinciding = new Set(
    answered.filter((_, at) => verdicts[at]).map(({ injected }) => injected),
  );
  return others.filter(({ injected }) => !coinciding.has(injected));
}

function sorted(names: readonly MistakeName[]): string {
  return [...names].sort().join();
}

function shown(outcomes: readonly Outcome[]): string[] {
  return outcomes.map(
    ({ injected, diagnosis }) =>
      `${injected.mistakes} is answered ${diagnosis.causes[0]?.mistakes ?? "none"}`,
  );
}

describe.skipIf(!hasInjector)("mistakes of a signer in Python", () => {
  it(
    "are named for one mistake in 97 of 100 requests, and for every mistake of the catalogue",
    () => {
      const outcomes = diagnoseAll(1, COUNT, 1);
      const wrong = wrongOf(outcomes);
      expect(wrong.length / COUNT, shown(wrong).join("\n")).toBeLessThanOrEqual(0.03);

      const named = new Set(
        outcomes.flatMap(({ injected, diagnosis: { causes } }) =>
          causes.some((cause) => sorted(cause.mistakes) === sorted(injected.mistakes))
            ? injected.mistakes
            : [],
        ),
      );
      expect(Object.keys(mistakes).filter((name) => !named.has(name as MistakeName))).toEqual([]);
    },
    TIMEOUT,
  );

  it(
    "are explained by a base string and a key that produce the signature with the platform's HMAC",
    () => {
      const written = /^(?:Signature|Hex|Base64|WrongHash)/;
      const proven = inject(5, 100, 2).flatMap(({ request, secrets, options, signature }) =>
        diagnose(request, secrets, options)
          .causes.filter(({ mistakes: names }) => !names.some((name) => written.test(name)))
          .flatMap(({ key, baseString }) =>
            key === undefined ? [] : [{ key, baseString, signature }],
          ),
      );
      expect(proven.length).toBeGreaterThan(50);
      for (const { key, baseString, signature } of proven) {
        const hash = { 28: "sha1", 44: "sha256", 88: "sha512" }[signature.length] ?? "";
        expect(createHmac(hash, key).update(baseString).digest("base64")).toBe(signature);
      }
    },
    TIMEOUT,
  );

  it(
    "are named for two mistakes in 90 of 100 requests",
    () => {
      // The search is a hundred times as long as for one mistake.
      const outcomes = diagnoseAll(2, COUNT / 2, 2);
      const wrong = wrongOf(outcomes);
      expect(wrong.length / outcomes.length, shown(wrong).join("\n")).toBeLessThanOrEqual(0.1);
    },
    TIMEOUT,
  );

  it(
    "are never reported for a right signature",
    () => {
      for (const { injected, diagnosis } of diagnoseAll(3, COUNT, 0)) {
        expect(diagnosis, injected.right).toMatchObject({
          valid: true,
          baseString: injected.right,
          causes: [],
          summary: "The request is valid.",
        });
      }
    },
    TIMEOUT,
  );

  it(
    "are never found in a random signature",
    () => {
      for (const { request, secrets, options } of inject(4, COUNT / 20, 0)) {
        const random = withOtherSecret(secrets);
        const { causes, search, valid } = diagnose(request, random, options);
        expect({ causes, valid }).toEqual({ causes: [], valid: false });
        expect(search?.tried ?? 0).toBeLessThan(50_000);
      }
    },
    TIMEOUT,
  );
});

/** Signatures of an unknown key are as good as random ones. */
function withOtherSecret(secrets: Injected["secrets"]) {
  const publicKey = { kty: "RSA", n: `${"_".repeat(341)}w`, e: "AQAB" };
  return { ...secrets, clientSharedSecret: "another secret", publicKey };
}

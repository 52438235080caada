import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import {
  commandImplementation,
  formatReport,
  hasFailed,
  oauth1Implementation,
  runConformance,
  runProperties,
  vendoredEncoderImplementation,
} from "@oauth1/conformance";
import { properties } from "@oauth1/properties";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const seed = Number(process.env["OAUTH1_SEED"] ?? randomInt(2 ** 31));
console.log(`OAUTH1_SEED=${seed}`);

describe("properties", () => {
  it.each(properties)("$id holds for our packages", async (property) => {
    const numRuns = 1000 * property.share;
    const details = await fc.check(property.over(oauth1Implementation()), { seed, numRuns });
    expect(details.failed, fc.defaultReportMessage(details)).toBe(false);
    expect(details.numRuns).toBe(numRuns);
  });

  it("hold for the encoder alone if they are about encoding; the others are unsupported", async () => {
    const results = await runProperties(await vendoredEncoderImplementation(), {
      seed,
      cases: 1000,
    });
    for (const { topic, outcome, id } of results) {
      expect(outcome, id).toBe(topic.startsWith("percent-") ? "passed" : "unsupported");
    }
  });

  it("hold over a child process, as the vectors do", async () => {
    const script = fileURLToPath(new URL("children/serve-oauth1.mjs", import.meta.url));
    const child = await commandImplementation(process.execPath, [script]);
    try {
      const report = await runConformance([child], { seed, cases: 50 });
      expect(hasFailed(report), formatReport(report)).toBe(false);
      const passed = report.implementations[0]?.results.filter(
        ({ outcome }) => outcome === "passed",
      );
      for (const topic of ["percent-encoding", "base-string-uri", "hmac-sha1", "sign"]) {
        expect(passed?.some((result) => result.topic === topic && result.kind === "property")).toBe(
          true,
        );
        expect(passed?.some((result) => result.topic === topic && result.kind === "vector")).toBe(
          true,
        );
      }
    } finally {
      await child.close?.();
    }
  });
});

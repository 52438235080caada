// The public API changes only together with docs/api-surface.md, so that a review sees it.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { apiSurface, page, publicExports } from "./api-surface.mjs";

describe("the public API", () => {
  it("matches docs/api-surface.md; to update it, run `node .ci/api-surface.mjs`", () => {
    expect(readFileSync(page, "utf8")).toBe(apiSurface());
  });

  it("has a description for every export", () => {
    const undescribed = publicExports().flatMap(({ specifier, exports }) =>
      exports
        .filter(({ description }) => description === "")
        .map(({ name }) => `${specifier}: ${name}`),
    );
    expect(undescribed).toEqual([]);
  });
});

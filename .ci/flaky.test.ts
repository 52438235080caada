import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { pageWith } from "./flaky-page.mjs";

const run = { commit: "37b53e0a", cores: 2, tests: 7243, failed: 0, seconds: 960 };

describe("npm run test:flaky", () => {
  it("adds a row for each run to the page", () => {
    const first = pageWith("", run, new Date("2026-11-28T23:59:59Z"));
    const second = pageWith(first, { ...run, failed: 2 }, new Date("2026-11-29"));
    expect(second.match(/^\| 2026.*$/gm)).toEqual([
      "| 2026-11-28 | `37b53e0a` | 2 | 7,243 | 0 | 16.0 |",
      "| 2026-11-29 | `37b53e0a` | 2 | 7,243 | 2 | 16.0 |",
    ]);
    expect(second.startsWith(first.slice(0, first.indexOf("| 2026")))).toBe(true);
  });

  it.each([
    [["--times", "0"], "--times must be a whole number from 1"],
    [["--times", "two"], "--times must be a whole number from 1"],
    [["--page", "sizes"], "--page is for runs of all tests"],
  ])("rejects %j", (options, message) => {
    const flaky = fileURLToPath(new URL("flaky.mjs", import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [flaky, ...options]);
    expect(`${stderr}`).toContain(message);
    expect(status).toBe(2);
  });
});

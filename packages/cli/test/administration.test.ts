import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { oauth1 } from "./run-oauth1.js";

const data = mkdtempSync(join(tmpdir(), "oauth1-administration-"));
afterAll(() => rmSync(data, { recursive: true }));

describe("oauth1 users and oauth1 keys", () => {
  const env = { OAUTH1_DATA: data };

  it("administer the installation in the data folder", async () => {
    const added = await oauth1(["users", "add", "jane", "--role", "Campaign Manager"], { env });
    expect(added).toMatchObject({ code: 0, stderr: "" });
    expect(added.stdout).toMatch(/^[\w-]{43}\n$/);
    const listed = await oauth1(["users", "list", "--data", data]);
    expect(listed.stdout).toMatch(/^admin\tAdministrator\t\S+\njane\tCampaign Manager\t\S+\n$/);
    expect(await oauth1(["keys", "list"], { env })).toEqual({ code: 0, stdout: "", stderr: "" });
    const rotated = await oauth1(["keys", "encryption", "rotate"], { env });
    expect(rotated.stdout).toMatch(/^0 secrets encrypted with [0-9a-f]{16}\n$/);
  });

  it("report errors with exit code 2", async () => {
    for (const [words, stderr] of [
      [
        ["users", "link", "nobody"],
        /^oauth1: the account has no user "nobody"\n {2}https:\/\/\S+\/errors#err-not-found\n$/,
      ],
      [
        ["keys", "disable", "x"],
        /^oauth1: the account has no API key "x"\n {2}https:\/\/\S+\/errors#err-not-found\n$/,
      ],
      [["keys", "encryption", "burn"], "oauth1: unknown command 'burn'\n"],
      [["users", "add", "joe", "--role", "Owner"], /^oauth1: .*Allowed choices are .*Viewer/],
      [
        ["users", "list", "--data", "/dev/null/x"],
        /^oauth1: cannot use the data folder [^\n]*\n {2}https:\/\/\S+\/errors#err-data-folder\n$/,
      ],
    ] as const) {
      const told = await oauth1(words, { env });
      expect(told, words.join(" ")).toMatchObject({ code: 2, stdout: "" });
      expect(told.stderr).toMatch(stderr instanceof RegExp ? stderr : new RegExp(`^${stderr}$`));
    }
  });
});

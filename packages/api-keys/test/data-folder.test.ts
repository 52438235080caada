import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { openInstallation } from "../src/index.js";
import { freshFolder } from "./installations.js";

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "oauth1-data-"));
  folders.push(folder);
  return folder;
}

describe.skipIf(process.platform === "win32")("the modes of a data folder", () => {
  const modeOf = (path: string) => statSync(path).mode & 0o777;

  it("allow only the owner in a new folder", async () => {
    const dataFolder = join(temporaryFolder(), "new");
    await (await openInstallation({ dataFolder })).close();
    expect(modeOf(dataFolder)).toBe(0o700);
    expect(modeOf(join(dataFolder, "pglite"))).toBe(0o700);
    expect(readableByOthers(dataFolder)).toEqual([]);
  });

  it("close an existing folder that other users could enter", async () => {
    const { dataFolder } = freshFolder();
    folders.push(dataFolder);
    for (const folder of [dataFolder, join(dataFolder, "pglite")]) chmodSync(folder, 0o755);
    expect(readableByOthers(dataFolder).length).toBeGreaterThan(100);
    await (await openInstallation({ dataFolder })).close();
    expect(modeOf(dataFolder)).toBe(0o700);
    expect(readableByOthers(dataFolder)).toEqual([]);
  });

  it("do not close a folder with other files, but close the database in it", async () => {
    const dataFolder = temporaryFolder();
    chmodSync(dataFolder, 0o755);
    mkdirSync(join(dataFolder, "public"));
    await (await openInstallation({ dataFolder })).close();
    expect(modeOf(dataFolder)).toBe(0o755);
    expect(readableByOthers(dataFolder).filter((path) => !path.endsWith("/public"))).toEqual([]);
  });
});

describe("the embedded database", () => {
  it("opens only once at a time", async () => {
    const { dataFolder } = freshFolder();
    folders.push(dataFolder);
    const first = await openInstallation({ dataFolder });
    await expect(openInstallation({ dataFolder })).rejects.toMatchObject({
      code: "ERR_FOLDER_IN_USE",
    });
    await first.close();
    await (await openInstallation({ dataFolder })).close();
  });
});

/** Returns the files and folders that other users can read or enter if they know the names. */
function readableByOthers(folder: string): string[] {
  if ((statSync(folder).mode & 0o001) === 0) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    const found = (statSync(path).mode & 0o077) === 0 ? [] : [path];
    return entry.isDirectory() ? [...found, ...readableByOthers(path)] : found;
  });
}

// The command's copies, in projects with the usual configurations.
import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const BIN = fileURLToPath(new URL("../bin/oauth1-percent-encoding.js", import.meta.url));
const VECTORS = fileURLToPath(new URL("../../../conformance/vectors", import.meta.url));
const README = fileURLToPath(new URL("../README.md", import.meta.url));
const TSC = join(
  dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
  "bin/tsc",
);

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "oauth1-vendored-"));
});
afterEach(() => rmSync(project, { recursive: true }));

function command(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...args], {
    cwd: project,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(project, name)), { recursive: true });
  writeFileSync(join(project, name), text);
}

function node(...args: readonly string[]): string {
  return execFileSync(process.execPath, args, { cwd: project, encoding: "utf8" });
}

describe("oauth1-percent-encoding vendor", () => {
  it.each([
    ["commonjs", false, "percent-encoding.mjs"],
    ["module", false, "percent-encoding.js"],
    ["commonjs", true, "percent-encoding.mts"],
    ["module", true, "percent-encoding.ts"],
  ])(
    'copies one file that loads in a project of "type": "%s", TypeScript: %s',
    (type, hasTypes, name) => {
      write("package.json", JSON.stringify({ type }));
      if (hasTypes) node(TSC, "--init");
      expect(command("vendor", "src/deep")).toMatchObject({ status: 0, stderr: "" });
      expect(readdirSync(join(project, "src/deep"))).toEqual([name]);
      const text = readFileSync(join(project, "src/deep", name), "utf8");
      expect(text).toMatch(
        /^\/\/ @oauth1\/percent-encoding \d+\.\d+\.\d+\n\/\/ SPDX-License-Identifier: MIT\n\/\/ Source: https:\/\//,
      );
      expect(text).not.toMatch(/sourceMappingURL|^import /m);
      if (hasTypes) {
        // The options are those that `tsc --init` wrote.
        const used = `./src/deep/${name.replace("ts", "js")}`;
        const main = name.replace("percent-encoding", "main");
        write(
          main,
          `import { percentEncode } from "${used}"; export const text: string = percentEncode("☃ *");`,
        );
        node(TSC, "--noEmit", "--project", ".");
        write(
          main,
          `import { percentEncode } from "${used}"; export const text: number = percentEncode("☃ *");`,
        );
        expect(() => node(TSC, "--noEmit", "--project", ".")).toThrow();
      } else {
        write(
          "main.mjs",
          `import { percentEncode } from "./src/deep/${name}"; console.log(percentEncode("☃ *"));`,
        );
        expect(node("main.mjs")).toBe("%E2%98%83%20%2A\n");
      }
    },
  );

  it("copies a file for require()", () => {
    write("package.json", "{}");
    expect(command("vendor", ".", "--format", "cjs").status).toBe(0);
    write(
      "main.js",
      `const { percentDecode, PercentEncodingError } = require("./percent-encoding.cjs");
       try { percentDecode("%"); } catch (error) { console.log(error instanceof PercentEncodingError, error.code); }`,
    );
    expect(node("main.js")).toBe("true ERR_BROKEN_ESCAPE\n");
  });

  it("makes copies that pass the vectors, with the program in the README", () => {
    const programs = [...readFileSync(README, "utf8").matchAll(/^```js\n(.*?)^```$/gms)];
    expect(programs).toHaveLength(1);
    const program = programs[0]?.[1] ?? "";
    mkdirSync(join(project, "node_modules/@oauth1"), { recursive: true });
    symlinkSync(VECTORS, join(project, "node_modules/@oauth1/vectors"));
    for (const format of ["mjs", "cjs"]) {
      command("vendor", ".", "--format", format);
      write("check.mjs", program.replace("encoding.mjs", `encoding.${format}`));
      expect(node("check.mjs")).toBe("");
    }
    write(
      "percent-encoding.mjs",
      "export const percentEncode = encodeURIComponent; export const percentEncodeOctets = String;",
    );
    write("check.mjs", program);
    expect(() => node("check.mjs")).toThrow(/percent-encoding\/\S+: expected %/);
  });

  it("reports whether a copy is unchanged, changed, or of another version", () => {
    command("vendor", ".");
    const file = join(project, "percent-encoding.mjs");
    expect(command("vendor", "--check", file).status).toBe(0);
    // As Git writes it on Windows.
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll("\n", "\r\n"));
    expect(command("vendor", "--check", file)).toMatchObject({ status: 0 });

    writeFileSync(file, text.replace(/\d+\.\d+\.\d+/, "0.0.0-old"));
    expect(command("vendor", "--check", file)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("unchanged, but not @oauth1/percent-encoding"),
    });
    // An old copy is replaced; a copy with local changes is not.
    expect(command("vendor", ".").status).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(text);
    appendFileSync(file, "// mine\n");
    expect(command("vendor", "--check", file)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("changed after it was copied"),
    });
    expect(command("vendor", ".")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("has local changes"),
    });
    expect(readFileSync(file, "utf8")).toBe(`${text}// mine\n`);
  });

  it("checks each copy in a folder", () => {
    command("vendor", "src", "--format", "ts");
    command("vendor", "src", "--format", "cjs");
    expect(command("vendor", "--check", "src/")).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(
        /percent-encoding\.ts: unchanged.*\n.*encoding\.cjs: unchanged/,
      ),
    });
    appendFileSync(join(project, "src/percent-encoding.ts"), "// mine\n");
    expect(command("vendor", "--check", "src/")).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/percent-encoding\.ts: changed.*\n.*encoding\.cjs: unchanged/),
    });
  });

  it.each([
    [[], /Usage:/],
    [["vendor"], /Usage:/],
    [["copy", "src"], /Usage:/],
    [["vendor", "a", "b"], /Usage:/],
    [
      ["vendor", "src", "--format", "exe"],
      /--format must be one of ts, mts, js, mjs, cjs, not exe/,
    ],
    [["vendor", "--check", "nothing.mjs"], /nothing\.mjs does not exist/],
    [["vendor", "--check", "."], /\. contains no copy, such as percent-encoding\.js/],
    [["vendor", "--force", "src"], /'--force'/],
  ])("reports wrong usage for %j", (args, message) => {
    expect(command(...args)).toMatchObject({ status: 2, stderr: expect.stringMatching(message) });
    expect(readdirSync(project)).toEqual([]);
  });
});

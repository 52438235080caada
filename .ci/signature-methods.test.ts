// Only @oauth1/signature-methods defines signature methods: no other source depends on a method's
// name, or has a list of methods. The same applies to the comparison in constant time.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { signatureMethodNames } from "../packages/signature-methods/dist/registry.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** The beginning of a path, and the reason why files below it can name methods. */
const EXCEPTIONS: readonly (readonly [path: string, reason: string])[] = [
  ["packages/signature-methods/", "the methods themselves"],
  ["packages/benchmarks/", "hand-written requests, for other libraries too"],
  ["packages/fuzzing/src/targets/json-lines.ts", "a line that another program writes"],
  ["packages/installation/project/", "what users of the packages write"],
  ["conformance/implementations/", "other implementations"],
  ["conformance/mutants/src/mutants.ts", "mistakes in one method only"],
  [
    "conformance/mutants/src/stepwise.ts",
    "builds a name from the hash function that a mutant changes",
  ],
  ["conformance/properties/src/properties/hmac-sha1.ts", "a topic of its own in the vectors"],
  ["conformance/properties/src/arbitraries/request.ts", "requests to sign with HMAC-SHA1"],
  ["conformance/runner/src/topic-steps.ts", "the topic hmac-sha1 of the vectors names no method"],
  ["conformance/runner/src/probe/probes.ts", "a method that no server supports"],
  ["packages/console/screenshots.mjs", "a request to look at"],
  ["packages/console/web/src/inspector/example.ts", "a request of RFC 5849 as it is printed"],
  ["packages/console/web/src/applications/application-fields.ts", "what the form selects at first"],
  ["conformance/runner/src/pairwise/pair-requests.ts", "requests of real APIs, by a method each"],
  ["conformance/mutants/src/sections.ts", "statements of RFC 5849 in a documentation page"],
];

/** Each server decides which methods it accepts, so a new method must not be added by itself. */
const ACCEPTING = [
  "packages/api-keys/src/accepted-methods.ts",
  "packages/benchmarks/src/timing-process.mjs",
];

const files = ["packages", "conformance"]
  .flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: "utf8" }).map(
      (file) => `${folder}/${file}`,
    ),
  )
  .filter(
    (file) =>
      /\.(tsx?|m?js)$/.test(file) &&
      !/(^|\/)(node_modules|build|dist|test|newer-clients)\//.test(file),
  );

/** A source without its comments. */
function codeOf(file: string): string {
  return readFileSync(`${root}${file}`, "utf8").replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
}

function linesWith(pattern: RegExp, excepted: readonly string[]): string[] {
  return files
    .filter((file) => !excepted.some((path) => file.startsWith(path)))
    .flatMap((file) =>
      codeOf(file)
        .split("\n")
        .filter((line) => pattern.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
}

describe("signature methods", () => {
  // A text or a pattern that begins with a name or with the common part of several: "RSA-".
  const starts = new Set(signatureMethodNames.map((name) => name.replace(/-.*$/, "-")));
  const named = new RegExp(`["'\`/^|(](?:${[...starts].join("|")})`);

  it("are named in one package only", () => {
    expect(files.length).toBeGreaterThan(300);
    const excepted = EXCEPTIONS.map(([path]) => path);
    expect(linesWith(named, excepted)).toEqual([]);
  });

  it("are named by every exception", () => {
    for (const [path] of EXCEPTIONS) {
      const below = files.filter((file) => file.startsWith(path));
      expect(
        below.some((file) => named.test(codeOf(file))),
        path,
      ).toBe(true);
    }
  });

  it("are listed in one package only", () => {
    const method = /from "@oauth1\/signature-methods\/(?:sync\/)?(?:hmac|rsa|plaintext)/g;
    const listing = files.filter(
      (file) =>
        !file.startsWith("packages/signature-methods/") &&
        (codeOf(file).match(method)?.length ?? 0) > 1,
    );
    expect(listing.filter((file) => !ACCEPTING.includes(file))).toEqual([]);
  });

  it("are all offered by the commands", () => {
    const oauth1 = (words: readonly string[], input = "") =>
      execFileSync(process.execPath, [`${root}packages/cli/bin/oauth1.js`, ...words], {
        input,
        encoding: "utf8",
      });
    const help = oauth1(["sign", "--help"]).replace(/\s+/g, " ");
    const choices = /--method <name>[^(]*\(choices: (.*?), default/.exec(help)?.[1];
    expect(choices?.replaceAll('"', "").split(", ")).toEqual(signatureMethodNames);
    const description = JSON.parse(oauth1(["signer"], '{"id":1,"command":"describe"}\n'));
    expect(description.signatureMethods).toEqual(signatureMethodNames);
  });
});

it("only one package compares secrets in constant time", () => {
  const exceptions = ["packages/hmac-sha1/src/constant-time-node.ts"];
  expect(linesWith(/timingSafeEqual|isSameText/, exceptions)).toEqual([]);
});

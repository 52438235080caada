// The code blocks of all hand-written and generated texts, and the tests that run them.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

export interface CodeBlock {
  readonly file: string;
  readonly line: number;
  /** The text after the fence, such as `js call.mjs`. */
  readonly info: string;
  readonly code: string;
}

export function codeBlocks(): CodeBlock[] {
  return execFileSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" })
    .trim()
    .split("\n")
    .flatMap((file) => {
      const text = readFileSync(root + file, "utf8");
      return Array.from(
        text.matchAll(/^( *)```([^\n]*)\n(.*?)^\1```$/gms),
        ({ index, 1: indent = "", 2: info = "", 3: code = "" }) => ({
          file,
          line: text.slice(0, index).split("\n").length,
          info: info.trim(),
          // A block in a list is indented.
          code: indent === "" ? code : code.replaceAll(`\n${indent}`, "\n").slice(indent.length),
        }),
      );
    });
}

/** The test that runs the blocks of some texts. */
export interface Runner {
  readonly file: RegExp;
  readonly info: RegExp;
  /** The test, which must name the text or its folder, or the reason why a block is only read. */
  readonly by: { readonly test: string } | { readonly onlyRead: string };
}

export const runners: readonly Runner[] = [
  {
    file: /^\.changeset\/README\.md$/,
    info: /^md$/,
    by: { onlyRead: "an example of a changeset" },
  },
  {
    file: /^(README|(packages|conformance)\/.*README|docs\/.*)\.md$/,
    info: /^ts$/,
    by: { test: ".ci/examples.test.ts" },
  },
  { file: /^README\.md$/, info: /^js$/, by: { test: ".ci/follow-the-pages.test.ts" } },
  {
    file: /^docs\/recipes\//,
    info: /^ts recipe$/,
    by: { test: "packages/recipes/test/recipes.test.ts" },
  },
  {
    file: /^docs\/migration\//,
    info: /^\w+ (new|old|wrong)$/,
    by: { test: "packages/recipes/test/migration.test.ts" },
  },
  {
    file: /^docs\/vectors-from-your-language\//,
    info: / /,
    by: { test: "packages/recipes/test/languages.test.ts" },
  },
  {
    file: /^docs\/verify-your-signer\.md$/,
    info: /^(sh|text) (archive|submodule|subtree|checksums|check|citation)$/,
    by: { test: "packages/recipes/test/verify-your-signer.test.ts" },
  },
  {
    file: /^docs\/(guides\/(call-an-api|protect-an-api|take-one-primitive)|reference\/schemas|verify-your-signer)\.md$/,
    info: /^(\w+ (?!(?:archive|submodule|subtree|checksums|check|citation)$)\S+|sh)$/,
    by: { test: ".ci/follow-the-pages.test.ts" },
  },
  {
    file: /^docs\/guides\/(http-clients|frameworks|lti)\.md$/,
    info: /^(js \S+|text output)$/,
    by: { test: "packages/recipes/test/guides.test.ts" },
  },
  {
    file: /^docs\/guides\/(many-processes|proxies-and-serverless)\.md$/,
    info: /^(js|nginx) \S+$/,
    by: { test: "packages/verifier/test/guides.test.ts" },
  },
  {
    file: /^docs\/guides\/offer-oauth-1\.md$/,
    info: /^((js|diff) \S+|text (allowed|denied))$/,
    by: { test: "packages/provider/test/guide.test.ts" },
  },
  {
    file: /^docs\/reference\/cli\.md$/,
    info: /^text$/,
    by: { test: ".ci/cli-reference.test.ts" },
  },
  {
    file: /^docs\/reference\/protocol\.md$/,
    info: /^json$/,
    by: { test: ".ci/protocol-reference.test.ts" },
  },
  {
    file: /^CONTRIBUTING\.md$/,
    info: /^(diff|js|json|md|python|sh|text|ts)$/,
    by: { test: ".ci/contributing.test.ts" },
  },
  {
    file: /^docs\/run-the-console\.md$/,
    info: /^(sh|ini|dockerfile)$/,
    by: { test: ".ci/run-the-console.test.ts" },
  },
  {
    file: /^docs\/run-the-console\.md$/,
    info: /^(nginx|caddyfile|haproxy)$/,
    by: { test: "packages/console/test/tls-proxies.test.ts" },
  },
  {
    file: /^conformance\/README\.md$/,
    info: /^(json|jsonc|python)$/,
    by: { test: "conformance/runner/test/readme.test.ts" },
  },
  {
    file: /^conformance\/README\.md$/,
    info: /^yaml$/,
    by: { test: ".ci/conformance-action.test.ts" },
  },
  {
    file: /^conformance\/vectors\/README\.md$/,
    info: /^python$/,
    by: { test: "conformance/runner/test/pages.test.ts" },
  },
  {
    file: /^packages\/percent-encoding\/README\.md$/,
    info: /^js$/,
    by: { test: "packages/percent-encoding/test/vendor.test.ts" },
  },
  {
    file: /^packages\/verifier\/README\.md$/,
    info: /^sql$/,
    by: { onlyRead: "the table that the nonce store creates by itself" },
  },
  {
    file: /^(conformance|packages\/cli)\/README\.md$/,
    info: /^text$/,
    by: { onlyRead: "the output of the command above" },
  },
  {
    file: /^conformance\/README\.md$/,
    info: /^markdown$/,
    by: { onlyRead: "a badge with an address of the reader" },
  },
];

export function runnersOf({ file, info }: CodeBlock): Runner[] {
  return runners.filter((runner) => runner.file.test(file) && runner.info.test(info));
}

// docs/installation.md, from the results of a run.
import { markdownTable } from "@oauth1/runtimes/dist/markdown-table.js";
import { bundlers } from "./bundlers.mjs";
import { entryPoints, packageNames } from "./entry-points.mjs";
import { settings } from "./typescript.mjs";

/** The Markdown of the page. */
export function page(results, date) {
  return [
    "# Installation",
    "",
    "This page shows in which runtimes, compilers and bundlers the packages work.",
    `\`npm run installation\` wrote it on ${date}. The command packs the ${packageNames.length} packages, installs them`,
    "with npm into an empty project outside the repository, and uses them as you would.",
    "[installation](../packages/installation/README.md) describes how it works. `npm run test:packages` fails if a result",
    "differs from this page.",
    "",
    "## Runtimes",
    "",
    `The packages have ${entryPoints.length} entry points. The test loads each by its name and uses it once: a signer signs the`,
    "request of RFC 5849 §1.2, an adapter of a client sends a request that a server verifies, the console starts",
    "and serves its page. _Commands_ says whether every command of the packages starts.",
    "",
    ...runtimeTable(results.runtimes),
    "",
    "The packages are ES modules. A CommonJS file loads them with `require` in Node 20.19 and later, and in",
    "Node 22.12 and later. In Node 22.0 to 22.11, use `import()`.",
    "",
    ...limitsOf(results.runtimes),
    "## TypeScript",
    "",
    "The test compiles a program that imports every entry point, with `strict` and without `skipLibCheck`. Errors in the declarations",
    "of other libraries do not count: set `skipLibCheck` for `@oauth1/api-keys`, `@oauth1/console`, `@oauth1/provider/sql` and `@oauth1/storage`, because",
    "drizzle-orm declares types of databases that are not installed.",
    "",
    ...compilerTable(results.compilers),
    "",
    "The oldest supported version is 5.7, the first with `Uint8Array<ArrayBuffer>`. TS1479 means that TypeScript",
    "does not support `require` of ES modules: in CommonJS files, use TypeScript 5.8 or later and `nodenext`.",
    "",
    "## Bundlers and workers",
    "",
    "The test bundles a file with `createSigner` and `signedFetch`, which must send the signature of RFC 5849 §1.2.",
    "",
    ...bundleTable(results),
    "",
    "## Size of one function",
    "",
    "The table shows the size of a bundle with one function, and with everything that its entry point exports: minified and",
    "compressed with gzip, in bytes. _Everything_ is an object with all exports (`import * as`), so it can be some bytes larger",
    "than the size in the README of the package.",
    "",
    ...functionTable(results.functions),
    "",
  ].join("\n");
}

/**
 * The page without the parts that differ between runs: the date, the version of the browser,
 * and sizes.
 */
export function comparable(text) {
  return text.replace(/on \d{4}-\d\d-\d\d\./, "on …").replace(/^## Size of one function$.*/ms, "");
}

function runtimeTable(rows) {
  const head = ["runtime", "version", "`import`", "`require`", "commands"];
  const of = ({ works }) => (works === 0 ? "no" : `${works} of ${entryPoints.length}`);
  return markdownTable(
    head,
    rows.map(({ runtime, version, imported, required, failing }) => {
      if (version === undefined) return [runtime.name, "not installed"];
      const commands = runtime.isNode ? (failing.length === 0 ? "all" : failing.join(", ")) : "";
      return [runtime.name.split(" ")[0], version, of(imported), of(required), commands];
    }),
  );
}

function limitsOf(rows) {
  const limits = rows.flatMap(({ runtime: { limits = {} } }) =>
    [...new Set(Object.values(limits))].map((reason) => {
      const names = Object.keys(limits).filter((name) => limits[name] === reason);
      return `- ${names.map((name) => `\`${name}\``).join(", ")}: ${reason}.`;
    }),
  );
  return limits.length === 0 ? [] : ["What does not work:", "", ...limits, ""];
}

function compilerTable(rows) {
  const head = ["TypeScript", ...settings.map(({ name }) => name)];
  return markdownTable(
    head,
    rows.map(({ compiler, errors }) => [
      compiler.version,
      ...errors.map(
        (codes) => [...new Set(codes.map((code) => code.slice(0, 6)))].join(", ") || "yes",
      ),
    ]),
  );
}

function bundleTable({ bundles, worker }) {
  const outcome = (sent) => (sent === undefined ? "not installed" : sent.isRight ? "yes" : "no");
  return markdownTable(
    ["bundler", "version", "runs in", "sends the right signature"],
    [
      ...bundles.map(({ bundler, sent }) => [
        bundler.name,
        bundler.version,
        "Chromium",
        outcome(sent),
      ]),
      ["esbuild", bundlers[0].version, `workerd ${worker.version}`, outcome(worker.sent)],
    ],
  );
}

function functionTable(rows) {
  const number = (bytes) => bytes.toLocaleString("en");
  return markdownTable(
    ["entry point", "function", ...bundlers.flatMap(({ name }) => [name, "everything"])],
    rows.map(({ used, sizes }) => [
      `\`${used.specifier}\``,
      `\`${used.name}\``,
      ...sizes.flatMap(({ one, all }) => [number(one), number(all)]),
    ]),
  );
}

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { VectorFile } from "@oauth1/conformance";
import { build, type Plugin } from "esbuild";
import type { SignedRequest } from "./signed-requests.js";

/** The way in which a runtime resolves and calls a bundle. */
export interface Target {
  /** The conditions of `exports` and `imports` that the runtime itself uses. */
  readonly conditions: readonly string[];
  /** True if it has the `node:` modules that the conformance suite uses. */
  readonly hasNodeModules: boolean;
  /** The file of `hosts` that calls the entry. */
  readonly host: "command" | "worker" | "page";
}

/** The data in every bundle. */
export interface BundledData {
  readonly vectors: readonly VectorFile[];
  readonly signedRequests: readonly SignedRequest[];
}

export interface Bundle {
  /** One ES module. */
  readonly code: string;
  /** The files of @oauth1/hmac-sha1 that the conditions selected. */
  readonly platformFiles: readonly string[];
}

/** A file of this package with the function `run`. */
export type Entry = "check-packages" | "signed-fetch" | "measure-primitives";

/** Bundles an entry with its imports and data for one runtime. */
export async function bundle(
  target: Target,
  entry: Entry,
  data: BundledData = { vectors: [], signedRequests: [] },
): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: [fileURLToPath(new URL(`hosts/${target.host}.js`, import.meta.url))],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    // Neither Node nor browser: only the conditions decide, and these packages cannot import from
    // Node if the runtime does not have it.
    platform: "neutral",
    conditions: [...target.conditions],
    mainFields: ["module", "main"],
    target: "es2022",
    external: target.hasNodeModules ? ["node:*"] : [],
    plugins: [
      modulePlugin("bundled:run", `${entry}.js`),
      modulePlugin("bundled:primitives", "../../benchmarks/src/primitives.mjs"),
      dataPlugin(data),
      ...(target.hasNodeModules ? [standInPlugin(ALWAYS)] : [standInPlugin(WITHOUT_NODE), buffer]),
    ],
    logLevel: "silent",
  });
  const [output] = Object.values(metafile.outputs);
  const imported = output?.imports.map(({ path }) => path) ?? [];
  if (!target.hasNodeModules && imported.length > 0) {
    throw new Error(`a bundle without Node must not import ${imported.join(", ")}`);
  }
  return {
    code: outputFiles[0]?.text ?? "",
    platformFiles: Object.keys(output?.inputs ?? {})
      .filter((file) => /hmac-sha1\/dist\/platform-\w+\.js$/.test(file))
      .map((file) => basename(file)),
  };
}

/** Files of this package that replace modules in a folder of the suite. */
const ALWAYS: Readonly<Record<string, string>> = {
  "runner/dist/own, node:module": "stand-ins/node-module.js",
};
const WITHOUT_NODE: typeof ALWAYS = {
  ...ALWAYS,
  "runner, node:util": "stand-ins/node-util.js",
  "properties, node:util": "stand-ins/node-util.js",
  "properties, node:crypto": "stand-ins/node-crypto.js",
};

/** A module of another name: `bundled:run` is the one from which hosts import `run`. */
function modulePlugin(name: string, file: string): Plugin {
  const path = fileURLToPath(new URL(file, import.meta.url));
  return {
    name,
    setup({ onResolve }) {
      onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path }));
    },
  };
}

/** The other modules named `bundled:`. */
function dataPlugin({ vectors, signedRequests }: BundledData): Plugin {
  const modules: Readonly<Record<string, unknown>> = {
    "bundled:vectors": vectors,
    "bundled:signed-requests": signedRequests,
    "bundled:signer-version": createRequire(import.meta.url)("@oauth1/signer/package.json").version,
  };
  return {
    name: "data",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^bundled:/ }, ({ path }) => ({ path, namespace: "data" }));
      onLoad({ filter: /^/, namespace: "data" }, ({ path }) => ({
        contents: JSON.stringify(modules[path]),
        loader: "json",
      }));
    },
  };
}

/**
 * Replacements for the suite only: other files keep their imports of Node. Modules of Node that
 * only unused parts of the suite import are removed with those parts.
 */
function standInPlugin(standIns: typeof ALWAYS): Plugin {
  return {
    name: "stand-ins",
    setup({ onResolve }) {
      onResolve({ filter: /^node:/ }, ({ path, importer }) => {
        const folder = ofTheSuite.exec(importer)?.[1];
        if (folder === undefined) return undefined;
        const file = standIns[`${folder}, ${path}`];
        return file === undefined
          ? { path, external: true, sideEffects: false }
          : { path: fileURLToPath(new URL(file, import.meta.url)) };
      });
    },
  };
}

/** Provides the global Buffer to the suite's files only. */
const buffer: Plugin = {
  name: "buffer",
  setup({ onLoad }) {
    const standIn = fileURLToPath(new URL("stand-ins/buffer.js", import.meta.url));
    onLoad({ filter: /\.js$/ }, ({ path }) =>
      ofTheSuite.test(path)
        ? {
            contents: `import { Buffer } from ${JSON.stringify(standIn)};\n${readFileSync(path, "utf8")}`,
            loader: "js",
          }
        : undefined,
    );
  },
};

/** Matches the files of the suite and captures their folder. */
const ofTheSuite = /[\\/]conformance[\\/](runner[\\/]dist[\\/]own|runner|properties)[\\/]/;

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { VectorFile } from "@oauth1/conformance";
import { build, type Plugin } from "esbuild";
import type { SignedRequest } from "./signed-requests.js";

/** How a runtime resolves and calls what it runs. */
export interface Target {
  /** The conditions of `exports` and `imports` that the runtime itself goes by. */
  readonly conditions: readonly string[];
  /** Whether it has the `node:` modules that the conformance suite uses. */
  readonly hasNodeModules: boolean;
  /** What calls the entry: a file of `hosts`. */
  readonly host: "command" | "worker" | "page";
}

/** What every bundle holds besides code. */
export interface BundledData {
  readonly vectors: readonly VectorFile[];
  readonly signedRequests: readonly SignedRequest[];
}

export interface Bundle {
  /** One ES module. */
  readonly code: string;
  /** The files of @oauth1/hmac-sha1 that the conditions have chosen between. */
  readonly platformFiles: readonly string[];
}

/** What a runtime is to run: a file of this package with the function `run`. */
export type Entry = "check-packages" | "signed-fetch";

/** Bundles an entry with all that it imports, and data, for one runtime. */
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
    // Neither Node nor browser: only the conditions choose, and where there is no Node, these
    // packages cannot import from it.
    platform: "neutral",
    conditions: [...target.conditions],
    mainFields: ["module", "main"],
    target: "es2022",
    external: target.hasNodeModules ? ["node:*"] : [],
    plugins: [
      entryPlugin(entry),
      dataPlugin(data),
      ...(target.hasNodeModules ? [standInPlugin(ALWAYS)] : [standInPlugin(WITHOUT_NODE), buffer]),
    ],
    logLevel: "silent",
  });
  const [output] = Object.values(metafile.outputs);
  const imported = output?.imports.map(({ path }) => path) ?? [];
  if (!target.hasNodeModules && imported.length > 0) {
    throw new Error(`bundled for no Node, and imports ${imported.join(", ")}`);
  }
  return {
    code: outputFiles[0]?.text ?? "",
    platformFiles: Object.keys(output?.inputs ?? {})
      .filter((file) => /hmac-sha1\/dist\/platform-\w+\.js$/.test(file))
      .map((file) => basename(file)),
  };
}

/** Files of this package in the place of modules that a folder of the suite imports. */
const ALWAYS: Readonly<Record<string, string>> = {
  "runner/dist/own, node:module": "stand-ins/node-module.js",
};
const WITHOUT_NODE: typeof ALWAYS = {
  ...ALWAYS,
  "runner, node:util": "stand-ins/node-util.js",
  "properties, node:util": "stand-ins/node-util.js",
  "properties, node:crypto": "stand-ins/node-crypto.js",
};

/** The module that hosts import `run` from. */
function entryPlugin(entry: Entry): Plugin {
  const path = fileURLToPath(new URL(`${entry}.js`, import.meta.url));
  return {
    name: "entry",
    setup({ onResolve }) {
      onResolve({ filter: /^bundled:run$/ }, () => ({ path }));
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
 * Stand-ins for the suite alone: what any other file imports of Node is left as it is. Modules of
 * Node that only unused parts of the suite import go with those parts.
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

/** Gives the global Buffer to the suite's files and to no other file. */
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

/** Files of the suite, and the folder that they are in. */
const ofTheSuite = /[\\/]conformance[\\/](runner[\\/]dist[\\/]own|runner|properties)[\\/]/;

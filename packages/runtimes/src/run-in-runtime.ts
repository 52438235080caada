import { loadVectors } from "@oauth1/conformance";
import { properties } from "@oauth1/properties";
import { type BundledData, bundle } from "./bundle.js";
import type { RunOptions, RuntimeReport } from "./runtime-report.js";
import type { Runtime } from "./runtimes.js";
import { makeSignedRequests } from "./signed-requests.js";

/** A report, and what only the outside knows. */
export interface RuntimeRun extends RuntimeReport {
  /** The files of @oauth1/hmac-sha1 in the bundle. */
  readonly platformFiles: readonly string[];
  /** From before the start of the runtime to the end of its run, bundling apart. */
  readonly seconds: number;
}

/** How many there are of what a report counts. */
export interface Totals {
  readonly vectors: number;
  readonly properties: number;
  readonly methods: number;
}

/** All vectors, and requests signed with keys of this moment. */
export function makeData(): BundledData {
  return { vectors: loadVectors(), signedRequests: makeSignedRequests() };
}

/** What a report that has left nothing out counts. */
export function totalsOf({ vectors, signedRequests }: BundledData): Totals {
  return {
    vectors: vectors.reduce((sum, file) => sum + file.vectors.length, 0),
    properties: properties.length,
    // The three HMAC methods stand beside Web Crypto too.
    methods: signedRequests.length + 3,
  };
}

/** Bundles for a runtime, starts it, and ends it. */
export async function runInRuntime(
  runtime: Runtime,
  data: BundledData,
  options: RunOptions,
): Promise<RuntimeRun> {
  const bundled = await bundle(runtime, "check-packages", data);
  const start = performance.now();
  const report = (await runtime.run(bundled, options)) as RuntimeReport;
  const seconds = (performance.now() - start) / 1000;
  const version = await runtime.version?.();
  return {
    ...report,
    runtime: { ...report.runtime, ...(version !== undefined && { version }) },
    platformFiles: bundled.platformFiles,
    seconds,
  };
}

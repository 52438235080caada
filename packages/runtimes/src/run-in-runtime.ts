import { loadVectors } from "@oauth1/conformance";
import { properties } from "@oauth1/properties";
import { type BundledData, bundle } from "./bundle.js";
import type { RunOptions, RuntimeReport } from "./runtime-report.js";
import type { Runtime } from "./runtimes.js";
import { makeSignedRequests } from "./signed-requests.js";

/** A report, and measurements from outside the runtime. */
export interface RuntimeRun extends RuntimeReport {
  /** The files of @oauth1/hmac-sha1 in the bundle. */
  readonly platformFiles: readonly string[];
  /** From before the start of the runtime to the end of its run, without bundling. */
  readonly seconds: number;
}

/** The expected totals of a report. */
export interface Totals {
  readonly vectors: number;
  readonly properties: number;
  readonly methods: number;
}

/** All vectors, and requests signed with new keys. */
export function makeData(): BundledData {
  return { vectors: loadVectors(), signedRequests: makeSignedRequests() };
}

/** The totals of a complete report. */
export function totalsOf({ vectors, signedRequests }: BundledData): Totals {
  return {
    vectors: vectors.reduce((sum, file) => sum + file.vectors.length, 0),
    properties: properties.length,
    // The three HMAC methods are also compared with Web Crypto.
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

// Runs inside each runtime for the benchmark of the primitives.
import { measurePrimitives } from "bundled:primitives";
import { describeRuntime } from "./describe-runtime.js";
import type { RuntimeDescription } from "./runtime-report.js";

/** The results of one runtime. Plain JSON data. */
export interface PrimitivesReport {
  readonly runtime: RuntimeDescription;
  readonly rows: readonly PrimitiveResult[];
}

/** How many times as fast these packages are as the reference. */
export interface PrimitiveResult {
  readonly name: string;
  readonly reference: string;
  readonly times: number;
  readonly goal: number;
}

/** Measures encoding, base strings and header parsing in the runtime that calls this function. */
export async function run(): Promise<PrimitivesReport> {
  const results = await measurePrimitives();
  return {
    runtime: await describeRuntime(),
    rows: results.map(({ name, reference, times, goal }) => ({ name, reference, times, goal })),
  };
}

import type { Result } from "@oauth1/conformance";

/** The options of a run. */
export interface RunOptions {
  /** Seed of the random cases. */
  readonly seed: number;
  /** Random cases for each property. */
  readonly cases: number;
}

/** The result of one vector, one property or one signed request. */
export type Check = Pick<Result, "id" | "outcome" | "input" | "expected" | "received">;

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly unsupported: number;
}

/** The runtime's name and version. */
export interface RuntimeDescription {
  readonly name: string;
  /** Absent for workerd, which does not expose its version. */
  readonly version?: string;
  /** True if one of Node's globals, `Buffer` and `process`, exists. */
  readonly hasNodeGlobals: boolean;
}

/** The report of a runtime. Plain JSON data. */
export interface RuntimeReport {
  readonly runtime: RuntimeDescription;
  readonly vectors: Counts;
  readonly properties: Counts;
  /** The seven signature methods: signed requests, and HMAC compared with Web Crypto. */
  readonly methods: Counts;
  readonly failures: readonly Check[];
}

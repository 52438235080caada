import type { Result } from "@oauth1/conformance";

/** How a run is done. */
export interface RunOptions {
  /** Seed of the random cases. */
  readonly seed: number;
  /** Random cases for each property. */
  readonly cases: number;
}

/** What came of one vector, one property or one signed request. */
export type Check = Pick<Result, "id" | "outcome" | "input" | "expected" | "received">;

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly unsupported: number;
}

/** What a runtime says of itself. */
export interface RuntimeDescription {
  readonly name: string;
  /** workerd tells none from the inside. */
  readonly version?: string;
  /** Whether one of Node's globals, `Buffer` and `process`, is there. */
  readonly hasNodeGlobals: boolean;
}

/** What comes out of a runtime. Plain JSON data. */
export interface RuntimeReport {
  readonly runtime: RuntimeDescription;
  readonly vectors: Counts;
  readonly properties: Counts;
  /** The seven signature methods: signed requests, and HMAC beside Web Crypto. */
  readonly methods: Counts;
  readonly failures: readonly Check[];
}

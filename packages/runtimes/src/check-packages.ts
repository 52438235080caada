// Runs inside every runtime for vectors and properties. It uses only features of every runtime: the
// conformance suite's imports of Node are replaced in the bundle (bundle.ts).

import signedRequests from "bundled:signed-requests";
import vectors from "bundled:vectors";
import { oauth1Implementation, runProperties, runVectors } from "@oauth1/conformance";
import { checkByWebCrypto } from "./by-web-crypto.js";
import { checkSignedRequests } from "./check-signed-requests.js";
import { describeRuntime } from "./describe-runtime.js";
import type { Check, Counts, RunOptions, RuntimeReport } from "./runtime-report.js";

/** Runs all vectors and properties on these packages, in the runtime that calls this function. */
export async function run({ seed, cases }: RunOptions): Promise<RuntimeReport> {
  const implementation = oauth1Implementation();
  const ofVectors = await runVectors(implementation, vectors);
  const ofProperties = await runProperties(implementation, { seed, cases });
  const ofMethods = [
    ...(await checkSignedRequests(implementation, signedRequests)),
    ...(await checkByWebCrypto(implementation, { seed, cases })),
  ];
  return {
    runtime: await describeRuntime(),
    vectors: counted(ofVectors),
    properties: counted(ofProperties),
    methods: counted(ofMethods),
    failures: [...ofVectors, ...ofProperties, ...ofMethods].filter(({ outcome }) =>
      isFailure(outcome),
    ),
  };
}

function counted(checks: readonly Check[]): Counts {
  const count = (counts: (outcome: Check["outcome"]) => boolean) =>
    checks.filter(({ outcome }) => counts(outcome)).length;
  return {
    passed: count((outcome) => outcome === "passed"),
    failed: count(isFailure),
    unsupported: count((outcome) => outcome === "unsupported"),
  };
}

function isFailure(outcome: Check["outcome"]): boolean {
  return outcome === "failed" || outcome === "error";
}

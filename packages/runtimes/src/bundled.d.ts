// The modules that the bundler adds to every bundle: the entry, and data as JSON.

declare module "bundled:vectors" {
  const vectors: readonly import("@oauth1/conformance").VectorFile[];
  export default vectors;
}

declare module "bundled:signed-requests" {
  const signedRequests: readonly import("./signed-requests.js").SignedRequest[];
  export default signedRequests;
}

declare module "bundled:signer-version" {
  const version: string;
  export default version;
}

declare module "bundled:run" {
  /** Options and result are plain JSON data, which the entry defines. */
  // biome-ignore lint/suspicious/noExplicitAny: each entry has its own
  export function run(options: any): Promise<object>;
}

declare module "bundled:primitives" {
  /** Of packages/benchmarks: how many times as fast each primitive is as its reference. */
  export function measurePrimitives(): Promise<
    { name: string; reference: string; times: number; goal: number }[]
  >;
}

// What the bundler puts into every bundle, as JSON.

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

/**
 * Our own implementation for the conformance protocol. The build bundles what this file imports, so
 * that `oauth1 signer` works without the conformance suite.
 */
export { oauth1Implementation, serveImplementation } from "@oauth1/conformance";

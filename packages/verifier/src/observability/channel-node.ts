export { channel } from "node:diagnostics_channel";

/** Warns the operator of the server. */
export function warn(message: string): void {
  process.emitWarning(message, "OAuth1VerifierWarning");
}

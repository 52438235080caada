export { channel } from "node:diagnostics_channel";

/** Warns whoever runs the server. */
export function warn(message: string): void {
  process.emitWarning(message, "OAuth1VerifierWarning");
}

// Our own implementation behind the protocol.
import { oauth1Implementation, serveImplementation } from "@oauth1/conformance";

await serveImplementation(oauth1Implementation(), {
  input: process.stdin,
  output: process.stdout,
});
process.stdin.destroy();

import { Command } from "commander";

/** `oauth1 signer`: implements the conformance protocol with our own packages. */
export function signerCommand(): Command {
  return new Command("signer")
    .description("answer the conformance protocol on standard input and output")
    .addHelpText(
      "after",
      `
Reads one JSON object per line, and answers each with one line, until {"command":"stop"} or the end of input.

Examples:
  $ echo '{"id":1,"command":"describe"}' | oauth1 signer
  $ echo '{"id":2,"command":"percent-encode","text":"a b"}' | oauth1 signer`,
    )
    .action(async () => {
      const { oauth1Implementation, serveImplementation } = await import("./signer.js");
      const { stdin: input, stdout: output } = process;
      const implementation = { ...oauth1Implementation(), name: "oauth1 signer" };
      await serveImplementation(implementation, { input, output });
      // After "stop" standard input can stay open, which would keep the process running.
      input.destroy();
    });
}

import { fileURLToPath } from "node:url";
import { type Candidate, UsageError } from "@oauth1/conformance";
import { conformanceCommand } from "@oauth1/conformance/command";
import { isColoured } from "./colours.js";
import type { LoadedCommand } from "./loaded-command.js";

/** Our own implementation of the protocol, as in `oauth1 signer`. */
const signer: Candidate = {
  name: "signer",
  cases: 100,
  async open({ timeout }) {
    const { commandImplementation } = await import("@oauth1/conformance");
    const bin = fileURLToPath(new URL("../bin/oauth1.js", import.meta.url));
    return commandImplementation(process.execPath, [bin, "signer"], { timeout });
  },
};

/** `oauth1 conformance`: the commands of the conformance suite. */
export function conformance(): LoadedCommand {
  return {
    command: conformanceCommand({ besides: [signer], isColoured }),
    isExpected: (error) => error instanceof UsageError,
  };
}

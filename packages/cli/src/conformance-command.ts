import { fileURLToPath } from "node:url";
import type { Candidate } from "@oauth1/conformance";
import { conformanceCommand as mountedCommand } from "@oauth1/conformance/command";
import type { Command } from "commander";
import { isColoured } from "./colours.js";

/** Our own implementation over the protocol: what `oauth1 signer` answers. */
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
export function conformanceCommand(): Command {
  return mountedCommand({ besides: [signer], isColoured });
}

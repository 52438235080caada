import { printableJson } from "@oauth1/printable";
import { Command } from "commander";
import { colours } from "./colours.js";
import { CREDENTIALS_HELP } from "./credentials.js";
import { explanation } from "./explanation.js";
import { formatExplanation } from "./format-explanation.js";
import { addRequestOptions, signGiven } from "./request-options.js";
import { RFC_EXAMPLE_NOTE, rfcExample } from "./rfc-example.js";
import { UsageError } from "./usage-error.js";

/** `oauth1 explain`: takes the options of `sign` and shows every step. */
export function explainCommand(): Command {
  const command = new Command("explain")
    .description("show every step from a request to its signature")
    .argument("[url]", "absolute http or https URL, percent-encoded, as it is sent");
  return addRequestOptions(command)
    .option("--rfc-example", "explain the request of RFC 5849 §3.1; needs no other option")
    .option("--json", "print the steps as JSON")
    .addHelpText(
      "after",
      `${CREDENTIALS_HELP}

Secrets are masked in every output. oauth1 diagnose explains a signature that you received.

Examples:
  $ oauth1 explain --rfc-example
  $ oauth1 explain --credentials key.json "https://photos.example.net/photos?size=original"
  $ oauth1 explain --credentials key.json -d a=1 --json https://photos.example.net/ | less`,
    )
    .action(async (url: string | undefined, options: { json?: boolean }, self: Command) => {
      const steps = await explained(url, self);
      const text = options.json ? printableJson(steps, 2) : formatExplanation(steps, colours());
      process.stdout.write(`${text}\n`);
    });
}

async function explained(url: string | undefined, command: Command) {
  const { rfcExample: isRfcExample } = command.opts();
  if (!isRfcExample) {
    if (url === undefined) throw new UsageError("pass the URL to explain, or --rfc-example");
    return explanation(await signGiven(url, command));
  }
  const others = Object.keys(command.opts()).filter(
    (name) =>
      command.getOptionValueSource(name) === "cli" && name !== "rfcExample" && name !== "json",
  );
  if (url !== undefined || others.length > 0) {
    throw new UsageError("--rfc-example can be combined only with --json");
  }
  return explanation(await rfcExample(), RFC_EXAMPLE_NOTE);
}

import { printable, printableJson } from "@oauth1/printable";
import { Command, Option } from "commander";
import { CREDENTIALS_HELP } from "./credentials.js";
import { addRequestOptions, signGiven } from "./request-options.js";
import { transmitted } from "./transmitted.js";

/** `oauth1 sign`: takes the options of curl, and prints the part that carries the signature. */
export function signCommand(): Command {
  const command = new Command("sign")
    .description("sign a request, and print the part that carries the signature")
    .argument("<url>", "absolute http or https URL, percent-encoded, as it is sent");
  return addRequestOptions(command)
    .addOption(
      new Option("--curl", "print a curl command that sends the signed request").conflicts("json"),
    )
    .option("--json", "print the signed request, its base string and its signature as JSON")
    .addHelpText(
      "after",
      `${CREDENTIALS_HELP}

Prints the Authorization header, or the URL (--transmission query), or the body (--transmission form-body).

Examples:
  $ oauth1 sign --credentials key.json "https://photos.example.net/photos?size=original"
  $ oauth1 sign --credentials key.json -d "title=Ladies+%2B+Gentlemen" https://photos.example.net/
  $ eval "$(oauth1 sign --curl --credentials key.json https://photos.example.net/photos)"`,
    )
    .action(async (url: string, options: { curl?: boolean; json?: boolean }, self: Command) => {
      const { signed, transmission } = await signGiven(url, self);
      const text = options.json
        ? printableJson(signed, 2)
        : options.curl
          ? (await import("@oauth1/client/curl")).curlCommand(signed)
          : transmitted[transmission].of(signed);
      // Another program gets exactly what was signed.
      process.stdout.write(`${process.stdout.isTTY ? printable(text) : text}\n`);
    });
}

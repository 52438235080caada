import type { CapturedRequest } from "@oauth1/captured-request";
import type { Diagnosis } from "@oauth1/diagnosis";
import { printableJson } from "@oauth1/printable";
import { Command } from "commander";
import { colours } from "./colours.js";
import { addSecretOptions, givenSecrets, secretsFromStandardInput } from "./credentials.js";
import { formatDiagnosis } from "./format-diagnosis.js";
import { parseSeconds } from "./parse-seconds.js";
import { addCapturedOptions, readRequests, requestFromStandardInput } from "./read-request.js";
import { readSource } from "./read-source.js";
import { append } from "./request-options.js";
import { requireOneReader } from "./require-one-reader.js";

interface DiagnoseOptions {
  readonly baseString?: string;
  readonly host?: readonly string[];
  readonly pathPrefix?: readonly string[];
  readonly now?: number;
  readonly timestampTolerance?: number;
  readonly json?: boolean;
}

/** `oauth1 diagnose`: takes a captured request, and says why its signature is invalid. */
export function diagnoseCommand(): Command {
  const command = new Command("diagnose").description(
    "say why the signature of a captured request is invalid, and what its signer must change",
  );
  return addSecretOptions(addCapturedOptions(command))
    .option("--base-string <file>", "file with the base string that the client prints; - for stdin")
    .option("--host <host>", "host that the client may have signed; repeatable", append)
    .option(
      "--path-prefix <path>",
      "start of the path that a gateway adds or removes, such as /api; repeatable",
      append,
    )
    .option("--now <seconds>", "compare the timestamp with this time (default: any)", parseSeconds)
    .option(
      "--timestamp-tolerance <seconds>",
      "reject a timestamp that differs more than this from --now, or from the clock (default: 300 with --now, accept any without)",
      parseSeconds,
    )
    .option("--json", "print the whole diagnosis as JSON")
    .addHelpText(
      "after",
      `
Set OAUTH1_CLIENT_SHARED_SECRET, and OAUTH1_TOKEN_SHARED_SECRET if the request has a token.
Secrets are masked in every output.

Examples:
  $ oauth1 diagnose request.txt
  $ pbpaste | oauth1 diagnose --scheme http
  $ oauth1 diagnose -- curl -X POST -H 'Authorization: OAuth …' https://photos.example.net/
  $ oauth1 diagnose --base-string printed-by-the-client.txt request.txt
  $ oauth1 diagnose --host internal.example:8080 --path-prefix /api request.txt

Exit code 1: the request is not valid.`,
    )
    .action(async (words: string[], options: DiagnoseOptions, self: Command) => {
      const diagnosis = await diagnoseGiven(words, options, self);
      const text = options.json
        ? printableJson(diagnosis, 2)
        : formatDiagnosis(diagnosis, colours());
      process.stdout.write(`${text}\n`);
      if (!diagnosis.valid) process.exitCode = 1;
    });
}

async function diagnoseGiven(
  words: readonly string[],
  options: DiagnoseOptions,
  command: Command,
): Promise<Diagnosis> {
  const { baseString, host, pathPrefix, now, timestampTolerance } = options;
  requireOneReader(
    [
      ...requestFromStandardInput(words, command),
      ...secretsFromStandardInput(command),
      baseString === "-",
    ],
    "the request, --credentials -, --public-key -, --base-string -, -H @-, --data @- and --data-binary @-",
  );
  const secrets = givenSecrets(command);
  // Removes the line break at the end of the client's output.
  const claimed =
    baseString === undefined
      ? undefined
      : readSource(baseString, "--base-string").replace(/\r?\n$/, "");
  const [first, ...others] = await readRequests(words, command);
  const { diagnose } = await import("@oauth1/diagnosis");
  const diagnoseOne = (request: CapturedRequest) =>
    diagnose(request, secrets, {
      baseString: claimed,
      hosts: host,
      pathPrefixes: pathPrefix,
      now: now ?? (timestampTolerance === undefined ? null : undefined),
      timestampTolerance,
      // The command sends nothing, so a signature cannot reveal more than before.
      allowInsecureTransport: true,
    });
  // A message with only a path does not say whether it came over TLS, but its signature does.
  return others
    .map(diagnoseOne)
    .reduce(
      (best, other) => (mistakeCount(other) < mistakeCount(best) ? other : best),
      diagnoseOne(first),
    );
}

/** The number of mistakes that explain the signature: none if it is right. */
function mistakeCount({ findings, causes: [cause] }: Diagnosis): number {
  const isRight = findings.some(({ rule, holds }) => rule === "signature" && holds);
  return isRight ? 0 : (cause?.mistakes.length ?? Number.POSITIVE_INFINITY);
}

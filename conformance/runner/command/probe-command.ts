import { writeFileSync } from "node:fs";
import { Command } from "commander";
import type { ProbeReport } from "../../http/probe/run-probes.js";
import { UsageError } from "../usage-error.js";

interface Options {
  readonly method: string;
  readonly signatureMethod: string;
  readonly clientIdentifier?: string;
  readonly tokenIdentifier?: string;
  readonly json?: boolean;
  readonly report?: string;
}

/** `probe`: drives a server that verifies. */
export function probeCommand(): Command {
  return new Command("probe")
    .description("drive a server that verifies: is what is right accepted, what is wrong refused?")
    .argument("<url>", "a resource that a rightly signed request gets")
    .option("-X, --method <method>", "GET, or POST with a form", "GET")
    .option("--signature-method <name>", "HMAC-SHA1, HMAC-SHA256 or HMAC-SHA512", "HMAC-SHA1")
    .option("--client-identifier <text>", "or OAUTH1_CLIENT_IDENTIFIER")
    .option("--token-identifier <text>", "or OAUTH1_TOKEN_IDENTIFIER")
    .option("--json", "print the report as JSON")
    .option("--report <file>", "write the report to a file, as JSON")
    .addHelpText(
      "after",
      `
The secrets come from OAUTH1_CLIENT_SHARED_SECRET and OAUTH1_TOKEN_SHARED_SECRET. Probe servers of
your own only. Exit code 1: a probe failed.`,
    )
    .action(probe);
}

async function probe(url: string, options: Options): Promise<void> {
  if (!/^https?:\/\/[^/]/i.test(url)) throw new UsageError(`${url}: not an http or https URL`);
  const { env } = process;
  const clientIdentifier = options.clientIdentifier ?? env["OAUTH1_CLIENT_IDENTIFIER"];
  const tokenIdentifier = options.tokenIdentifier ?? env["OAUTH1_TOKEN_IDENTIFIER"];
  if (clientIdentifier === undefined) throw new UsageError("the client identifier is missing");
  if (!["HMAC-SHA1", "HMAC-SHA256", "HMAC-SHA512"].includes(options.signatureMethod)) {
    throw new UsageError(`--signature-method ${options.signatureMethod}: not one of HMAC's`);
  }
  const { runProbes, hasFailedProbe } = await import("../../http/probe/run-probes.js");
  process.stderr.write(`Probing ${url}\n`);
  const report = await runProbes({
    url,
    method: options.method.toUpperCase(),
    signatureMethod: options.signatureMethod,
    client: {
      identifier: clientIdentifier,
      sharedSecret: env["OAUTH1_CLIENT_SHARED_SECRET"] ?? "",
    },
    ...(tokenIdentifier === undefined
      ? {}
      : {
          token: {
            identifier: tokenIdentifier,
            sharedSecret: env["OAUTH1_TOKEN_SHARED_SECRET"] ?? "",
          },
        }),
  });
  const json = `${JSON.stringify(report, undefined, 2)}\n`;
  if (options.report !== undefined) writeFileSync(options.report, json);
  process.stdout.write(options.json ? json : formatProbes(report));
  if (hasFailedProbe(report)) process.exitCode = 1;
}

/** The report for people: a line for each probe. */
function formatProbes({ results }: ProbeReport): string {
  const lines = results.map(({ outcome, must, section, id, sends, status, remark }) => {
    const answer = status === undefined ? "" : ` ${status}`;
    const wanted = must === "either" ? "" : `, must be ${must}${must === "accept" ? "ed" : "d"}`;
    return `${outcome.padEnd(11)}${answer.padStart(4)}  ${id} (${section}): ${sends}${wanted}${remark === undefined ? "" : `; ${remark}`}`;
  });
  const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
  return `${lines.join("\n")}\n\n${count("held")} held, ${count("failed")} failed, ${count("not asked")} not asked.\n`;
}

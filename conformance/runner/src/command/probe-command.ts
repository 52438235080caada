import { printableJson, printableLine } from "@oauth1/printable";
import { Command } from "commander";
import { PROBE_METHODS } from "../probe/probe.js";
import type { ProbeReport } from "../probe/run-probes.js";
import { UsageError } from "../usage-error.js";
import { parseCount, parseMilliseconds } from "./parse-number.js";
import { printedOutput } from "./printed.js";
import { writeReport } from "./write-report.js";

interface Options {
  readonly method: string;
  readonly signatureMethod: string;
  readonly connectTimeout?: number;
  readonly timeout?: number;
  readonly maximumBody?: number;
  readonly clientIdentifier?: string;
  readonly tokenIdentifier?: string;
  readonly json?: boolean;
  readonly report?: string;
}

/** `probe`: tests a server that verifies. */
export function probeCommand(): Command {
  return new Command("probe")
    .configureOutput(printedOutput)
    .description("test a server: it must accept correct requests and reject wrong ones")
    .argument("<url>", "resource that accepts a correctly signed request")
    .option("-X, --method <method>", "GET, or POST with a form", "GET")
    .option("--signature-method <name>", PROBE_METHODS.join(", "), PROBE_METHODS[0])
    .option("--client-identifier <text>", "or OAUTH1_CLIENT_IDENTIFIER")
    .option("--token-identifier <text>", "or OAUTH1_TOKEN_IDENTIFIER")
    .option(
      "--connect-timeout <ms>",
      "milliseconds for a connection (default: 5000)",
      parseMilliseconds,
    )
    .option(
      "--timeout <ms>",
      "milliseconds for one complete answer (default: 10000)",
      parseMilliseconds,
    )
    .option(
      "--maximum-body <bytes>",
      "maximum bytes of an answer's body (default: 1048576)",
      parseCount,
    )
    .option("--json", "print the report as JSON")
    .option("--report <file>", "write the report to a file, as JSON")
    .addHelpText(
      "after",
      `
The secrets come from OAUTH1_CLIENT_SHARED_SECRET and OAUTH1_TOKEN_SHARED_SECRET. Probe only
servers that you own. Exit code 1: a probe failed.`,
    )
    .action(probe);
}

async function probe(url: string, options: Options): Promise<void> {
  const { env } = process;
  const clientIdentifier = options.clientIdentifier ?? env["OAUTH1_CLIENT_IDENTIFIER"];
  const tokenIdentifier = options.tokenIdentifier ?? env["OAUTH1_TOKEN_IDENTIFIER"];
  if (clientIdentifier === undefined) {
    throw new UsageError(
      "the client identifier is missing: give --client-identifier or set OAUTH1_CLIENT_IDENTIFIER",
    );
  }
  const { runProbes, hasFailedProbe, checkTarget } = await import("../probe/run-probes.js");
  const { connectTimeout, timeout, maximumBody } = options;
  const target = {
    url,
    method: options.method.toUpperCase(),
    signatureMethod: options.signatureMethod,
    client: { identifier: clientIdentifier, sharedSecret: secret("CLIENT") },
    ...(tokenIdentifier === undefined
      ? {}
      : { token: { identifier: tokenIdentifier, sharedSecret: secret("TOKEN") } }),
    connectTimeout,
    timeout,
    maximumBody,
  };
  try {
    checkTarget("probe", target);
  } catch (error) {
    throw new UsageError((error as Error).message.replace("probe(): target.", ""));
  }
  process.stderr.write(`Probing ${printableLine(url)}\n`);
  const report = await runProbes(target);
  const json = `${printableJson(report, 2)}\n`;
  if (options.report !== undefined) writeReport(options.report, json);
  process.stdout.write(options.json ? json : formatProbes(report));
  if (hasFailedProbe(report)) process.exitCode = 1;
}

/**
 * A shared-secret from the environment. An empty variable is an empty secret, which some
 * servers issue.
 *
 * @param whose - `CLIENT` or `TOKEN`.
 */
function secret(whose: string): string {
  const name = `OAUTH1_${whose}_SHARED_SECRET`;
  const value = process.env[name];
  if (value === undefined) {
    throw new UsageError(`the ${whose.toLowerCase()} shared-secret is missing: set ${name}`);
  }
  return value;
}

/** Formats the report for people: a line for each probe. */
function formatProbes({ results }: ProbeReport): string {
  const lines = results.map(({ outcome, must, section, id, sends, status, remark }) => {
    const answer = status === undefined ? "" : ` ${status}`;
    const wanted = must === "either" ? "" : `, must be ${must}ed`;
    return printableLine(
      `${outcome.padEnd(11)}${answer.padStart(4)}  ${id} (${section}): ${sends}${wanted}${remark === undefined ? "" : `; ${remark}`}`,
    );
  });
  const count = (outcome: string) => results.filter((result) => result.outcome === outcome).length;
  return `${lines.join("\n")}\n\n${count("held")} held, ${count("failed")} failed, ${count("not asked")} not asked.\n`;
}

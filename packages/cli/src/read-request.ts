import { readFileSync } from "node:fs";
import type { CapturedRequest } from "@oauth1/captured-request";
import { type Command, Option } from "commander";
import { append } from "./request-options.js";
import { UsageError } from "./usage-error.js";

/** Options that describe a request in addition to the words of the command line. */
interface CapturedOptions {
  readonly scheme?: "http" | "https";
  readonly request?: string;
  readonly header?: readonly string[];
  readonly data?: readonly string[];
  readonly dataBinary?: string;
}

/** Adds the argument and the options for a captured request. */
export function addCapturedOptions(command: Command): Command {
  return command
    .argument(
      "[request...]",
      "file with an HTTP message, a curl command, a HAR entry, a fetch call, a PowerShell command or JSON; - for stdin (default); a URL, described by -X, -H and -d; or, after --, curl and its arguments",
    )
    .addOption(
      new Option(
        "--scheme <scheme>",
        "scheme of an HTTP message that has only a path (default: https, or http if Host has port 80; diagnose tries both)",
      ).choices(["http", "https"]),
    )
    .option("-X, --request <method>", "request method (default: GET, or POST with a body)")
    .option("-H, --header <line>", "header, 'Name: value'; repeatable", append)
    .option(
      "-d, --data <body>",
      "body, a form unless -H sets another Content-Type; @file and @- read it; repeat to join with &",
      append,
    )
    .addOption(
      new Option("--data-binary <body>", "body, unchanged; @file and @- read its bytes").conflicts(
        "data",
      ),
    );
}

/**
 * Reads a captured request: from a file or standard input in any format, from a URL with curl's
 * options, or from curl's own arguments.
 *
 * @param words - `curl` and its arguments, or at most one: a URL, the name of a file, or `-`.
 */
export async function readRequest(
  words: readonly string[],
  command: Command,
): Promise<CapturedRequest> {
  return (await readRequests(words, command))[0];
}

/**
 * Like `readRequest`, with the request for the other scheme if neither the text nor `--scheme`
 * names one.
 */
export async function readRequests(
  words: readonly string[],
  command: Command,
): Promise<readonly [CapturedRequest, ...CapturedRequest[]]> {
  const { CapturedRequestError, readCapturedRequest, readCurlArguments } = await import(
    "@oauth1/captured-request"
  );
  const options = command.opts<CapturedOptions>();
  const described = curlWords(options);
  const [source = "-", ...others] = words;
  if (source === "curl") return [readCurlArguments([...described, ...others], { readFile })];
  if (others.length > 0) {
    throw new UsageError("pass one request: put the words of a curl command after --");
  }
  if (/^https?:\/\//i.test(source)) {
    // The URL is already in its final encoding.
    const curl = ["--globoff", "--path-as-is", ...described, "--url", source];
    return [readCurlArguments(curl, { readFile })];
  }
  if (described.length > 0) {
    throw new UsageError(
      "-X, -H, -d and --data-binary describe the request of an http or https URL: pass a URL, or remove them",
    );
  }
  try {
    const text = readFile(source);
    const { scheme } = options;
    const request = readCapturedRequest(text, { scheme });
    if (scheme !== undefined) return [request];
    const otherScheme = /^https:/i.test(request.url) ? "http" : "https";
    const other = readCapturedRequest(text, { scheme: otherScheme });
    return other.url === request.url ? [request] : [request, other];
  } catch (error) {
    if (!(error instanceof CapturedRequestError)) throw error;
    throw new UsageError(`${source === "-" ? "standard input" : source}: ${error.message}`);
  }
}

/** Returns the words and options of a captured request that read standard input. */
export function requestFromStandardInput(words: readonly string[], command: Command): boolean[] {
  const [source = "-", ...others] = words;
  const described = curlWords(command.opts<CapturedOptions>());
  return [source === "-", ...[...others, ...described].map((word) => /^[^@]*@-$/.test(word))];
}

function curlWords({ request, header = [], data = [], dataBinary }: CapturedOptions): string[] {
  return [
    ...(request === undefined ? [] : ["--request", request]),
    ...header.flatMap((line) => ["--header", line]),
    ...data.flatMap((body) => ["--data", body]),
    ...(dataBinary === undefined ? [] : ["--data-binary", dataBinary]),
  ];
}

function readFile(name: string): Uint8Array {
  try {
    return readFileSync(name === "-" ? 0 : name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const source = name === "-" ? "standard input" : `"${name}"`;
    throw new UsageError(`cannot read ${source} (${code ?? "unknown reason"})`);
  }
}

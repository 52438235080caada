import { readFileSync } from "node:fs";
import {
  type CapturedRequest,
  CapturedRequestError,
  readCapturedRequest,
  readCurlArguments,
} from "@oauth1/captured-request";
import { UsageError } from "./usage-error.js";

/** Options of curl that describe a request in addition to its URL. */
export interface CurlOptions {
  readonly request?: string;
  readonly header?: readonly string[];
  readonly data?: readonly string[];
  readonly dataBinary?: string;
}

/**
 * Reads a captured request: from a file or standard input in any format, or from a URL with curl's
 * options.
 *
 * @param source - A URL, the name of a file, or `-`.
 */
export function readRequest(
  source: string,
  options: CurlOptions,
  scheme: "http" | "https" | undefined,
): CapturedRequest {
  const words = curlWords(options);
  if (/^https?:\/\//i.test(source)) {
    // The URL is already in its final encoding.
    return readCurlArguments(["--globoff", "--path-as-is", ...words, "--url", source], {
      readFile,
    });
  }
  if (words.length > 0) {
    throw new UsageError(
      "-X, -H, -d and --data-binary describe the request of an http or https URL: pass a URL, or remove them",
    );
  }
  try {
    return readCapturedRequest(readFile(source), { scheme });
  } catch (error) {
    if (!(error instanceof CapturedRequestError)) throw error;
    throw new UsageError(`${source === "-" ? "standard input" : source}: ${error.message}`);
  }
}

/** Returns true if curl's options read standard input. */
export function readsStandardInput({ header = [], data = [], dataBinary }: CurlOptions): boolean[] {
  return [...header, ...data, dataBinary].map((value) => value === "@-");
}

function curlWords({ request, header = [], data = [], dataBinary }: CurlOptions): string[] {
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

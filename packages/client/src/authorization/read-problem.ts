import { AuthorizationHeaderError, parseChallenge } from "@oauth1/auth-header";
import { formParameters, type Parameter } from "@oauth1/base-string";
import type { ProblemReport } from "./authorization-error.js";
import type { Toleration } from "./toleration.js";

/** A challenge of the `OAuth` scheme, as far as it is readable. */
export interface ReadChallenge {
  readonly realm: string | undefined;
  readonly parameters: readonly Parameter[];
  readonly tolerated: readonly Toleration[];
}

/** Reads the `WWW-Authenticate` header of a rejected request (RFC 5849 §3.5.1). */
export function readChallenge(header: string | null): ReadChallenge {
  if (header === null) return { realm: undefined, parameters: [], tolerated: [] };
  try {
    return { ...parseChallenge(header), tolerated: [] };
  } catch (error) {
    if (!(error instanceof AuthorizationHeaderError)) throw error;
    if (error.code === "ERR_SCHEME") return { realm: undefined, parameters: [], tolerated: [] };
    const parameters = [...header.matchAll(LOOSE_PARAMETER)].map(
      ([, name = "", quoted, bare = ""]): Parameter => [name, decodeOrKeep(quoted ?? bare)],
    );
    const tolerated: Toleration[] = parameters.length ? [{ kind: "challenge-syntax" }] : [];
    return { realm: undefined, parameters, tolerated };
  }
}

/** `oauth_problem=token_expired`, with quotes or without. */
const LOOSE_PARAMETER = /\b(oauth_[a-z_]{1,64})=(?:"([^"]*)"|([^\s",]*))/g;

function decodeOrKeep(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/**
 * Reads a problem report (Problem Reporting extension). The challenge takes precedence over the
 * body.
 *
 * @param redact - Removes secrets from text for people.
 */
export function readProblem(
  parameters: readonly Parameter[],
  redact: (text: string) => string,
): ProblemReport {
  const find = (name: string) => parameters.find(([other]) => other === name)?.[1] || undefined;
  // Servers that do not support the extension usually send their own code here.
  const problem = find("oauth_problem") ?? code(find("error")) ?? code(find("error_code"));
  const advice = find("oauth_problem_advice");
  const versions = /^([\d.]+)-([\d.]+)$/.exec(find("oauth_acceptable_versions") ?? "");
  const timestamps = /^(\d+)-(\d+)$/.exec(find("oauth_acceptable_timestamps") ?? "");
  return {
    problem: problem && redact(problem).slice(0, 64),
    advice: advice && redact(advice).slice(0, 300),
    acceptableVersions: versions
      ? { lowest: versions[1] ?? "", highest: versions[2] ?? "" }
      : undefined,
    acceptableTimestamps: timestamps
      ? { from: Number(timestamps[1]), to: Number(timestamps[2]) }
      : undefined,
    parametersAbsent: namesIn(find("oauth_parameters_absent")).map(redact),
    parametersRejected: namesIn(find("oauth_parameters_rejected")).map(redact),
  };
}

/** Accepts a word such as `invalid_signature`, but not a sentence. */
function code(value: string | undefined): string | undefined {
  return value !== undefined && /^[\w.-]{1,64}$/.test(value) ? value : undefined;
}

/** More names than a request has parameters. */
const LONGEST_LIST = 1024;

/** Returns the names of parameters that are joined by `&`, with or without values. */
function namesIn(joined = ""): string[] {
  if (joined.length > LONGEST_LIST) return [];
  try {
    return formParameters(joined).map(([name]) => name);
  } catch {
    return [];
  }
}

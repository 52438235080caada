import { serializeChallenge } from "@oauth1/auth-header";
import { percentEncode } from "@oauth1/percent-encoding";
import type { Problem, RefusalCode } from "./problem.js";
import type { RefusedRequest } from "./verification.js";

/**
 * How much of a problem the client is told. `code`: its code, and one code for unknown, disabled and
 * rejected credentials and wrong signatures alike, so that nobody learns who is known. `full`: the
 * precise code, what would be acceptable, and a line for a person; for development. `none`: the status.
 */
export type ProblemReporting = "full" | "code" | "none";

/**
 * Prepares the answers to refused requests: the challenge (RFC 5849 §3.5.1, RFC 9110 §11.6.1) with
 * the problem in it, and the same in the body, as the Problem Reporting extension has it.
 *
 * @throws AuthorizationHeaderError `ERR_REALM` where the realm cannot stand in a header field.
 */
export function prepareRefusal(
  realm: string | undefined,
  reporting: ProblemReporting,
): (problem: Problem, client: string | undefined) => RefusedRequest {
  const bare = serializeChallenge({ realm });
  return (problem, client) => {
    const parameters = toldParameters(problem, reporting);
    const headers: Record<string, string> = {
      "WWW-Authenticate":
        parameters.length === 0 ? bare : serializeChallenge({ realm, parameters }),
      "Cache-Control": "no-store",
    };
    if (problem.status === 503) headers["Retry-After"] = String(retryAfter(problem.cause));
    let body = parameters.map((pair) => pair.map(percentEncode).join("=")).join("&");
    if (body !== "") headers["Content-Type"] = "application/x-www-form-urlencoded";
    else if (problem.status === 503 && reporting !== "none") {
      // The extension has no code for it.
      body = "The server cannot verify requests at the moment. Try again later.\n";
      headers["Content-Type"] = "text/plain; charset=utf-8";
    }
    return {
      verified: false,
      status: problem.status,
      problem: problem.code,
      advice: problem.advice,
      headers,
      body,
      client,
      ...(problem.cause === undefined ? {} : { cause: problem.cause }),
    };
  };
}

/** In seconds: as the store's error says, or a few. */
function retryAfter(cause: unknown): number {
  const seconds = cause instanceof Error && "retryAfter" in cause ? Number(cause.retryAfter) : 0;
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : 5;
}

/** Codes of this package, which the extension does not know: their status says enough. */
const OWN_CODES: ReadonlySet<RefusalCode> = new Set([
  "request_rejected",
  "limit_exceeded",
  "store_unavailable",
]);

function toldParameters(
  { code, told, companion, advice }: Problem,
  reporting: ProblemReporting,
): (readonly [string, string])[] {
  if (reporting === "none") return [];
  const name = reporting === "code" ? told : code;
  const parameters: (readonly [string, string])[] = OWN_CODES.has(name)
    ? []
    : [["oauth_problem", name]];
  if (reporting === "code") return parameters;
  if (companion !== undefined) parameters.push(companion);
  if (code !== "store_unavailable") parameters.push(["oauth_problem_advice", advice]);
  return parameters;
}

import { serializeChallenge } from "@oauth1/auth-header";
import { percentEncode } from "@oauth1/percent-encoding";
import type { Problem, RejectionCode } from "./problem.js";
import type { RejectedRequest } from "./verification.js";

/**
 * How much the client learns about a problem. `code`: its code, with the same code for unknown,
 * disabled and rejected credentials and wrong signatures, so that nobody learns which credentials
 * exist. `full`: the precise code, what would be acceptable, and a text for people, for
 * development. `none`: only the status.
 */
export type ProblemReporting = "full" | "code" | "none";

/**
 * Prepares the responses to rejected requests: the challenge (RFC 5849 §3.5.1, RFC 9110 §11.6.1)
 * with the problem, which is also in the body, as in the Problem Reporting extension.
 *
 * @throws AuthorizationHeaderError `ERR_REALM` if a header cannot contain the realm.
 */
export function prepareRejection(
  realm: string | undefined,
  reporting: ProblemReporting,
): (problem: Problem, client: string | undefined) => RejectedRequest {
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

/** In seconds: from the store's error, or a few. */
function retryAfter(cause: unknown): number {
  const seconds = cause instanceof Error && "retryAfter" in cause ? Number(cause.retryAfter) : 0;
  return Number.isSafeInteger(seconds) && seconds > 0 ? seconds : 5;
}

/** Codes of this package, which are not in the extension. The status is enough for the client. */
const OWN_CODES: ReadonlySet<RejectionCode> = new Set([
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

import { parseChallenge, serializeChallenge } from "@oauth1/auth-header";
import type { RejectedRequest } from "@oauth1/verifier";
import type { MistakeName } from "../mistakes.js";
import { adviceOf } from "./advice.js";
import type { Explanation } from "./diagnose-rejected.js";

/** The response to a rejected request, and what the client does wrong. */
export interface DiagnosedRejection extends RejectedRequest {
  /**
   * The mistakes that make the received signature: empty if no known mistake explains it,
   * `undefined` if the request was not diagnosed.
   */
  readonly mistakes?: readonly MistakeName[];
}

/** The response to a rejected request, with an explanation as the problem's advice. */
export function answerWith(
  rejected: RejectedRequest,
  explanation: Explanation,
): DiagnosedRejection {
  const { mistakes, summary } = explanation;
  const names = mistakes.map(({ name }) => name);
  const suffix = names.length === 0 ? "" : ` Known as ${names.join(", ")}.`;
  // The words of the catalogue alone: a log must contain nothing of what was received.
  const advice = mistakes.length === 0 ? rejected.advice : adviceOf(mistakes) + suffix;
  const told =
    summary === undefined || summary.length > LONGEST_SUMMARY ? advice : summary + suffix;
  const parameters: [string, string][] = [
    ["oauth_problem", rejected.problem],
    ["oauth_problem_advice", told],
  ];
  const { realm } = parseChallenge(rejected.headers["WWW-Authenticate"] ?? "OAuth");
  return {
    ...rejected,
    advice,
    mistakes: names,
    headers: {
      ...rejected.headers,
      "WWW-Authenticate": serializeChallenge({ realm, parameters }),
      "Content-Type": "application/x-www-form-urlencoded",
    },
    body: new URLSearchParams(parameters).toString(),
  };
}

/** Characters. Clients read a limited header section. */
const LONGEST_SUMMARY = 600;

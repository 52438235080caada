import { randomUUID } from "node:crypto";
import {
  checkArgument,
  count,
  filledText,
  listOf,
  milliseconds,
  oneOf,
  openRecord,
  optional,
  record,
  text,
} from "../check-options.js";
import { UsageError } from "../usage-error.js";
import { PROBE_METHODS, type ProbeTarget, rightRequest, signProbe } from "./probe.js";
import { type Probe, probes } from "./probes.js";
import { NoAnswer, sendProbe } from "./send-probe.js";

/** What came of one probe. */
export interface ProbeResult {
  readonly id: string;
  readonly section: string;
  readonly sends: string;
  readonly must: Probe["must"];
  /** `failed`: accepted what must be rejected, rejected what must be accepted, or did not answer. */
  readonly outcome: "held" | "failed" | "information" | "not asked";
  /** The status of the answer that counts. */
  readonly status?: number;
  /**
   * What is odd, though it holds: another status than RFC 5849 §3.2 recommends, a missing challenge. Or
   * why the server did not answer, or why it was not asked.
   */
  readonly remark?: string;
}

/** A run of all probes. Plain JSON data, without a secret. */
export interface ProbeReport {
  readonly url: string;
  readonly results: readonly ProbeResult[];
}

/** So many answers in a row that do not come in time end a run: the server hangs. */
const MOST_DEADLINES = 3;

/**
 * Tests a server: it must accept correct requests and reject wrong ones (RFC 5849 §3.2).
 * Some forty requests, one after the other, each over a connection of its own. Each answer gets
 * `timeout` milliseconds in all. After three in a row that do not come in time, or where the server
 * takes no more connections, the other probes are `not asked`.
 *
 * @param target - The resource, whose credentials sign, and the limits of an answer.
 * @throws OptionError for a member that is missing, misspelled or of the wrong type.
 * @throws {@link UsageError} `ERR_PROBE_NO_ANSWER` where the first request gets no whole answer.
 *
 * @example
 * ```ts
 * import { hasFailedProbe, runProbes, serveChecks } from "@oauth1/conformance";
 *
 * const credentials = {
 *   client: { identifier: "dpf43f3p2l4k3l03", sharedSecret: "kd94hf93k423kf44" },
 *   token: { identifier: "nnch734d00sl2jdk", sharedSecret: "pfkkdhi9sl3r4s00" },
 * };
 * const server = await serveChecks({ credentials });
 * const url = `${server.origin}/photos`;
 * const report = await runProbes({ url, ...credentials, timeout: 30_000 });
 * hasFailedProbe(report); // false
 * await server.close();
 * ```
 */
export async function runProbes(target: ProbeTarget): Promise<ProbeReport> {
  checkTarget("runProbes", target);
  const results: ProbeResult[] = [];
  let deadlines = 0;
  let ending: string | undefined;
  for (const probe of probes) {
    if (ending !== undefined) {
      const { id, section, sends, must } = probe;
      results.push({ id, section, sends, must, outcome: "not asked", remark: ending });
      continue;
    }
    try {
      const result = await runProbe(target, probe);
      results.push(result);
      if (result.outcome !== "not asked") deadlines = 0;
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      const { reason, message, remedy } = error;
      if (results.length === 0) {
        const { origin } = new URL(target.url);
        throw new UsageError(
          `no answer from ${origin}: ${message}; ${remedy}`,
          "ERR_PROBE_NO_ANSWER",
        );
      }
      const { id, section, sends, must } = probe;
      const remark = `no answer: ${message}`;
      results.push({ id, section, sends, must, outcome: "failed", remark });
      deadlines = reason === "deadline" ? deadlines + 1 : 0;
      if (reason === "connection") ending = "the server takes no more connections";
      if (deadlines === MOST_DEADLINES) ending = "the server does not answer in time";
    }
  }
  return { url: target.url, results };
}

/** @throws OptionError for what {@link runProbes} cannot be given. */
export function checkTarget(call: string, target: ProbeTarget): void {
  checkArgument(call, "target", target, targetKind);
}

const credentialsKind = record({ identifier: filledText, sharedSecret: text });

const targetKind = record({
  url: {
    mustBe: "an http or https URL, percent-encoded, without user name, password and fragment",
    isValid: isProbed,
  },
  method: optional(oneOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")),
  client: credentialsKind,
  token: optional(credentialsKind),
  signatureMethod: optional(oneOf(...PROBE_METHODS)),
  connectTimeout: optional(milliseconds),
  timeout: optional(milliseconds),
  maximumBody: optional(count),
});

function isProbed(url: unknown): boolean {
  return (
    typeof url === "string" &&
    /^https?:\/\/[^/?#@\\\s]+(?:[/?][!"$-~]*)?$/i.test(url) &&
    URL.canParse(url)
  );
}

/** Whether a probe failed. */
export function hasFailedProbe(report: ProbeReport): boolean {
  checkArgument("hasFailedProbe", "report", report, reportKind);
  const { results } = report;
  return results.some(({ outcome }) => outcome === "failed");
}

const reportKind = openRecord("a report of runProbes()", {
  results: listOf(openRecord("an object", {})),
});

async function runProbe(target: ProbeTarget, probe: Probe): Promise<ProbeResult> {
  const { id, section, sends, must } = probe;
  const common = { id, section, sends, must };
  const request = rightRequest(target, randomUUID(), Math.floor(Date.now() / 1000));
  if (
    (probe.needsForm && request.form === undefined) ||
    (probe.needsToken && target.token === undefined)
  ) {
    return { ...common, outcome: "not asked" };
  }
  probe.before?.(request);
  const wire = { ...(await signProbe(request)) };
  probe.after?.(wire);
  if (probe.isReplay) await sendProbe(wire, target);
  const { status, headers } = await sendProbe(wire, target);
  const isAccepted = status < 400;
  const hasFailed =
    must === "accept" ? !isAccepted : must === "reject" && (isAccepted || status >= 500);
  const remark = isAccepted || hasFailed ? undefined : remarkOn(probe, status, headers);
  return {
    ...common,
    outcome: must === "either" ? "information" : hasFailed ? "failed" : "held",
    status,
    ...(remark === undefined || must === "either" ? {} : { remark }),
  };
}

function remarkOn(
  { status: recommended }: Probe,
  status: number,
  headers: { readonly "www-authenticate"?: string | undefined },
) {
  const statuses = recommended === undefined ? [400, 401] : [recommended];
  if (!(statuses as number[]).includes(status)) {
    return `rejected with ${status} instead of ${statuses.join(" or ")}`;
  }
  if (status === 401 && !/\bOAuth\b/i.test(headers["www-authenticate"] ?? "")) {
    return "401 without an OAuth challenge";
  }
  return undefined;
}
